"""Imports: any cart's export becomes orders and people."""

from shopdesk.imports.fields import Field
from shopdesk.imports.person import BeforeImages
from shopdesk.imports.reading.keys import written as written_keys
from shopdesk.imports.reading.own_columns import titles as own_titles
from shopdesk.imports.reading.tags import written as written_tags
from shopdesk.imports.records import (
    RULES,
    ColumnRead,
    FileRead,
    ImportReport,
    ListCounts,
    OrderCounts,
    PastImport,
    RowProblem,
    SampleOrder,
    SeenFile,
    UndoReport,
    WatchedFolder,
)
from shopdesk.imports.running import RunningImport
from shopdesk.imports.service import Imports

__all__ = [
    "RULES",
    "BeforeImages",
    "ColumnRead",
    "Field",
    "FileRead",
    "ImportReport",
    "Imports",
    "ListCounts",
    "OrderCounts",
    "PastImport",
    "RowProblem",
    "RunningImport",
    "SampleOrder",
    "SeenFile",
    "UndoReport",
    "WatchedFolder",
    "own_titles",
    "written_keys",
    "written_tags",
]
