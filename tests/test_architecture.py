"""Who may import whom: CONTRIBUTING's table as code. A planted breach of each rule must be found."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "shopdesk"

BASE = ("paths", "homes", "errors", "changes", "clock", "i18n", "japanese", "logs", "scancodes")
DOORS = (
    "database",
    "search_index",
    "leases",
    "quarantine",
    "backup",
    "encryption",
    "migrate",
    "secrets",
    "spreadsheets",
    "line",
    "mail",
    "pictures",
    "qr",
    "web",
    "inbox",
    "journal",
    "assistant",
)
FEATURES = (
    "staff",
    "settings",
    "customers",
    "orders",
    "imports",
    "events",
    "friends",
    "coupons",
    "cards",
    "surveys",
    "links",
    "member_sites",
    "segments",
    "exports",
    "messages",
    "broadcasts",
    "mailings",
    "automations",
    "talks",
    "menus",
    "site",
)
CENTRE = (
    "tables",
    "accounts",
    "safekeeping",
    "services",
    "shop",
    "at_rest",
    "supervisor",
    "reach",
    "channels",
    "attention",
    "due",
    "verify",
    "doctor",
    "demo",
)
FACES = ("rehearsal", "gateway", "ui", "app", "sitting", "practice", "cli", "__main__")

# Each world outside has one door (or is at home in a few places): package → the rooms that may import it.
WORLDS = {
    "PySide6": ("ui", "app", "practice"),
    "shiboken6": ("ui",),
    "pyqtgraph": ("ui",),
    "linebot": ("line",),
    "aiohttp": ("line", "web", "assistant"),
    "yarl": ("line",),
    "authlib": ("line",),
    "joserfc": ("line", "member_sites"),
    "requests": ("line",),
    "uvloop": ("broadcasts",),
    "urllib3": ("line",),
    "aiosmtplib": ("mail",),
    "python_calamine": ("spreadsheets",),
    "openpyxl": ("spreadsheets",),
    "xlsxwriter": ("spreadsheets",),
    "sqlalchemy": (
        "database",
        "search_index",
        "leases",
        "quarantine",
        "backup",
        "migrate",
        "verify",
        "tables",
        "demo",
        *FEATURES,
    ),
    "sqlcipher3": ("database", "backup", "encryption"),
    "psycopg": ("database", "backup"),
    "alembic": ("migrate",),
    "keyring": ("secrets",),
    "holidays": ("settings",),
    "PIL": ("pictures",),
    "zxingcpp": ("qr",),
    "starlette": ("rehearsal", "gateway"),
    "uvicorn": ("rehearsal", "gateway"),
    "click": ("cli",),
    "multiprocessing": ("imports", "__main__"),
}


@dataclass(frozen=True)
class Import:
    """One import statement: in which module, of what, and whether inside a function."""

    module: str
    line: int
    target: str
    name: str
    inside_function: bool
    typing_only: bool

    @property
    def room(self) -> str:
        return self.module.split(".")[1] if "." in self.module else "shopdesk"


def imports_of(module: str, source: str) -> Iterator[Import]:
    """Every import of one module, in functions and under TYPE_CHECKING too."""

    def walk(node: ast.AST, inside: bool, typing: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            inner = inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            only = typing or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
            if isinstance(child, ast.Import):
                yield from (Import(module, child.lineno, name.name, "", inside, typing) for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                for name in child.names:
                    target = f"shopdesk.{name.name}" if child.module == "shopdesk" else str(child.module)
                    yield Import(module, child.lineno, target, name.name, inside, typing)
            yield from walk(child, inner, only)

    yield from walk(ast.parse(source), False, False)


def level(room: str) -> int:
    """How high a room lies: it may use what lies lower."""
    for height, rooms in enumerate((BASE, DOORS)):
        if room in rooms:
            return height
    if room in FEATURES:
        return 2 + FEATURES.index(room)
    if room in CENTRE:
        return 2 + len(FEATURES)
    if room in FACES:
        return 3 + len(FEATURES)
    raise AssertionError(f"{room}: say in tests/test_architecture.py and CONTRIBUTING.md where this belongs")


def breaches(one: Import) -> Iterator[str]:
    """Every rule this import breaks, in words."""
    where = f"{one.module}:{one.line}"
    top = one.target.partition(".")[0]
    if top in WORLDS and one.room not in WORLDS[top] and not one.typing_only:
        yield f"{where} imports {top}, whose door is {', '.join(WORLDS[top])}"
    if top != "shopdesk" or one.target == "shopdesk":
        return
    room = one.target.split(".")[1]
    if one.inside_function and one.module not in LATE:
        yield f"{where} imports {one.target} inside a function, which hides a cycle"
    if room == one.room:
        return
    if level(room) > level(one.room):
        yield f"{where} ({one.room}) may not import {one.target}: {room} lies above it"
    if room in FEATURES and one.room in FEATURES and one.target.count(".") > 1 and not one.target.endswith(".tables"):
        yield f"{where} imports {one.target}: of another feature only its face (or its tables, to join)"
    if one.room == "rehearsal" and room not in BASE:
        yield f"{where}: the rehearsal repeats nothing of ours; it may import the base only"
    if room in FACES and one.room in FACES and (one.room, room) not in ALLOWED_FACES:
        yield f"{where}: {one.room} may not import {room}"


# A spawned child imports __main__ again; the command line must start where there is no Qt; pyqtgraph would double the time
# to the first window; the command line opens the shop only for a command that asks for it.
LATE = {
    *("shopdesk.__main__", "shopdesk.cli.face", "shopdesk.cli.showing", "shopdesk.cli.rehearsal", "shopdesk.cli.serve"),
    "shopdesk.cli.qr",
    "shopdesk.ui.home.growth",
}
ALLOWED_FACES = {
    ("app", "ui"),
    ("sitting", "ui"),
    ("practice", "ui"),
    ("practice", "app"),
    ("practice", "rehearsal"),
    ("cli", "app"),
    ("cli", "practice"),
    ("cli", "rehearsal"),
    ("cli", "gateway"),
    ("__main__", "cli"),
}


def ui_breaches(one: Import) -> Iterator[str]:
    """Inside `ui`, pages do not know each other: only the registry and the window know pages."""
    mine, theirs = one.module.split("."), one.target.split(".")
    if mine[:2] != ["shopdesk", "ui"] or theirs[:2] != ["shopdesk", "ui"] or len(theirs) < 3 or len(mine) < 4:
        return
    if theirs[2] in page_folders() and mine[2] in page_folders() and theirs[2] != mine[2]:
        yield f"{one.module}:{one.line} imports {one.target}: no page imports another"


def page_folders() -> set[str]:
    return {file.parent.name for file in (PACKAGE / "ui").glob("*/page.py")} - {"widgets"}  # the frame of pages is none


@lru_cache(maxsize=1)
def all_imports() -> list[Import]:
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found += imports_of(module, file.read_text(encoding="utf-8"))
    return found


def test_every_import_keeps_the_table():
    found = [breach for one in all_imports() for breach in (*breaches(one), *ui_breaches(one))]
    assert found == []


def test_no_cycles_between_modules():
    graph: dict[str, set[str]] = {}
    modules = {one.module for one in all_imports()}
    for one in all_imports():
        inner = f"{one.target}.{one.name}"
        target = inner if inner in modules else one.target
        if target in modules and not one.typing_only and target != one.module:
            graph.setdefault(one.module, set()).add(target)
    assert list(cycles(graph)) == []


def cycles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """The loops of a graph, found by walking it depth first. A package's face is not counted as what stands inside it."""
    done: set[str] = set()

    def walk(node: str, path: list[str]) -> Iterator[list[str]]:
        if node in path:
            yield [*path[path.index(node) :], node]
            return
        if node in done:
            return
        for target in sorted(graph.get(node, ())):
            yield from walk(target, [*path, node])
        done.add(node)

    for start in sorted(graph):
        yield from walk(start, [])


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("shopdesk.clock", "from shopdesk.database import Database"),
        ("shopdesk.database", "from shopdesk.customers import Customer"),
        ("shopdesk.customers.service", "from shopdesk.orders import Orders"),
        ("shopdesk.orders.service", "from shopdesk.customers.keys import find"),
        ("shopdesk.customers.service", "from PySide6.QtCore import QObject"),
        ("shopdesk.broadcasts.sender", "import linebot.v3.messaging"),
        ("shopdesk.imports.reading.orders", "import python_calamine"),
        ("shopdesk.messages.kept_pictures", "from PIL import Image"),
        ("shopdesk.ui.tasks", "import sqlalchemy"),
        ("shopdesk.friends.service", "def f():\n    from shopdesk import customers"),
        ("shopdesk.rehearsal.app", "from shopdesk.line import client"),
        ("shopdesk.rehearsal.app", "from shopdesk.database import Database"),
        ("shopdesk.friends.service", "from shopdesk.rehearsal import running"),
        ("shopdesk.segments.service", "from shopdesk.ui import theme"),
        ("shopdesk.ui.main_window", "from shopdesk.cli import main"),
        ("shopdesk.shop", "from shopdesk.cli import main"),
    ],
)
def test_a_planted_breach_is_found(module, source):
    assert [breach for one in imports_of(module, source) for breach in breaches(one)]


def test_a_page_that_imports_another_is_found():
    folders = sorted(page_folders())
    if len(folders) < 2:
        pytest.skip("there is no second page yet")
    source = f"from shopdesk.ui.{folders[0]}.page import Page"
    assert [breach for one in imports_of(f"shopdesk.ui.{folders[1]}.page", source) for breach in ui_breaches(one)]


def test_a_planted_cycle_is_found():
    assert list(cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}})) == [["a", "b", "c", "a"]]
    assert list(cycles({"a": {"b", "c"}, "b": {"c"}})) == []
