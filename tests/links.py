"""The line between a till and PostgreSQL, with somebody at the cable: it is cut at any statement, before or after it arrives."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Literal
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

Side = Literal["before", "after"]
"""Where a statement is lost: on its way to the server, or only its answer."""
_CHUNK = 1 << 16


class Link:
    """A TCP port in front of a PostgreSQL server; `url` is the same database seen through it."""

    def __init__(self, url: str) -> None:
        known = conninfo_to_dict(url)
        self._server = str(known["host"]), int(known.get("port") or 5432)
        self._port = socket.create_server(("127.0.0.1", 0))
        user, password, name = (quote(str(known.get(one) or "")) for one in ("user", "password", "dbname"))
        who = f"{user}:{password}" if password else user
        self.url = f"postgresql://{who}@127.0.0.1:{self._port.getsockname()[1]}/{name}?sslmode=disable"
        self.statements = 0
        """How many statements were sent since `up`."""
        self._guard = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._up, self._mute = True, False
        self._cut: tuple[int, Side] | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def up(self, cut: tuple[int, Side] | None = None) -> None:
        """Plug the cable in; pull it again where the statement of this number (from 1) is lost."""
        self.statements, self._cut, self._mute, self._up = 0, cut, False, True

    def down(self) -> None:
        """Pull the cable: whoever is connected is cut off, whoever comes finds nobody."""
        self._up = False
        with self._guard:
            ends, self._ends = self._ends, set()
        for one in ends:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def close(self) -> None:
        """Take it away."""
        self._port.close()
        self.down()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._port.accept()
                if not self._up:
                    client.close()
                    continue
                server = self._reach()
                with self._guard:
                    self._ends |= {client, server}
                threading.Thread(target=self._asks, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answers, args=(server, client), daemon=True).start()

    def _reach(self) -> socket.socket:
        host, port = self._server
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        made = socket.socket(socket.AF_UNIX)
        made.connect(f"{host}/.s.PGSQL.{port}")
        return made

    def _asks(self, client: socket.socket, server: socket.socket) -> None:
        """Carry what a till sends: in one piece is one statement, for it waits for the answer before the next."""
        with contextlib.suppress(OSError):
            while said := client.recv(_CHUNK):
                self.statements += 1
                at, side = self._cut or (0, "")
                if self.statements == at and side == "before":
                    self.down()
                    return
                self._mute = self.statements == at
                server.sendall(said)
        self._end(client, server)

    def _answers(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := server.recv(_CHUNK):
                if self._mute:
                    self.down()
                    return
                client.sendall(said)
        self._end(client, server)

    def _end(self, *ends: socket.socket) -> None:
        with self._guard:
            self._ends -= set(ends)
        for one in ends:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
