"""Settings are declared, checked and recorded."""

from __future__ import annotations

import pytest

from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.settings import plan


def test_a_setting_keeps_its_value_and_leaves_a_record_without_it(shop):
    assert shop.settings.get("plan") == "communication"
    assert shop.settings.set("plan", "light") == "light"
    assert shop.settings.get("plan") == "light"
    entry = shop.staff.entries()[0]
    assert (entry.action, entry.object, entry.fields) == ("set", "setting", "plan")
    assert shop.staff.broken_entries() == []


def test_what_a_setting_does_not_take_is_refused_with_a_sentence(shop):
    with pytest.raises(InvalidInputError, match="communication, light, standard"):
        shop.settings.set("plan", "gold")
    with pytest.raises(NotFoundError, match="There is no setting"):
        shop.settings.set("colour", "red")
    assert shop.staff.entries() == []


def test_a_name_is_one_line_that_every_database_and_every_mail_bears(shop):
    assert shop.settings.set("shop_name", " み\x00ほん\r\nBcc: x@example.jp\ud800 ") == "みほん Bcc: x@example.jp"
    assert shop.settings.get("shop_name") == "みほん Bcc: x@example.jp"
    assert shop.settings.set("shop_address", "東京都\ud800\x1b") == "東京都"
    with pytest.raises(InvalidInputError, match="100"):
        shop.settings.set("shop_name", "長" * 101)


@pytest.mark.parametrize(
    ("name", "used", "sending", "yen"),
    [
        ("communication", 0, 200, 0),
        ("communication", 0, 201, None),
        ("light", 4_999, 1, 0),
        ("light", 5_000, 1, None),
        ("standard", 29_999, 1, 0),
        ("standard", 29_999, 2, 3),
        ("standard", 30_000, 50_000, 150_000),
        ("standard", 79_999, 2, 6),  # one at 3.0, one at 2.8: rounded up
    ],
)
def test_further_messages_cost_what_the_plan_says(name, used, sending, yen):
    assert plan(name).extra_yen(used, sending) == yen
