"""F3 sparse giants and counts that lie, F4 blank rows, F6 formulas, F8 long cells and wide sheets."""

from __future__ import annotations

from random import Random

from tests.faults.files import Made
from tests.faults.workbooks import (
    MAIN,
    SHEET_1,
    cells,
    changed,
    inline,
    ods,
    ods_row,
    sheet,
    xls,
    xls_number,
    xls_size,
    xlsb,
)

LONGEST = 32_767


def giant(number: int, random: Random) -> Made:
    """Make a sheet that would be enormous laid out as a block, or that says so and is not."""
    makers = (
        *(_corner, _wide, _far_down, _dimension_lie, _strings_lie, _merged_all, _many_styles),
        *(_ods_cells, _ods_rows, _ods_edge, _dimension_small, _strings_few, _far_row, _xlsb_far),
        *(_xls_far, _xls_said, _binary_at_the_limit),
    )
    return makers[number % len(makers)](random)


def _corner(random: Random) -> Made:
    far = random.choice([("XFD", 1_048_576), ("XFC", 1_000_000), ("ZZ", 900_000)])
    return Made(
        "corner.xlsx", changed({SHEET_1: sheet(cells(("A", 1), far))}), code="too_large", says="fill the memory"
    )


def _wide(random: Random) -> Made:
    places = [("A", n) for n in range(1, random.randrange(5_000, 50_001))]
    return Made(
        "wide.xlsx", changed({SHEET_1: sheet(cells(*places, ("XFD", 1)))}), code="too_large", says="fill the memory"
    )


def _far_down(random: Random) -> Made:
    return Made("down.xlsx", changed({SHEET_1: sheet(cells(("A", 1), ("A", 1_048_576)))}), rows=[[1.0]])


def _dimension_lie(random: Random) -> Made:
    said = f'<dimension ref="A1:{random.choice(["XFD1048576", "ZZZZZ9", "A1", "B99999999999"])}"/>'
    return Made("lie.xlsx", changed({SHEET_1: sheet(cells(("A", 1)), before=said)}), rows=[[1.0]])


def _dimension_small(random: Random) -> Made:
    rows = random.randrange(5, 50)
    content = sheet(cells(*[("C", n) for n in range(1, rows + 1)]), before='<dimension ref="A1"/>')
    return Made("small.xlsx", changed({SHEET_1: content}), rows=[["", "", 1.0]] * rows)


def _strings(count: int) -> bytes:
    content = f'<sst {MAIN} count="{count}" uniqueCount="{count}"><si><t>見本</t></si></sst>'
    return changed({"xl/sharedStrings.xml": content, SHEET_1: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')})


def _strings_lie(random: Random) -> Made:
    count = random.choice([4_000_000_000, 99_999_999_999, 5_000_000])
    return Made("strings.xlsx", _strings(count), code="too_large", says="fill the memory")


def _strings_few(random: Random) -> Made:
    return Made("strings.xlsx", _strings(random.choice([0, 2, 100_000])), rows=[["見本"]])


def _merged_all(random: Random) -> Made:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return Made(
        "merged.xlsx", changed({SHEET_1: sheet(cells(("A", 1), ("B", 2)), after=merged)}), rows=[[1.0], ["", 1.0]]
    )


def _many_styles(random: Random) -> Made:
    count = random.randrange(60_000, 65_431)
    styles = f'<styleSheet {MAIN}><cellXfs count="{count}">{"<xf/>" * count}</cellXfs></styleSheet>'
    content = changed(
        {"xl/styles.xml": styles, SHEET_1: sheet(f'<row r="1"><c r="A1" s="{count - 1}"><v>5</v></c></row>')}
    )
    return Made("styles.xlsx", content, code="", rows=[[5.0]])


def _ods_cells(random: Random) -> Made:
    cell = '<table:table-cell {} office:value-type="float" office:value="1"/>'
    row = cell.format(f'table:number-columns-repeated="{random.randrange(10_000, 99_999)}"')
    return Made("cells.ods", ods(f"<table:table-row>{row}</table:table-row>"), code="too_large", says="fill the memory")


def _ods_rows(random: Random) -> Made:
    content = ods(ods_row("見本", 1, repeated=random.randrange(100_000, 1_048_576)))
    return Made("rows.ods", content, code="too_large", says="fill the memory")


def _ods_edge(random: Random) -> Made:
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return Made("edge.ods", ods(ods_row("見本", 1) + blank), rows=[["見本", 1.0]])


def _far_row(random: Random) -> Made:
    content = sheet(cells(("A", 1)) + '<row r="999999999"><c r="A999999999"><v>1</v></c></row>')
    return Made("row.xlsx", changed({SHEET_1: content}), code="too_large", says="fill the memory")


def _xlsb_far(random: Random) -> Made:
    far = random.choice([(1_048_575, 16_383), (900_000, 100), (1, 0xFFFFFFF0), (700, 40_000)])
    return Made("far.xlsb", xlsb([["見本", 1]], beyond=(far,)), code="too_large", says="fill the memory")


def _xls_far(random: Random) -> Made:
    far = random.choice([(65_535, 255), (65_535, 65_535), (50_000, 250)])
    return Made("far.xls", xls([["見本", 1]], beyond=xls_number(*far)), code="too_large", says="fill the memory")


def _xls_said(random: Random) -> Made:
    said = random.choice([(65_536, 256), (0xFFFFFFF0, 0xFFF0), (11_000_000, 1)])
    return Made("said.xls", xls([["見本", 1]], beyond=xls_size(*said)), code="too_large", says="fill the memory")


def _binary_at_the_limit(random: Random) -> Made:
    """What is said wrong beyond the last row there is, and what lies far out in one direction, is read."""
    rows: list[list[object]] = [["見本", n] for n in range(random.randrange(1, 40))]
    if random.random() < 0.5:
        return Made("sound.xlsb", xlsb(rows, beyond=((0xFFFFFFF0, 0),)), rows=rows)
    return Made("sound.xls", xls(rows, beyond=xls_size(40_000, 3)), rows=rows)


def blank(number: int, random: Random) -> Made:
    """Make a sheet with long stretches of nothing: 1,000 blank rows end it, fewer do not."""
    gap = (10, 500, 998, 1_000, 10_000, 100_000)[number] if number < 6 else random.randrange(1, 20_000)
    styled = number % 2 == 1
    between = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, gap + 2)) if styled else ""
    first, last = cells(("A", 1)), cells(("A", gap + 2))
    rows = [[1.0], [1.0]] if gap < 1_000 else [[1.0]]
    return Made("blank.xlsx", changed({SHEET_1: sheet(first + between + last)}), rows=rows)


def formula(number: int, random: Random) -> Made:
    """Make a sheet of formulas: each gives the value saved with it, nothing is reckoned, fetched or started."""
    written = (
        "1+1", 'HYPERLINK("http://127.0.0.1:9/","x")', "cmd|' /C calc'!A0", "[1]Sheet1!A1", "'\\\\server\\share\\[a.xlsx]S'!A1",
        'WEBSERVICE("http://127.0.0.1:9/")', 'DDE("cmd";"/C calc";"x")', "SUM(A1:XFD1048576)",
    )[number % 8]  # fmt: skip
    text = written.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    kind, value, expected = (("", "<v>2</v>", 2.0), (' t="str"', "<v>見本</v>", "見本"), ("", "", ""))[number // 8 % 3]
    valid = '<dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
    row = (
        f'<row r="1">{inline("A1", "番号")}<c r="B1"{kind}><f>{text}</f>{value}</c>{inline("C1", f"={written}")}</row>'
    )
    content = changed({SHEET_1: sheet(row, after=valid if random.random() < 0.5 else "")})
    return Made("formula.xlsx", content, rows=[["番号", expected, f"={written}"]])


def long_cell(number: int, random: Random) -> Made:
    """Make cells at and beyond Excel's limit, and sheets as wide as Excel's."""
    wide = [f"見出し{n}" for n in range(16_384)]
    over = random.randrange(LONGEST + 1, 200_000)
    makers: tuple[Made, ...] = (
        Made("long.xlsx", _one("x" * 10_000_000), code="too_large"),
        Made("over.xlsx", _one("見" * (LONGEST + 1)), code="too_large", says="longer than 32,767"),
        Made("limit.xlsx", _one("見" * LONGEST), rows=[["見" * LONGEST]]),
        Made("digits.csv", b"a,b\n" + b"9" * 5_001 + b",1\n", rows=[["a", "b"], ["9" * 5_001, "1"]]),
        Made("wide.csv", ",".join(wide).encode(), rows=[wide]),
        Made("over.csv", b"a,b\n" + b"x" * over + b",1\n", code="damaged", says="longer than 32,767"),
        Made("over.ods", ods(ods_row("x" * over)), code="too_large", says="longer than 32,767"),
        Made("over.xlsx", _shared("\n見本 " * (over // 3)), code="too_large", says="longer than 32,767"),
    )
    return makers[number % len(makers)]


def _one(text: str) -> bytes:
    return changed({SHEET_1: sheet(f'<row r="1">{inline("A1", text)}</row>')})


def _shared(text: str) -> bytes:
    strings = f'<sst {MAIN} count="1" uniqueCount="1"><si><t xml:space="preserve">{text}</t></si></sst>'
    return changed({"xl/sharedStrings.xml": strings, SHEET_1: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')})
