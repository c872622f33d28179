"""P11: from nothing to the opening window, and to the customers' first rows in the main window.

The anchor of all is a process that shows an empty Qt window.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measuring import fresh, in_turn
from tests.benchmarks.results import Figure, Line

if TYPE_CHECKING:
    from tests.benchmarks.workplace import Workplace

NAME = "P11"
GOAL, GOAL_MEMORY = 1.5, 1.5
PAGE_MODULE = "shopdesk.ui.customers.page"
# What may not be loaded before the first picture: each alone takes longer than the window.
HEAVY = (
    *("linebot", "aiohttp", "urllib3", "pandas", "polars", "openpyxl", "python_calamine", "alembic", "starlette"),
    *("uvicorn", "psycopg", "keyring", "multiprocessing", "pyqtgraph"),
)


def anchor() -> dict[str, Any]:
    """Show an empty window in a new process; its seconds from the start of the process, and its memory."""
    return fresh("p11_bare:show")


def product(home: Path) -> dict[str, Any]:
    """Show the program's window in a new process, until the table's first rows are painted."""
    return fresh("p11_window:show", str(home))


def report(place: Workplace) -> list[Line]:
    """Measure in turn, after one start of each that compiles what it imports."""
    what = f"main window with {place.size.customers:,} customers"
    if not _there(PAGE_MODULE):
        return [Line(NAME, what, note=f"{PAGE_MODULE} does not exist yet")]
    home = place.large_home()
    sides = {"bare": anchor, "ours": lambda: product(home)}
    in_turn(sides, 1)
    runs = in_turn(sides, place.size.rounds)
    bare, ours = ({name: min(run[name] for run in runs[side]) for name in _FIGURES} for side in ("bare", "ours"))
    loaded = ", ".join(runs["ours"][0]["heavy"]) or "nothing of " + ", ".join(HEAVY)
    seconds = Figure(bare["rows"], "s")
    return [
        Line.of(
            NAME, "opening window: first paint", seconds, Figure(ours["paint"], "s"), GOAL, "from the process's start"
        ),
        Line.of(NAME, f"{what}: first rows painted", seconds, Figure(ours["rows"], "s"), GOAL, f"loaded: {loaded}"),
        Line.of(NAME, f"{what}: memory", _megabytes(bare), _megabytes(ours), GOAL_MEMORY, "peak of the whole process"),
    ]


_FIGURES = ("paint", "rows", "peak_bytes")


def _megabytes(found: dict[str, float]) -> Figure:
    return Figure(found["peak_bytes"] / 1e6, "MB")


def _there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def show(started: float, home: str) -> dict[str, Any]:
    """Be the program: the opening window, then the shop and its window with the customers."""
    from shopdesk import app as program, i18n  # noqa: PLC0415 - what the program imports is part of what it takes
    from shopdesk.ui.appearance import Appearance  # noqa: PLC0415
    from shopdesk.ui.opening import Opening  # noqa: PLC0415

    i18n.set_language("ja")
    app = program.application()
    Appearance(app)
    opening, painted = Opening(), []

    def work() -> Any:
        painted.append(time.time() - started)
        import_module(program.SITTING)
        return import_module("shopdesk.shop").open_shop(Path(home), secrets={})

    shop = opening.during(work)
    desktop = import_module("shopdesk.ui.desktop").Desktop(app, shop)
    desktop.open("customers")
    opening.make_way()
    table = next(iter(desktop.window.findChildren(import_module("shopdesk.ui.widgets").Table)))
    model: Any = table.model()
    while not model.rowCount() or model.rows.known(0) is None:
        app.processEvents()
    desktop.window.grab()
    rows = time.time() - started
    return {"paint": painted[0], "rows": rows, "heavy": [name for name in HEAVY if name in sys.modules]}
