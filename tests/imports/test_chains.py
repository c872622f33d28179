"""Random chains of imports and undos: the shop stays sound at each step, and with everything undone nothing is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from shopdesk.verify import verify
from tests.imports.cart_files import ECCUBE, SQUARE
from tests.imports.contents import everything

DATA = Path(__file__).parents[1] / "data" / "carts"
HEAD = "会員番号,氏名,メールアドレス,電話番号,フリガナ,メルマガ,定期番号,定期状況,定期商品,回数"
WORDS = {"メルマガ": "consent.mail", "定期番号": "subscription.number", "定期状況": "subscription.state", "定期商品": "subscription.product",
         "回数": "subscription.nth"}  # fmt: skip
REPLACE = {"customer.name": "replace", "customer.phone": "replace"}


@pytest.fixture
def files(tmp_path):
    """What there is to import: each the files and the mapping of one import."""
    later = tmp_path / "later.csv"
    said = (DATA / "shopify-orders.csv").read_text("utf-8")
    later.write_text(
        said.replace("#1002,reiko.takahashi@example.jp,pending", "#1002,reiko.takahashi@example.jp,voided"), "utf-8"
    )
    people = {
        "one": ("1,見本 太郎,taro.mihon@example.jp,,ミホン タロウ,はい,S1,継続中,珈琲,1",
                "2,架空 次郎,jiro@example.jp,03-0000-0009,,いいえ,S2,休止,茶,2"),
        "two": ("1,見本 太郎丸,taro.mihon@example.jp,090-0000-0077,,いいえ,S1,解約,珈琲,4",),
    }  # fmt: skip
    for name, rows in people.items():
        (tmp_path / f"{name}.csv").write_text("\n".join((HEAD, *rows)), "utf-8")
    products = tmp_path / "products.csv"
    products.write_text(
        "商品コード,商品名,カテゴリ,販売価格\nitem-11,せんべい,菓子,500\nsalt-01,能登の塩,調味料,900", "utf-8"
    )
    said = {
        name: json.dumps({"columns": WORDS, "policies": policies}) for name, policies in (("one", {}), ("two", REPLACE))
    }
    return [
        ([DATA / "shopify-orders.csv"], None),
        ([later], None),
        ([DATA / "yahoo-orders.csv", DATA / "yahoo-items.csv"], None),
        ([ECCUBE.as_text(tmp_path)], None),
        ([SQUARE.as_text(tmp_path)], None),
        ([tmp_path / "one.csv"], said["one"]),
        ([tmp_path / "two.csv"], said["two"]),
        ([products], None),
    ]


STEPS = st.lists(
    st.one_of(st.tuples(st.just("import"), st.integers(0, 7)), st.tuples(st.just("undo"), st.integers(0, 9))),
    min_size=2,
    max_size=5,
)


def _chain(shop, files, steps):
    before = everything(shop)
    for step, which in steps:
        if step == "import":
            paths, mapping = files[which]
            shop.imports.run(paths, mapping=mapping)
        else:
            _undo(shop, which)
        assert [one.detail for one in verify(shop) if not one.ok] == []
    while _undo(shop, len(steps)):
        pass
    assert everything(shop) == before
    assert [one.detail for one in verify(shop) if not one.ok] == []


def _undo(shop, which):
    """Take one of the imports that stand, whichever; False where none does."""
    standing = [one.id for one in shop.imports.past() if one.undone_at is None]
    if standing:
        shop.imports.undo(standing[which % len(standing)])
    return bool(standing)


BOUNDED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@BOUNDED
@given(steps=STEPS)
def test_any_chain_of_imports_and_undos_leaves_the_shop_sound_and_in_the_end_empty(shop, files, steps):
    _chain(shop, files, steps)
