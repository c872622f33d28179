"""F1 cut files, F2 bombs and tangled archives, F10 entities and links outwards."""

from __future__ import annotations

import io
import struct
import zipfile
from random import Random

from tests.faults.files import Made
from tests.faults.workbooks import MAIN, SHEET_1, changed, inline, ods, ods_row, sheet, sound, xlsb

ROWS = [["見本", number] for number in range(60)]


def cut(number: int, random: Random) -> Made:
    """Make a workbook that ends too early: every 2.5 %, then anywhere in any kind."""
    if number < 40:
        whole = sound(60)
        kept = len(whole) * number // 40
        return Made("cut.xlsx", whole[:kept], code="damaged" if kept else "empty")
    whole = random.choice([sound(60), xlsb(ROWS), ods("".join(ods_row(*row) for row in ROWS))])
    return Made("cut.xlsx", whole[: random.randrange(64, len(whole) - 30)], code="damaged")


def bomb(number: int, random: Random) -> Made:
    """Make an archive that unpacks to far more than it is, or whose parts lie over each other."""
    makers = (_ratio, _many, _lying, _overlapping, _twice, _outside, _encrypted, _nested, _large_and_sound, _other_part)
    return makers[number % len(makers)](number // len(makers), random)


def _ratio(step: int, random: Random) -> Made:
    blanks = sheet(" " * (random.randrange(20, 190) * 1_000_000))
    if step % 2 == 0:
        return Made("bomb.xlsx", changed({SHEET_1: blanks}), code="too_large", says="fill the memory")
    return Made("bomb.ods", ods("", {"styles.xml": " " * 30_000_000}), code="too_large", says="fill the memory")


def _many(step: int, random: Random) -> Made:
    count = 2_000 if step == 0 else 100_000 if step == 1 else random.randrange(2_001, 20_000)
    return Made(
        "many.xlsx", changed({f"xl/m/{n}": b"" for n in range(count)}), code="too_large", says="fill the memory"
    )


def _lying(step: int, random: Random) -> Made:
    content = bytearray(changed({SHEET_1: sheet(" " * 30_000_000)}))
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, random.randrange(1, 100_000))
    return Made("lying.xlsx", bytes(content), code="damaged" if _stops_early(content) else "too_large")


def _stops_early(content: bytes) -> bool:
    """Say whether this Python's archives believe the size: then the part's checksum is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(SHEET_1) as part:
            while part.read(1 << 20):
                pass
    except zipfile.BadZipFile:
        return True
    return False


def _overlapping(step: int, random: Random) -> Made:
    content = bytearray(changed({}))
    first = content.find(b"PK\x01\x02")
    for _ in range(step % 4):
        first = content.find(b"PK\x01\x02", first + 4)
    struct.pack_into(
        "<I", content, content.find(b"PK\x01\x02", first + 4) + 42, struct.unpack_from("<I", content, first + 42)[0]
    )
    return Made("over.xlsx", bytes(content), code="unsafe")


def _twice(step: int, random: Random) -> Made:
    out = io.BytesIO(sound())
    name = random.choice(["xl/workbook.xml", SHEET_1, "[Content_Types].xml"])
    with zipfile.ZipFile(out, "a") as archive:
        archive.NameToInfo.clear()  # it would warn of the second
        archive.writestr(name, b"<a/>")
    return Made("twice.xlsx", out.getvalue(), code="unsafe")


def _outside(step: int, random: Random) -> Made:
    name = ("../../evil.txt", "xl/../../evil.txt", "..\\evil.txt", "/../evil.txt")[step % 4]
    return Made("outside.xlsx", changed({name: b"x"}), code="unsafe")


def _encrypted(step: int, random: Random) -> Made:
    content = bytearray(sound())
    place = content.find(b"PK\x01\x02")
    for _ in range(step % 4):
        place = content.find(b"PK\x01\x02", place + 4)
    content[place + 8] |= 1
    return Made("secret.xlsx", bytes(content), code="password")


def _nested(step: int, random: Random) -> Made:
    inner = changed({SHEET_1: sheet(" " * 30_000_000)})
    if step % 2 == 0:  # nobody unpacks what lies inside: the sheet beside it is read
        return Made("nested.xlsx", changed({"xl/media/inner.xlsx": inner}), rows=[["見本", n] for n in range(3)])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner.xlsx", inner)
    return Made("nested.xlsx", out.getvalue(), code="wrong_kind", says="is an archive")


def _large_and_sound(step: int, random: Random) -> Made:
    rows = "".join(f'<row r="{n}">{inline(f"A{n}", f"見本{n}")}</row>' for n in range(1, 20_001))
    return Made("sound.xlsx", changed({SHEET_1: sheet(rows)}), rows=[[f"見本{n}"] for n in range(1, 20_001)])


def _other_part(step: int, random: Random) -> Made:
    part = random.choice(["xl/media/image1.png", "xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml"])
    return Made("bomb.xlsx", changed({part: b"0" * 40_000_000}), code="too_large", says="fill the memory")


def outward(number: int, random: Random) -> Made:
    """Make a workbook that declares entities, which is refused, or that points outwards, which is never followed."""
    makers = (_laughs, _external, _quadratic, _relations, _bare_doctype, _link_part, _in_ods, _in_relations)
    return makers[number % len(makers)](random)


def _declared(declaration: str, value: str) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE x [{declaration}]>'
    return changed({SHEET_1: head + sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{value}</t></is></c></row>')})


def _laughs(random: Random) -> Made:
    depth = random.randrange(5, 12)
    lines = ['<!ENTITY a0 "lol">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth))]
    return Made("laughs.xlsx", _declared("".join(lines), f"&a{depth - 1};"), code="unsafe")


def _external(random: Random) -> Made:
    target = random.choice(["file:///etc/passwd", "http://127.0.0.1:9/x", "\\\\server\\share\\x"])
    return Made("external.xlsx", _declared(f'<!ENTITY a SYSTEM "{target}">', "&a;"), code="unsafe")


def _quadratic(random: Random) -> Made:
    return Made(
        "quadratic.xlsx",
        _declared(f'<!ENTITY a "{"x" * random.randrange(1000, 30_000)}">', "&a;" * 1000),
        code="unsafe",
    )


def _bare_doctype(random: Random) -> Made:
    gap = " " * random.randrange(5)
    content = f"{gap}<!DOCTYPE sst>" + f"<sst {MAIN}><si><t>x</t></si></sst>"
    return Made("doctype.xlsx", changed({"xl/sharedStrings.xml": content}), code="unsafe")


def _relations(random: Random) -> Made:
    target = random.choice(["file:///etc/passwd", "\\\\server\\share\\a.xlsx", "http://127.0.0.1:9/a"])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = f'<Relationship Id="rId1" Type="{kind}" Target="{target}" TargetMode="External"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
    content = changed({"xl/worksheets/_rels/sheet1.xml.rels": rels})
    return Made("linked.xlsx", content, rows=[["見本", n] for n in range(3)])


def _link_part(random: Random) -> Made:
    book = f'<externalLink {MAIN}><externalBook><sheetNames><sheetName val="S{random.randrange(9)}"/></sheetNames></externalBook></externalLink>'
    content = changed(
        {
            "xl/externalLinks/externalLink1.xml": book,
            SHEET_1: sheet('<row r="1"><c r="A1"><f>[1]S!A1</f><v>7</v></c></row>'),
        }
    )
    return Made("linked.xlsx", content, rows=[[7.0]])


def _in_ods(random: Random) -> Made:
    return Made("laughs.ods", ods(ods_row("&a;"), head='<!DOCTYPE x [<!ENTITY a "b">]>'), code="unsafe")


def _in_relations(random: Random) -> Made:
    return Made(
        "rels.xlsx",
        changed({"xl/_rels/workbook.xml.rels": '<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>'}),
        code="unsafe",
    )
