"""The door to Excel and CSV: any table as a stream of rows, in and out."""

from __future__ import annotations

from shopdesk.spreadsheets.archives import write_archive
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
from shopdesk.spreadsheets.kinds import damaged
from shopdesk.spreadsheets.outgoing import LostCharacter, Marked, OutColumn, OutRow, Value
from shopdesk.spreadsheets.separated import Separator
from shopdesk.spreadsheets.tables import Cell, Row, Table, open_table
from shopdesk.spreadsheets.writing import Encoding, FileNotWrittenError, Form, Written, write_table

__all__ = [
    "Cell",
    "DamagedFileError",
    "EmptyFileError",
    "Encoding",
    "FileLockedError",
    "FileMissingError",
    "FileNotWrittenError",
    "Form",
    "LostCharacter",
    "Marked",
    "OutColumn",
    "OutRow",
    "PasswordProtectedError",
    "Row",
    "Separator",
    "Table",
    "TooLargeError",
    "UnreadableFileError",
    "UnsafeFileError",
    "Value",
    "Written",
    "WrongKindError",
    "damaged",
    "open_table",
    "write_archive",
    "write_table",
]
