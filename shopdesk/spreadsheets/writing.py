"""The way out: a stream of rows becomes an .xlsx or .csv file, whole or not at all, in which nothing can be a formula."""

from __future__ import annotations

import errno
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from shopdesk import japanese
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.spreadsheets.separated import SeparatedText, Separator
from shopdesk.spreadsheets.workbook import ExcelFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shopdesk.spreadsheets.outgoing import LostCharacter, OutColumn, OutRow, Value

TELL_EVERY = 1_000
MOST_LISTED = 1_000
"""So many lost characters are listed; a file whose every row has one would otherwise fill the memory."""
Encoding = Literal["utf-8", "cp932"]
_TEXT = frozenset({".csv", ".txt"})


class FileNotWrittenError(ShopDeskError):
    """The file could not be written; what was there before is still there."""

    code = "not_written"


class _Writer(Protocol):
    def add(self, row: OutRow) -> list[LostCharacter]: ...

    def close(self) -> None: ...


class Written(NamedTuple):
    """What came of it: the rows below the header, and the characters that the file cannot hold."""

    rows: int
    lost: tuple[LostCharacter, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How a text file is written; `bom` marks UTF-8 for Excel, which takes it for cp932 else."""

    encoding: Encoding = "utf-8"
    bom: bool = True
    separator: Separator = ","


_FORM = Form()


def write_table(
    file: Path,
    columns: Sequence[OutColumn],
    rows: Iterator[OutRow],
    *,
    form: Form = _FORM,
    on_progress: Callable[[int], object] = lambda _rows: None,
) -> Written:
    """Write rows under their header into `file`, whose name's ending (.xlsx; .csv or .txt) says which kind.

    It is written beside its place and put there at the end. Rows stream: memory does not grow with them.

    Args:
        file: Replaced where it exists.
        columns: Title, kind and width of each column.
        rows: As many values each as there are columns.
        form: How a .csv or .txt is written.
        on_progress: Called with the number of rows written, every thousand; what it raises ends the writing.

    Raises:
        InvalidInputError: the name ends otherwise.
        FileNotWrittenError: with one sentence that says why and what to do.
    """
    if file.suffix.lower() not in {".xlsx", *_TEXT}:
        raise InvalidInputError(_("Give the file a name that ends in .xlsx, .csv or .txt."))
    with in_words(file), tempfile.TemporaryDirectory(prefix=".shopdesk-", dir=file.absolute().parent) as folder:
        made = Path(folder) / f"new{file.suffix.lower()}"
        writer = _writer(made, columns, form)
        try:
            written = _fill(writer, rows, on_progress)
        finally:
            writer.close()
        made.replace(file)
    return written


def _writer(made: Path, columns: Sequence[OutColumn], form: Form) -> _Writer:
    if made.suffix == ".xlsx":
        return ExcelFile(made, columns)
    return SeparatedText(made, columns, form.encoding, bom=form.bom, separator=form.separator)


def _fill(writer: _Writer, rows: Iterator[OutRow], on_progress: Callable[[int], object]) -> Written:
    lost: list[LostCharacter] = []
    done = 0
    for done, row in enumerate(rows, 1):
        found = writer.add(tuple(map(_clean, row)))
        if found and len(lost) < MOST_LISTED:
            lost += found
        if done % TELL_EVERY == 0:
            on_progress(done)
    return Written(done, tuple(lost[:MOST_LISTED]))


def _clean(value: Value) -> Value:
    """Take out what no file may hold: NUL, controls, lone surrogates."""
    return japanese.clean(value) if isinstance(value, str) else value


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Turn what the system says when `file` cannot be written into our sentences."""
    try:
        yield
    except PermissionError as error:
        sentence = _(
            "“{file}” cannot be written: it is open in Excel, or the folder does not allow it. Close it there."
        )
        raise FileNotWrittenError(sentence.format(file=file.name)) from error
    except FileNotFoundError as error:
        sentence = _("The folder “{folder}” is not there. Connect the drive or choose another folder.")
        raise FileNotWrittenError(sentence.format(folder=file.parent)) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            sentence = _("There is no room left for “{file}”. Free some space or choose another folder.")
        else:
            sentence = _("“{file}” could not be written there. Choose another folder.")
        raise FileNotWrittenError(sentence.format(file=file.name)) from error
