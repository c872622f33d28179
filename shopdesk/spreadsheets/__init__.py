"""The door to Excel and CSV: any table as a stream of rows."""

from __future__ import annotations

from shopdesk.spreadsheets.errors import (
    DamagedFileError,
    EmptyFileError,
    FileLockedError,
    FileMissingError,
    PasswordProtectedError,
    TooLargeError,
    UnreadableFileError,
    UnsafeFileError,
    WrongKindError,
)
from shopdesk.spreadsheets.tables import Cell, Row, Table, open_table

__all__ = [
    "Cell",
    "DamagedFileError",
    "EmptyFileError",
    "FileLockedError",
    "FileMissingError",
    "PasswordProtectedError",
    "Row",
    "Table",
    "TooLargeError",
    "UnreadableFileError",
    "UnsafeFileError",
    "WrongKindError",
    "open_table",
]
