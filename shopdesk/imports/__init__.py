"""Imports: any cart's export becomes orders and people."""

from shopdesk.imports.fields import Field
from shopdesk.imports.person import BeforeImages
from shopdesk.imports.records import (
    ColumnRead,
    FileRead,
    ImportReport,
    ListCounts,
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
    "UndoReport",
]
