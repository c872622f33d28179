"""The lines of a text table. Files put together from two sources have lines of UTF-8 and lines of cp932."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from shopdesk.spreadsheets.encodings import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK = 1 << 16
_MARK = b"\xef\xbb\xbf"


def lines(path: Path, encoding: str, errors: str) -> Iterator[str]:
    """Yield the lines with their ends; `errors` names the handler of bytes that make no letter."""
    if not encoding.startswith("utf-8"):
        with path.open("r", encoding=encoding, errors=errors, newline="") as text:
            yield from text
        return
    with path.open("rb") as file:
        file.seek(len(_MARK) if file.read(len(_MARK)) == _MARK else 0)
        for block in _whole_lines(file):
            try:
                yield from io.StringIO(block.decode(), newline="")
            except UnicodeDecodeError:
                yield from (_line(each, errors) for each in block.splitlines(keepends=True))


def _whole_lines(file: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while block := file.read(_BLOCK):
        block = rest + block
        cut = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, -1) + 1  # a last \r may be half of a line's end
        rest = block[cut:]
        yield block[:cut]
    yield rest


def _line(line: bytes, errors: str) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        pass
    try:
        other = line.decode("cp932")
    except UnicodeDecodeError:
        return line.decode(errors=errors)
    return other if likeness(other) > likeness(line.decode(errors="replace")) else line.decode(errors=errors)
