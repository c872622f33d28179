"""Counted links in a broadcast: each reader's own, the same however often a request is written anew; what was opened by whom."""

from __future__ import annotations

import json
import re

import pytest

from shopdesk.friends import NoFixedAddressError
from shopdesk.links import hour_of
from shopdesk.messages import actions, buttons, counted, text
from shopdesk.verify import verify

BASE = "https://shop.example.com"
MENU, NEWS = "https://example.jp/menu?a=1", "https://example.jp/秋"
OURS = re.compile(rf"{BASE}/l/([A-Za-z0-9_-]{{22}})")


def said(shop):
    tap = buttons(
        "メニュー", "メニュー", (actions.open_link("見る", MENU), actions.open_link("LINE", "https://lin.ee/x"))
    )
    spoken = text(f"{MENU}、（{BASE}/coupon/1） {MENU.replace('a=1', 'a=2')}. tel:0312345678")
    emoji = {
        "type": "text",
        "text": "$ https://example.jp/emoji",
        "emojis": [{"index": 0, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}],
    }
    return shop.messages.draft([tap, spoken, emoji])


def test_which_addresses_are_counted(sqlite_shop):
    assert counted(said(sqlite_shop), BASE).links == {MENU, "https://example.jp/menu?a=2"}
    assert not said(sqlite_shop).personal
    assert counted(said(sqlite_shop), BASE).personal
    for none in ("https://user@example.jp/", "https://a.line.me/x", "http://localhost.line.me/"):
        assert not counted(sqlite_shop.messages.draft([text(none)]), BASE).links


def test_each_reader_gets_their_own_and_keeps_it(shop, there, naps, linked, clock):
    """LINE sends the 11th away: the requests that are written anew carry the same addresses."""
    hana = linked(shop, 3, "見本 花子")
    made = shop.broadcasts.draft(said(shop), everyone=True, counts=True)
    (problem,) = shop.broadcasts.preview(made).problems
    assert "address" in problem.sentence
    with pytest.raises(NoFixedAddressError):
        shop.broadcasts.send(made, sleep=naps)
    shop.settings.set("public_url", BASE)
    seen = shop.broadcasts.preview(made)
    assert (seen.way, seen.planned, seen.problems) == ("push", 30, ())
    assert MENU in json.dumps([one.texts for one in seen.samples])  # what is looked at says where it leads
    there.rehearsal.faults.add({"endpoint": "push", "nth": 11, "times": 9999, "answer": 403})
    assert shop.broadcasts.send(made, sleep=naps).reason == "forbidden"
    begun = {one.link.id: one.sent for one in shop.links.of_broadcast(made)[1]}
    there.rehearsal.faults.clear()
    done = shop.broadcasts.send(made, sleep=naps)
    assert (done.state, done.accepted) == ("finished", 30)
    together, each = shop.links.of_broadcast(made)
    assert {one.link.id for one in each} == set(begun)
    assert [(one.link.destination, one.sent) for one in each] == [(MENU, 30), (MENU.replace("a=1", "a=2"), 30)]
    got = [json.dumps(person.received(), ensure_ascii=False) for person in there.rehearsal.people]
    tokens = [OURS.findall(one) for one in got]
    assert {len(one) for one in tokens} == {3}  # the button, and twice in the text
    assert all(one[0] == one[1] != one[2] for one in tokens)
    assert len({token for one in tokens for token in one}) == 60
    assert not any(MENU in one for one in got)
    assert all(
        "https://lin.ee/x" in one and "https://example.jp/emoji" in one and f"{BASE}/coupon/1" in one for one in got
    )
    # Somebody opens theirs.
    people = list(there.rehearsal.people)
    opened = next(
        number for number, person in enumerate(people) if shop.friends.get(person.user_id).customer_id == hana
    )
    lead = shop.links.lead(tokens[opened][0])
    assert lead.destination == MENU
    shop.links.count({(lead.link_id, lead.receiver_id, hour_of(clock.now())): 2})
    together, each = shop.links.of_broadcast(made)
    assert (together.clicks, together.people, each[1].clicked.clicks) == (2, 1, 0)
    assert [(one.name, one.clicks) for one in shop.links.clickers(lead.link_id)] == [("見本 花子", 2)]
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_what_is_drafted_is_kept_and_a_second_text_is_counted_too(shop, there, naps):
    shop.settings.set("public_url", BASE)
    shop.friends.sync()
    one, other = (shop.messages.draft([text(f"{words} {MENU}")]) for words in ("A", "B"))
    made = shop.broadcasts.draft(one, everyone=True, messages_b=other, split=50, counts=True)
    assert shop.broadcasts.drafted(made).counts
    assert shop.broadcasts.send(made, sleep=naps).accepted == 30
    ((_together, (link,))) = shop.links.of_broadcast(made)
    assert link.sent == 30
    plain = shop.broadcasts.draft(one, everyone=True)
    assert shop.broadcasts.send(plain, sleep=naps).state == "finished"
    assert shop.links.of_broadcast(plain)[1] == []
    assert any(MENU in json.dumps(person.received()[-1]) for person in there.rehearsal.people)
