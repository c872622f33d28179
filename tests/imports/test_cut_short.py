"""Files that a broken download or copy cut short: refused whole, because what is left would overwrite orders with less."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopdesk.errors import ShopDeskError
from tests.imports.contents import everything

DATA = Path(__file__).parents[1] / "data" / "carts"
RAKUTEN = (DATA / "rakuten-orders.csv").read_bytes()
HEAD = "会員番号,氏名,メールアドレス\r\n"
CUT = {
    "row.csv": RAKUTEN[:-260],
    "letter-utf8.csv": (HEAD + "1,見本 太郎,taro@example.jp\r\n2,架空 次郎,jiro@example.jp見").encode()[:-1],
    "letter-utf8-ascii.csv": ("id,name,email\r\n1,Taro,taro@example.jp\r\n2,Jiro,jiro@example.jp見").encode()[:-1],
    "letter-cp932.csv": (HEAD + "1,見本 太郎,taro@example.jp\r\n2,架空 次郎,jiro@example.jp見").encode("cp932")[:-1],
    "quotation.csv": (HEAD + '1,見本 太郎,taro@example.jp\r\n2,架空 次郎,"jiro@exam').encode(),
    "quotation-swallows.csv": (HEAD + '1,見本 太郎,"taro@example.jp\r\n2,架空 次郎,jiro@example.jp\r\n').encode(),
}  # fmt: skip
WHOLE = {
    "no-end.csv": (HEAD + "1,見本 太郎,taro@example.jp\r\n2,架空 次郎,jiro@example.jp").encode(),
    "no-end-cp932.csv": (HEAD + "1,見本 太郎,taro@example.jp\r\n2,架空 次郎,次郎見").encode("cp932"),
    "ragged.csv": (HEAD + "1,見本 太郎\r\n2,架空 次郎").encode(),
    "ctrl-z.csv": (HEAD + "1,見本 太郎,taro@example.jp\r\n2,架空 次郎,jiro@example.jp\r\n\x1a").encode(),
    "quoted.csv": (HEAD + '1,見本 太郎,taro@example.jp\r\n2,架空 次郎,"jiro@example.jp"').encode(),
}


@pytest.mark.parametrize("name", CUT)
def test_a_file_cut_short_is_refused_in_preview_too(sqlite_shop, tmp_path, name):
    shop, path = sqlite_shop, tmp_path / name
    path.write_bytes(CUT[name])
    with shop.imports.start([path]) as running, pytest.raises(ShopDeskError, match="cut short") as error:
        running.preview()
    assert error.value.code == "damaged"


def test_a_file_cut_short_overwrites_nothing(shop, tmp_path):
    shop.imports.run([DATA / "rakuten-orders.csv"])
    before, path = everything(shop), tmp_path / "row.csv"
    path.write_bytes(CUT["row.csv"])
    with pytest.raises(ShopDeskError) as error:
        shop.imports.run([path])
    assert error.value.code == "damaged"
    assert everything(shop) == before


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_without_a_last_line_end_is_whole(sqlite_shop, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(WHOLE[name])
    with sqlite_shop.imports.start([path]) as running:
        assert running.preview().new_customers == 2


def test_a_problem_of_the_whole_file_has_no_row(sqlite_shop, tmp_path):
    path = tmp_path / "lost.csv"
    path.write_bytes(
        (HEAD + "1,見本 太郎,taro@example.jp\r\n2,架空 次郎?,jiro@example.jp\r\n")
        .encode("cp932")
        .replace(b"?", b"\x81 ")
    )
    with sqlite_shop.imports.start([path]) as running:
        assert [(one.file, one.row) for one in running.preview().problems] == [("lost.csv", None)]
