"""Who has a card, as a list; and further codes to print."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopdesk.cards import SORTS, Search
from shopdesk.errors import NotFoundError
from tests.people import person

NAMES = (
    ("見本 花子", "ミホン ハナコ"),
    ("例示 太郎", "レイジ タロウ"),
    ("試用 次郎", ""),
    ("", ""),
    ("山田 桃子", "ヤマダ モモコ"),
)


@pytest.fixture
def holders(shop, clock, ten_stamps):
    """Seven people with a card; two never came, one is known by a name they chose."""
    assert ten_stamps
    for n in range(7):
        name, kana = NAMES[n % len(NAMES)]
        who = person(shop, name, kana, phone=f"+8190000002{n:02}")
        card = shop.cards.issue(who, "モモ" if n == 4 else "").card
        for _visit in range((0, 3, 6, 0, 2, 2, 10)[n]):
            clock.move(timedelta(minutes=1))
            shop.cards.scan(str(card.id))
    return shop.cards.holders


def test_the_list_is_searched_and_every_order_reads_on_from_the_row_before(holders, shop):
    everybody = holders.page(Search(sort="number", descending=False))
    assert [one.id for one in everybody] == [1, 2, 3, 4, 5, 6, 7]
    assert (everybody[4].name, everybody[0].name, everybody[3].name) == ("モモ", "見本 花子", "")
    assert [one.balance for one in everybody] == [0, 3, 6, 0, 2, 2, 0]  # ten filled the card: it began anew
    for sort in SORTS:
        for descending in (False, True):
            search, rows, after = Search(sort=sort, descending=descending), [], None
            while some := holders.page(search, after, 2):
                rows, after = rows + some, some[-1].place
            keys = [one.place for one in rows]
            assert keys == sorted(keys, reverse=descending)
            assert len(rows) == holders.count(search) == 7
            assert holders.anchors(search, 3) == [rows[2].place, rows[5].place]
    found = {
        "はなこ": [1, 6],
        "モモ": [5],
        "0200": [1],
        "No. 00003": [3],
        "とおる": [],
    }
    for text, cards in found.items():
        assert (text, holders.ids(Search(text))) == (text, cards)
    assert holders.rewarded() == {5: 2, 10: 1}
    assert shop.cards.design.published()


def test_a_further_code_opens_the_card_and_so_does_the_one_before(shop):
    assert not shop.cards.design.published()
    first = shop.cards.issue(person(shop))
    shop.settings.set("public_url", "https://shop.example.jp")
    page = shop.cards.pages.address(first.card.id).rpartition("/")[2]
    other = shop.cards.issue(person(shop, "例示 太郎"))
    made = shop.cards.print_codes([first.card.id, other.card.id, first.card.id])
    assert [one.card.id for one in made] == [first.card.id, other.card.id]
    for code in (first.code, made[0].code):
        assert [one.id for one in shop.cards.find(code.digits)] == [first.card.id]
    assert shop.cards.pages.show(page).card.id == first.card.id
    with pytest.raises(NotFoundError):
        shop.cards.print_codes([first.card.id, 99])
