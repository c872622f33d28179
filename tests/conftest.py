"""What every test gets: its own home and environment, a fixed language and clock, a shop on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
# Hundreds of our processes are started here: where nothing compiled may be kept, each compiles the program and its libraries anew.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.dont_write_bytecode = False

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from shopdesk import i18n, migrate
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.database import Database
from shopdesk.paths import Home
from shopdesk.shop import Shop, open_shop
from tests import postgresql
from tests.faults.cases import coverage, seed_of_today
from tests.faults.counter.rig import Counter
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
        terminalreporter.write_line(coverage(tables(Reader, Program, Stage, Counter), seed_of_today()))


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
def postgresql_server() -> Iterator[None]:
    """A throwaway PostgreSQL server, running until the end."""
    postgresql.server()
    yield
    postgresql.stop()


@pytest.fixture
def fresh_postgresql(postgresql_server: None) -> str:
    """The URL of a migrated, empty PostgreSQL database of this test's own; it goes with the server."""
    return postgresql.fresh()


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
