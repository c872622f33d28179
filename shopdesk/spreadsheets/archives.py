"""A table with files beside it, in one .zip: whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

from shopdesk.spreadsheets.writing import in_words, write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shopdesk.spreadsheets.outgoing import OutColumn, OutRow
    from shopdesk.spreadsheets.writing import Written


def write_archive(
    file: Path,
    table: str,
    columns: Sequence[OutColumn],
    rows: Iterator[OutRow],
    files: Iterator[tuple[str, bytes]],
    *,
    on_progress: Callable[[int], object] = lambda _rows: None,
) -> Written:
    """Write a .zip that holds a table and, beside it, files. One file at a time is in memory.

    Args:
        file: Replaced where it exists.
        table: The table's name in it, which ends in .xlsx or .csv.
        columns: Of the table.
        rows: Its rows, all taken before the first of `files`.
        files: Names in the archive and what the files hold; stored as they are, pictures and films do not shrink.
        on_progress: Called with the number of rows written, also after each file; what it raises ends the writing.

    Raises:
        FileNotWrittenError: with one sentence that says why and what to do.
    """
    with in_words(file), tempfile.TemporaryDirectory(prefix=".shopdesk-", dir=file.absolute().parent) as folder:
        inside, made = Path(folder) / table, Path(folder) / "new.zip"
        written = write_table(inside, columns, rows, on_progress=on_progress)
        with ZipFile(made, "w", ZIP_STORED) as archive:
            archive.write(inside, table)
            for name, content in files:
                archive.writestr(name, content)
                on_progress(written.rows)
        made.replace(file)
    return written
