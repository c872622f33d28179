"""F12: good files changed where their structure is. Whatever comes of it, it ends soon, in rows or in one sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.faults.cases import Check
from tests.faults.files import SENTENCES, Made, assert_refused, digest
from tests.faults.orders import touched
from tests.faults.reader import Reader
from tests.faults.texts import text
from tests.faults.workbooks import ods, ods_row, sound, xls, xlsb

_NAME = "mutated.xlsx"
GOOD = 30
"""So many sound files are the ground for the mutations."""
_ROWS: list[list[object]] = [["注文番号", "お名前", "金額"], *([f"A-{n}", "見本 太郎", n * 10] for n in range(40))]
_NUMBERS = ("0", "-1", "65535", "2147483647", "4294967295", "99999999999999999999", "1e308", "NaN", "")


@lru_cache(maxsize=GOOD)
def good(number: int) -> bytes:
    """Return the sound file of that number: every kind, several of each."""
    random = Random(number)
    rows = _ROWS[: random.randrange(5, 40)]
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: xls(rows),
        lambda: xlsb(rows),
        lambda: ods("".join(ods_row(*row) for row in rows)),
        lambda: _bytes(touched(number, random)),
        lambda: sound(random.randrange(3, 200)),
        lambda: _bytes(text(number * 2, random)),
    )
    return makers[number % len(makers)]()


def _bytes(made: Made) -> bytes:
    assert isinstance(made.content, bytes)
    return made.content


def mutated(borrow: Callable[[], Reader], through: Callable[[int, Made, Path], None]) -> Callable[[int, Random], Check]:
    """Return a maker of cases; a file that takes the reader down is allowed here, and counted by the reader."""

    def case(number: int, random: Random) -> Check:
        def run(folder: Path) -> None:
            content = _mutation(good(number % GOOD), random)
            _check(content, folder, borrow())
            through(number, Made(_NAME, content), folder / _NAME)

        return run

    return case


def _check(content: bytes, folder: Path, reader: Reader) -> None:
    path = folder / _NAME
    path.write_bytes(content)
    before = digest(path)
    found = reader.rows(path)
    assert digest(path) == before
    if found.code not in {"", "broken_file"}:
        assert found.code in SENTENCES, f"{found.code}: {found.message}"
        assert_refused(found, Made(path.name, content, code=found.code))


def _mutation(content: bytes, random: Random) -> bytes:
    if not content.startswith(b"PK") or random.random() < 0.2:
        return _bits(content, random)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = random.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name != chosen:
                new.writestr(name, part)
            elif random.random() < 0.9:
                new.writestr(name, _markup(part, random) if part.lstrip().startswith(b"<") else _bits(part, random))
    return out.getvalue()


def _bits(content: bytes, random: Random) -> bytes:
    made = bytearray(content)
    for _ in range(random.randrange(1, 12)):
        place = random.randrange(max(1, len(made)))
        change = random.randrange(4)
        if change == 0:
            made[place : place + 1] = bytes([random.randrange(256)])
        elif change == 1:
            made[place : place + 4] = struct.pack(
                "<I", random.choice([0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE])
            )
        elif change == 2:
            del made[place : place + random.randrange(1, 64)]
        else:
            made[place:place] = made[place : place + random.randrange(1, 64)]
    return bytes(made)


def _markup(part: bytes, random: Random) -> bytes:
    """Change a number, drop or double a tag, or blow up an attribute."""
    pieces = part.decode("utf-8", "replace").replace(">", ">\0").split("\0")
    for _ in range(random.randrange(1, 4)):
        place = random.randrange(len(pieces))
        change = random.randrange(4)
        if change == 0:
            pieces[place] = _renumbered(pieces[place], random)
        elif change == 1:
            pieces[place] = ""
        elif change == 2:
            pieces[place] *= random.choice([2, 50])
        else:
            other = random.randrange(len(pieces))
            pieces[place], pieces[other] = pieces[other], pieces[place]
    return "".join(pieces).encode()


def _renumbered(tag: str, random: Random) -> str:
    digits = [place for place, letter in enumerate(tag) if letter.isdigit()]
    if not digits:
        return tag + "<x"
    place = random.choice(digits)
    return tag[:place] + random.choice(_NUMBERS) + tag[place + 1 :]
