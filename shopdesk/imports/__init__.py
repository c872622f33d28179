"""Imports: any cart's export becomes orders and people."""

from shopdesk.imports.keys import written as written_keys
from shopdesk.imports.person import BeforeImages
from shopdesk.imports.records import (
    ColumnRead,
    FileRead,
    ImportReport,
    OrderCounts,
    PastImport,
    RowProblem,
    SampleOrder,
    UndoReport,
)
from shopdesk.imports.running import RunningImport
from shopdesk.imports.service import Imports

__all__ = [
    "BeforeImages",
    "ColumnRead",
    "FileRead",
    "ImportReport",
    "Imports",
    "OrderCounts",
    "PastImport",
    "RowProblem",
    "RunningImport",
    "SampleOrder",
    "UndoReport",
    "written_keys",
]
