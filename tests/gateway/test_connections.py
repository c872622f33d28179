"""Connections have an end to each wait, and room for LINE whoever else waits."""

from __future__ import annotations

import socket
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from shopdesk import gateway
from shopdesk.gateway.connections import LARGEST_HEAD
from tests.gateway.conftest import Caller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n"


def connection(line: Caller) -> closing[socket.socket]:
    parts = urlsplit(line.gateway.url)
    return closing(socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5))


def heard(sock: socket.socket) -> bytes:
    """Return everything up to the end of the connection."""
    return b"".join(iter(lambda: sock.recv(65_536), b""))


@pytest.fixture
def quick_line(sqlite_shop: Shop, there: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    """LINE, calling a gateway of little patience that may open few files: four connections, two of which may wait."""
    monkeypatch.setattr("shopdesk.gateway.connections.HEAD_S", 0.3)
    monkeypatch.setattr("shopdesk.gateway.connections.LINGERS_S", 0.3)
    monkeypatch.setattr("shopdesk.gateway.connections._descriptors", lambda: 512 + 4)
    with gateway.running(sqlite_shop) as found:
        yield Caller(found, there.channel_secret, sqlite_shop)


def test_each_wait_has_an_end(quick_line: Caller):
    said = {
        b"": b"",
        b"GET /heal": b"408 Request Timeout",
        b"POST /link HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\n\r\nab": b"405 Method Not Allowed",
        b"GET /healthz HTTP/1.1\r\nX: ".ljust(LARGEST_HEAD + 1, b"y"): b"431 Request Header Fields Too Large",
    }
    for sent, end in said.items():
        with connection(quick_line) as sock:
            sock.sendall(sent)
            assert end in heard(sock), sent[:80]


def test_requests_follow_each_other_on_one_connection(sqlite_line: Caller):
    with connection(sqlite_line) as sock:
        sock.sendall(HEALTH * 3 + HEALTH.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert heard(sock).count(b"HTTP/1.1 200 OK") == 4


def test_who_has_waited_longest_makes_room(quick_line: Caller):
    with ExitStack() as all_of_them:
        waiting = [all_of_them.enter_context(connection(quick_line)) for _ in range(3)]
        assert waiting[0].recv(1) == b""
        waiting[2].sendall(HEALTH)
        assert waiting[2].recv(100).startswith(b"HTTP/1.1 200 OK")
        assert quick_line.post(b'{"events":[]}') == 200
