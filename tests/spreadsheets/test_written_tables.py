"""Whatever is written with the csv module comes back, in every encoding; Japanese is never taken for another encoding."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st

from shopdesk.spreadsheets import open_table
from shopdesk.spreadsheets.encodings import encoding_of

KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンー"
KANJI = (
    "見本表札例示架空雛形商店注文番号金額住所電話会員東京都北海道大阪府京都市区町村一二三四五六七八九十年月日円込税送料"
)
JAPANESE = KANA * 2 + KATAKANA + KANJI + "、。（）「」"
SAFE = JAPANESE + "abcXYZ0189 -_@.+=#'"
FORMS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "cp932": "cp932",
    "utf-16": "utf-16",
    "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
}
FORMS |= {"utf-16-le": "utf-16", "utf-16-be": "utf-16"}
STEADY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

cells = st.text(st.sampled_from(SAFE + ',;|\t"\r\n'), max_size=12).filter(
    lambda text: "\r" not in text.replace("\r\n", "")
)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)
)


@STEADY
@given(
    rows=tables,
    codec=st.sampled_from(sorted(FORMS)),
    separator=st.sampled_from(",\t;|"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_of_texts_comes_back(tmp_path, rows, codec, separator, quoting, end):
    header = ["注文番号", *["お名前のみほん"] * (len(rows[0]) - 1)]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end).writerows([header, *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(out.getvalue().encode(codec))
    table = open_table(path)
    assert [row for _, row in table.rows()] == [header, *rows]
    assert table.encoding == FORMS[codec]


@settings(max_examples=400, deadline=None)
@given(
    text=st.text(st.sampled_from(JAPANESE), min_size=20, max_size=200),
    codec=st.sampled_from(["utf-8", "cp932", "euc_jp"]),
)
@example(text="見本" * 10, codec="euc_jp")
@example(text="雛形" * 10, codec="cp932")
def test_twenty_letters_of_japanese_say_their_encoding(text, codec):
    assume(any(letter in KANA + KATAKANA for letter in text))
    content = text.encode(codec)
    assert content.decode(encoding_of(content)) == text


@pytest.mark.parametrize("codec", ["cp932", "utf-8"])
def test_half_width_kana_alone_is_no_other_encoding(codec):
    text = "ﾐﾎﾝ ﾀﾛｳ,ﾄｳｷﾖｳﾄﾁﾖﾀﾞｸ,ﾃｽﾄ ｼﾖｳﾃﾝ"
    assert text.encode(codec).decode(encoding_of(text.encode(codec))) == text
