"""F5: text tables in every encoding, separator and line end that carts, Excel and old programs write."""

from __future__ import annotations

import csv
import io
from random import Random

from tests.faults.files import Made

CODECS = (
    "cp932",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-16-be+mark",
    "euc_jp",
    "iso2022_jp_ext",
    "euc_jis_2004",
)
LETTERS = {
    "cp932": "髙﨑①㈱～－ｶﾅﾊﾞｰ纊鍈",
    "euc_jp": "丸亀〜−ｶﾅ",
    "iso2022_jp_ext": "丸亀〜−",
    "euc_jis_2004": "丸亀〜−①㈱",
}
ANY = "髙﨑①㈱～〜−－ｶﾅﾊﾞｰ\u00a0\u200b𠮷👍é纊鍈"
NAMES = ["見本 太郎", "例示 はなこ", "架空商店", "テスト用のお客さま", "雛形 次郎", "表札 例子"]
ROWS = [["注文番号", "お名前", "ご住所", "金額", "備考"]]


def text(number: int, random: Random) -> Made:
    """Make a text table whose letters, separators and line ends must all come back."""
    special = (
        _announced,
        _old_mac,
        _control_z,
        _mixed,
        _unicode_text,
        _one_column,
        _pipe,
        _ascii_then_japanese,
        _quotes,
        _spaces,
    )
    if number % 2:
        return special[number // 2 % len(special)](random)
    codec = CODECS[number // 2 % len(CODECS)]
    rows = _table(random, LETTERS.get(codec, ANY))
    return Made(
        "注文.csv", encoded(written(rows, random.choice(",\t;"), random.choice(["\n", "\r\n"])), codec), rows=rows
    )


def written(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    """Return rows as the csv module writes them."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def encoded(content: str, codec: str) -> bytes:
    """Encode; `+mark` puts a byte-order mark before a codec that writes none."""
    name = codec.removesuffix("+mark")
    return (("\ufeff" if name != codec else "") + content).encode(name)


def _table(random: Random, letters: str) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    for number in range(random.randrange(3, 30)):
        note = "".join(random.sample(letters, min(len(letters), 6)))
        rows.append([f"A-{number}", random.choice(NAMES), f"見本県例示市{number}-1", str(number * 110), note])
    return rows


def _announced(random: Random) -> Made:
    rows = _table(random, LETTERS["cp932"])
    separator = random.choice(";|,\t")
    content = f"sep={separator}\r\n" + written(rows, separator)
    return Made("sep.csv", content.encode(random.choice(["cp932", "utf-8", "utf-16", "utf-8-sig"])), rows=rows)


def _old_mac(random: Random) -> Made:
    rows = _table(random, LETTERS["cp932"])
    return Made("mac.csv", written(rows, ",", "\r").encode(random.choice(["cp932", "utf-8"])), rows=rows)


def _control_z(random: Random) -> Made:
    rows = _table(random, LETTERS["cp932"])
    return Made("z.csv", written(rows).encode("cp932") + b"\x1a" + b"\r\n" * random.randrange(2), rows=rows)


def _mixed(random: Random) -> Made:
    """Lines of two sources, as `type a.csv b.csv` puts them together."""
    one, two = _table(random, ANY), _table(random, LETTERS["cp932"])[1:]
    return Made("mixed.csv", written(one * 3).encode() + written(two).encode("cp932"), rows=one * 3 + two)


def _unicode_text(random: Random) -> Made:
    rows = _table(random, ANY)
    return Made("unicode.txt", encoded(written(rows, "\t"), "utf-16"), rows=rows)


def _one_column(random: Random) -> Made:
    rows = [["お名前"], *([random.choice(NAMES)] for _ in range(9))]
    return Made("one.csv", written(rows).encode(random.choice(["cp932", "utf-8", "euc_jp"])), rows=rows)


def _pipe(random: Random) -> Made:
    rows = _table(random, "丸亀例")
    return Made("pipe.txt", written(rows, "|").encode(random.choice(["cp932", "utf-8"])), rows=rows)


def _ascii_then_japanese(random: Random) -> Made:
    rows = [["id", "note"], *(["1", "x"] for _ in range(random.randrange(50_000, 90_000))), ["2", "見本 髙橋"]]
    return Made("late.csv", written(rows).encode("cp932"), rows=rows)


def _quotes(random: Random) -> Made:
    rows = [["名前", "備考"], ['見本 "特選"', "一行目\n二行目, 三"], ["' 例示", "=1+1"], ["", "；；｜｜"]]
    return Made("引用 '\"\U0001f4e6.csv", written(rows).encode(random.choice(["cp932", "utf-8", "euc_jp"])), rows=rows)


def _spaces(random: Random) -> Made:
    rows = [["名前\u3000", "\u3000備考"], *([f"見本\u3000{n}", "\u3000" * random.randrange(1, 9)] for n in range(40))]
    return Made("spaces.csv", written(rows).encode(random.choice(["utf-16-le", "utf-16-be", "cp932"])), rows=rows)
