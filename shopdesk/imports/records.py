"""What an import tells about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


Rule = Literal["offer", "import"]
RULES: tuple[Rule, ...] = ("offer", "import")
FileState = Literal["offered", "imported", "unsure", "left"]


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file as it was understood. `header_row` is as Excel shows it, 0 for none; `encoding` is empty for a workbook.

    `remembered`: its columns are what a person said of an earlier file with such a header.
    """

    file: str
    cart: str
    kind: str
    encoding: str
    sheet: str
    header_row: int
    rows: int
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """What one column was taken for, with its first few cells. `asked`: a person must decide."""

    file: str
    index: int
    column: str
    field: str | None
    confidence: float
    asked: bool
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something that could not be taken, at the file's own row number; None: somewhere in the whole file.

    `row_lost`: its whole order or person was left out.
    """

    file: str
    row: int | None
    column: str
    value: str
    message: str
    row_lost: bool


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """`new + updated + unchanged` are the orders in the files; `cancelled` says how many of these are cancelled."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Of the products of lists, or of the subscriptions: how many are new, and how many get news."""

    new: int = 0
    updated: int = 0


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """One order of a preview: enough to recognise it."""

    state: str
    number: str
    buyer: str
    ordered_at: datetime
    total_yen: int | None
    lines: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A preview (`import_id` None) or a finished import, counted in the database.

    `corrections` are the workbooks with the rows to check, where they were asked for.
    """

    import_id: int | None
    files: tuple[FileRead, ...]
    orders: OrderCounts
    lines: int
    new_customers: int
    matched_customers: int
    gross_yen: int
    new_yen: int
    problems: tuple[RowProblem, ...] = ()
    columns: tuple[ColumnRead, ...] = ()
    samples: tuple[SampleOrder, ...] = ()
    products: ListCounts = ListCounts()
    subscriptions: ListCounts = ListCounts()
    corrections: tuple[Path, ...] = ()

    @property
    def changes_anything(self) -> bool:
        """Whether merging this would write a single row."""
        counted = (self.orders, self.products, self.subscriptions)
        return bool(self.new_customers or any(one.new or one.updated for one in counted))


@dataclass(frozen=True, slots=True)
class PastImport:
    """One line of the list of imports."""

    id: int
    at: datetime
    actor: str
    cart: str
    files: tuple[str, ...]
    counts: dict[str, Any] = field(default_factory=dict)
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo takes away and what it leaves."""

    import_id: int
    orders: int
    restored: int
    customers: int
    kept_customers: int


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder where cart exports appear; `message` says why it cannot be looked into just now, '' where it can."""

    id: int
    path: Path
    rule: Rule
    message: str


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file that appeared in a watched folder, and what became of it."""

    id: int
    path: Path
    state: FileState
    message: str
    import_id: int | None
    seen_at: datetime
