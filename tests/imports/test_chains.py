"""Random chains of imports and undos: at each step the shop is sound and knows whoever an import that stands names, by all that
identifies them; with everything undone, in whichever order, nothing is left.
"""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from shopdesk.verify import verify
from tests.imports.cart_files import ECCUBE, SQUARE
from tests.imports.contents import everything
from tests.imports.in_process import import_here

DATA = Path(__file__).parents[1] / "data" / "carts"
HEAD = "会員番号,氏名,メールアドレス,電話番号,フリガナ,メルマガ,定期番号,定期状況,定期商品,回数"
WORDS = {"メルマガ": "consent.mail", "定期番号": "subscription.number", "定期状況": "subscription.state", "定期商品": "subscription.product",
         "回数": "subscription.nth"}  # fmt: skip
PLAIN = ["注文番号", "注文日", "会員番号", "氏名", "メール", "電話", "商品名", "数量", "単価", "合計金額"]
ONE, ANEW, TWO = (["1", "青木 一", "a1@example.jp", "090-1111-0001"], ["1", "青木 壱", "a1@example.jp", "090-1111-9999"],
                  ["2", "井上 二", "a2@example.jp", "090-1111-0002"])  # fmt: skip
SHARING = {
    "a": (["N1", "2026/11/01", *ONE, "茶", "1", "1000", "1000"], ["N2", "2026/11/02", *TWO, "茶", "1", "1000", "1000"]),
    "b": (["N1", "2026/11/01", *ANEW, "茶", "2", "1000", "2000"], ["N3", "2026/11/03", "3", "上田 三", "a3@example.jp", "", "茶", "1", "900", "900"]),
    "c": (["N1", "2026/11/01", *ANEW, "茶", "2", "1000", "2000"], ["N4", "2026/11/04", *TWO, "碗", "1", "1000", "1000"]),
    "d": (["N1", "2026/11/01", *ANEW, "茶", "3", "1000", "3000"], ["N2", "2026/11/02", *TWO, "茶", "1", "1000", "1000"]),
}  # fmt: skip
"""Files that share orders and people, as the exports of overlapping months do."""
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
    for name, rows in SHARING.items():
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([PLAIN, *rows])
    return [
        *(([tmp_path / f"{name}.csv"], None) for name in SHARING),
        ([DATA / "shopify-orders.csv"], None),
        ([later], None),
        ([DATA / "yahoo-orders.csv", DATA / "yahoo-items.csv"], None),
        ([ECCUBE.as_text(tmp_path)], None),
        ([SQUARE.as_text(tmp_path)], None),
        ([tmp_path / "one.csv"], said["one"]),
        ([tmp_path / "two.csv"], said["two"]),
        ([products], None),
    ]


@pytest.fixture
def named(shop, files):
    """All that identifies somebody in each of the files."""
    found = []
    for number, (paths, mapping) in enumerate(files, 1):
        import_here(shop, paths, mapping)
        found.append(keys(shop))
        shop.imports.undo(number)
    return found


def keys(shop):
    return {row[:3] for row in everything(shop)["customer_keys"]}


def total(shop, number):
    return next(row[6] for row in everything(shop)["orders"] if row[2] == number)


STEPS = st.lists(
    st.one_of(st.tuples(st.just("import"), st.integers(0, 11)), st.tuples(st.just("undo"), st.integers(0, 9))),
    min_size=2,
    max_size=7,
)


class _Chain:
    """A shop to which one thing after another is done; `standing` says by import which of the files it was."""

    def __init__(self, shop, clock, files, named):
        self._shop, self._clock, self._files, self._named = shop, clock, files, named
        self._empty, self.standing = everything(shop), {}

    def take(self, which):
        paths, mapping = self._files[which]
        self._clock.move(timedelta(minutes=1))
        self.standing[import_here(self._shop, paths, mapping).import_id] = which
        self._check()

    def undo(self, which):
        """Take one of the imports that stand back, whichever."""
        if self.standing:
            number = list(self.standing)[which % len(self.standing)]
            self._shop.imports.undo(number)
            del self.standing[number]
        self._check()

    def _check(self):
        assert [one.detail for one in verify(self._shop) if not one.ok] == []
        for which in self.standing.values():
            assert self._named[which] - keys(self._shop) == set()
        if not self.standing:
            assert everything(self._shop) == self._empty


BOUNDED = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@BOUNDED
@given(steps=STEPS, order=st.lists(st.integers(0, 9), min_size=7, max_size=7))
def test_any_chain_of_imports_and_undos_leaves_the_shop_sound_and_in_the_end_empty(
    shop, clock, files, named, steps, order
):
    chain = _Chain(shop, clock, files, named)
    for step, which in steps:
        chain.take(which) if step == "import" else chain.undo(which)
    for which in order:
        chain.undo(which)


@pytest.mark.parametrize("taken", [(0, 1, 2), (0, 0, 1)])
def test_files_that_share_orders_and_people_are_undone_in_every_order(sqlite_shop, clock, files, taken):
    shop = sqlite_shop
    named = []
    for which in range(4):
        named_by = import_here(shop, files[which][0]).import_id
        named.append(keys(shop))
        shop.imports.undo(named_by)
    for undone in permutations(range(3)):
        chain = _Chain(shop, clock, files, named)
        for which in taken:
            chain.take(which)
        first = min(chain.standing)
        for number in undone:
            chain.undo(list(chain.standing).index(first + number))


def test_an_order_stays_as_the_imports_that_stand_have_it(shop, clock, files, named):
    chain = _Chain(shop, clock, files, named)
    for which in (0, 1, 2):  # the second changes N1, the third says the same again
        chain.take(which)
    chain.undo(1)
    assert total(shop, "N1") == 2000
    chain.undo(0)
    assert total(shop, "N1") == 2000
