"""Which encoding and which separator a text table has, found from its bytes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 18
_ENOUGH = 1 << 16
_HEAD = 1 << 16
_LOOKED_AT = 20
_ANNOUNCED = re.compile(r"\ufeff?\"?sep=([^\r\n\"])\"?\r?\n", re.IGNORECASE)
_PLAIN = re.compile(
    "[\t\r\n\x1a -~\u00a0-\u00ff\u2010-\u2026\u203b\u2190-\u2193\u2460-\u2473\u25a0-\u266f\u3000-\u30ff\u3220-\u33ff\u4e00-\u9fff\ufeff\uff01-\uffe6]"
)
"""What Japanese tables are written with."""
_PLAINLY = 0.9
_THREE_BYTES = 0xE3
"""What the letters of Japanese begin with in UTF-8."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text table is written. `encoding` is Python's name; `utf-8-sig` is UTF-8 with its mark."""

    encoding: str
    separator: str
    quoted: bool
    announced: bool = False
    """The first line says the separator, as Excel writes it, and is no row."""


def text_form(path: Path, encoding: str | None = None) -> TextForm:
    """Return the form of a text table without ever holding the whole file."""
    encoding = encoding or _encoding(path)
    with path.open("rb") as file:
        head = file.read(_HEAD).decode(encoding, "replace")
    said = _ANNOUNCED.match(head)
    separator = said[1] if said else _separator(head)
    quoted = separator != "\t" or head.startswith('"') or '\t"' in head or '\n"' in head
    return TextForm(encoding, separator, quoted, announced=said is not None)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        for mark, name in _MARKS:
            if block.startswith(mark):
                return name
        if b"\x00" in block and (found := utf16_of(block)):
            return found
        telling = b""
        carry = b""
        while block and len(telling) < _ENOUGH:  # plain ASCII tells nothing: look on for lines that do
            block = carry + block
            cut = block.rfind(b"\n") + 1 or len(block)
            carry, block = block[cut:], block[:cut]
            if b"\x1b$" in block:
                return "iso2022_jp_ext"
            if not block.isascii():
                telling += b"\n".join(line for line in block.split(b"\n") if not line.isascii())
            block = file.read(_BLOCK)
        if not carry.isascii() and not telling:
            telling = carry
    return "iso2022_jp_ext" if b"\x1b$" in carry else encoding_of(telling)


def utf16_of(head: bytes) -> str | None:
    """Return which UTF-16 without a mark the beginning of a file is; None where it reads as a table in neither."""
    head = head[: len(head) // 2 * 2]
    shares = {name: _plain_share(head.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _PLAINLY else None


def _plain_share(text: str) -> float:
    return len(_PLAIN.findall(text[:20_000])) / max(1, len(text[:20_000]))


def encoding_of(text: bytes) -> str:
    """Return the encoding of bytes that are not all ASCII. UTF-8 is strict enough to be believed at once."""
    if _decodes(text, "utf-8"):
        return "utf-8"
    found = [name for name in ("cp932", "euc_jp", "euc_jis_2004") if _decodes(text, name)]
    if not found and _partly_utf8(text):
        return "utf-8"
    if not found:
        broken = {name: text.decode(name, "replace").count("\ufffd") for name in ("utf-8", "cp932", "euc_jp")}
        return min(broken, key=lambda name: broken[name])
    return max(found, key=lambda name: likeness(text.decode(name, "replace")))


def _partly_utf8(text: bytes) -> bool:
    """Say whether enough lines are UTF-8 for a file put together from two sources; the reader takes the others as cp932."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    return sum(max(line) >= _THREE_BYTES and _decodes(line, "utf-8") for line in lines) * 10 > len(lines)


def _decodes(text: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(text, final=False)
    except UnicodeDecodeError:
        return False
    return True


def likeness(text: str) -> float:
    """Return how much like Japanese a text reads: kana and common kanji speak for it, rows of half-width kana against."""
    score = 0.0
    for letter in text[:20_000]:
        if "\u3041" <= letter <= "\u30fe" or letter in "、。「」（）　":
            score += 2
        elif "\u4e00" <= letter <= "\u9fff":
            score += 1
        elif "\uff61" <= letter <= "\uff9f":
            score -= 0.3
        elif letter > "\u00ff" and not "\uff01" <= letter <= "\uff5e":
            score -= 1
    return score / max(1, len(text))


def _separator(head: str) -> str:
    """Return the mark that cuts most of the first rows into equally many cells; of equals the one that cuts more."""
    scores = {mark: _evenness(head, mark) for mark in (",", "\t", ";", "|")}
    best = max(scores, key=lambda mark: scores[mark])
    return best if scores[best][0] > 0 else ","


def _evenness(head: str, mark: str) -> tuple[float, int]:
    rows = csv.reader(io.StringIO(head, newline=""), delimiter=mark)
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # a cell without end: the rows before it say enough
        widths.update(len(row) for row in islice(rows, _LOOKED_AT) if row)
    count, width = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
    return (count / widths.total(), width) if count and count * 2 >= widths.total() else (0.0, 0)
