"""A table: asked for on a page, shown in the talk, answered once; through LINE end to end, and without LINE."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shopdesk.clock import JAPAN
from shopdesk.customers import NewCustomer
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.site import ASKS, NOBODY, DecidedError, FormError, Guest, TooManyError, Wanted, moment, reservations
from shopdesk.staff import PAGE
from shopdesk.talks import BlockedError
from shopdesk.verify import verify
from tests.site.conftest import BASE, news, nonce, shop_page

EVENING = datetime(2026, 11, 28, 18, 30, tzinfo=JAPAN)
LATER = EVENING + timedelta(hours=2)


def guest_of(shop, friend) -> Guest:
    """Who the address says they are that a friend gets in the talk."""
    friend.says(ASKS)
    taps = friend.received()[-1]["template"]["actions"]
    own = taps[0]["uri"]
    assert [one["uri"] for one in taps] == [own, f"{own}/news", f"{own}/reserve"]
    assert own.startswith(f"{BASE}/me/")
    with shop.staff.acting(PAGE):
        return shop.site.visitors.of(own.removeprefix(f"{BASE}/me/"))


def sound(shop) -> None:
    assert [(one.name, one.detail) for one in verify(shop) if not one.ok] == []


def test_from_the_talk_to_the_table(line, there, friend):
    shop = line.shop
    assert friend.says(ASKS) == []  # a shop without a page: a word like others
    shop_page(shop)
    guest = guest_of(shop, friend)
    assert guest.friend_id == friend.id
    with shop.staff.acting(PAGE):
        for _again in range(2):
            shop.site.reservations.ask(guest, Wanted(EVENING, 4, "見本 花子", note="窓ぎわで"), nonce(1))
    (request,) = shop.site.reservations.list(waiting=True)
    assert (request.wanted.at, request.wanted.people, request.wanted.name) == (EVENING, 4, "見本 花子")
    card = next(one for one in friend.talk() if one.kind == "reservation")
    assert (card.side, card.body["reservation"], card.body["state"]) == ("friend", request.id, "open")
    assert "窓ぎわで" in card.words
    assert shop.talks.get(friend.id).waiting_since is not None
    assert [one.friend_id for one in shop.talks.page(words="窓ぎわで")] == [friend.id]
    sound(shop)

    for at in (EVENING - timedelta(days=30), EVENING):  # over; no other time
        with pytest.raises(InvalidInputError):
            shop.site.reservations.offer(request.id, at)
    shop.site.reservations.offer(request.id, LATER, "その時間は満席です。")
    words, offer = friend.received()[-2:]
    assert words["text"] == "その時間は満席です。"
    assert "11月28日（土）20:30" in offer["template"]["text"]
    assert shop.site.reservations.get(request.id).offered_at == LATER
    early = offer["template"]["actions"][0]["data"]
    shop.site.reservations.offer(request.id, EVENING + timedelta(hours=1))
    assert "終了しました" in friend.does(postback=early)[-1]  # the time that was offered before
    assert shop.site.reservations.get(request.id).state == "offered"
    shop.site.reservations.offer(request.id, LATER)
    data = friend.received()[-1]["template"]["actions"][0]["data"]
    assert "承りました" in friend.does(postback=data)[0] or "ご予約" in friend.received()[-1]["text"]
    taken = shop.site.reservations.get(request.id)
    assert (taken.state, taken.wanted.at, taken.offered_at) == ("accepted", LATER, None)
    friend.does(postback=data)  # pressed twice
    assert shop.site.reservations.get(request.id) == taken
    with pytest.raises(DecidedError):
        shop.site.reservations.decline(request.id)
    shop.site.reservations.call_off(request.id)
    friend.does(postback=data)
    assert shop.site.reservations.get(request.id).state == "called_off"
    card = next(one for one in friend.talk() if one.kind == "reservation")
    assert card.body["state"] == "called_off"
    sound(shop)


def test_an_answer_is_given_once_or_not_at_all(sqlite_line, sqlite_friend, there):
    shop, friend = sqlite_line.shop, sqlite_friend
    shop_page(shop)
    guest = guest_of(shop, friend)
    shop.site.reservations.ask(guest, Wanted(EVENING, 2, "見本 花子"), nonce(1))
    (request,) = shop.site.reservations.list()
    before = len(friend.received())
    shop.site.reservations.accept(request.id, "お待ちして {います}。")
    with pytest.raises(DecidedError):
        shop.site.reservations.accept(request.id)
    assert len(friend.received()) == before + 1
    assert not shop.talks.get(friend.id).silenced  # a decision is no conversation: the machine goes on
    assert "お待ちして {います}。" in friend.received()[-1]["text"]
    assert shop.talks.get(friend.id).waiting_since is None
    shop.site.reservations.ask(guest, Wanted(EVENING, 2, "見本 花子"), nonce(2))
    friend.does(block=True)
    second = shop.site.reservations.list(waiting=True)[0]
    with pytest.raises(BlockedError):
        shop.site.reservations.accept(second.id)
    assert shop.site.reservations.get(second.id).state == "open"  # nobody was told: nothing is decided
    sound(shop)


def test_without_line_the_shop_answers_itself(shop, there, monkeypatch):
    ask = shop.site.reservations.ask
    with pytest.raises(NotFoundError):
        ask(NOBODY, Wanted(EVENING, 2, "見本", "090-0000-0001"), nonce(1))
    shop_page(shop)
    shop.settings.set("opening_hours", "mon-sat 11:00-20:00; 2026-11-30 closed")
    wrong = [
        Wanted(EVENING - timedelta(days=20), 2, "見本", "090-0000-0001"),
        Wanted(EVENING + timedelta(days=400), 2, "見本", "090-0000-0001"),
        Wanted(EVENING + timedelta(days=1), 2, "見本", "090-0000-0001"),  # a Sunday
        Wanted(
            moment("0001-01-01", "00:00") or EVENING, 2, "見本", "090-0000-0001"
        ),  # nothing can be counted back from it
        Wanted(EVENING + timedelta(days=2), 2, "見本", "090-0000-0001"),  # a day of its own
        Wanted(EVENING, 0, "見本", "090-0000-0001"),
        Wanted(EVENING, 51, "見本", "090-0000-0001"),
        Wanted(EVENING, 2, "", "090-0000-0001"),
        Wanted(EVENING, 2, "見本"),
        Wanted(EVENING, 2, "見本", "12"),
        Wanted(EVENING, 2, "見本", mail="no mail"),
        Wanted(EVENING, 2, "見本", "090-0000-0001", note="あ" * 301),
    ]
    for one in wrong:
        with pytest.raises(FormError):
            ask(NOBODY, one, nonce(1))
    with pytest.raises(FormError):
        ask(NOBODY, Wanted(EVENING, 2, "見本", "090-0000-0001"), "nonce")
    ask(NOBODY, Wanted(EVENING, 2, "見本 花子", "０９０−００００−０００１"), nonce(1))
    (one,) = shop.site.reservations.list()
    assert (one.friend_id, one.wanted.phone) == (None, "+819000000001")
    assert shop.site.reservations.accept(one.id).decided_by == shop.staff.actor.name
    with pytest.raises(DecidedError):
        shop.site.reservations.decline(one.id)
    monkeypatch.setattr(reservations, "MOST_OF_STRANGERS", 1)
    ask(NOBODY, Wanted(EVENING, 2, "見本", mail="a@example.jp"), nonce(2))
    with pytest.raises(TooManyError):
        ask(NOBODY, Wanted(EVENING, 2, "見本", mail="a@example.jp"), nonce(3))
    sound(shop)


def test_who_is_forgotten_leaves_nothing_on_the_pages(line, there, friend):
    shop = line.shop
    shop_page(shop)
    guest, page = guest_of(shop, friend), news(shop)
    hana = shop.customers.add(NewCustomer(name="見本 花子", phone="090-0000-0001")).id
    shop.friends.link(friend.user_id, hana)
    shop.site.reservations.ask(guest, Wanted(EVENING, 2, "見本 花子", note="秘密の言葉"), nonce(1))
    shop.site.reservations.ask(NOBODY, Wanted(EVENING, 2, "花子", "09000000001"), nonce(2))
    shop.site.reservations.ask(NOBODY, Wanted(EVENING, 2, "ほかの人", "09000000002"), nonce(3))
    shop.site.feedback.like(page.key, guest, "")
    shop.site.feedback.comment(page.key, guest, name="はな", text="秘密の言葉", nonce=nonce(4))
    held = shop.customers.disclose(hana)
    assert [len(held[name]) for name in ("comments", "likes", "reservations")] == [1, 1, 2]
    assert any(one.detail == "秘密の言葉" for one in shop.customers.timeline(hana) if one.kind == "comment")
    shop.customers.forget(hana)
    assert shop.site.feedback.comments() == []
    assert shop.site.get(page.id).likes == 0
    assert [one.wanted.name for one in shop.site.reservations.list()] == ["ほかの人"]
    sound(shop)


def test_only_the_newest_addresses_of_a_friend_are_theirs(sqlite_line, sqlite_friend):
    shop = sqlite_line.shop
    shop_page(shop)
    sqlite_friend.says("こんにちは")
    with shop.database.write() as session:
        made = [shop.site.visitors.token(session, sqlite_friend.id) for _one in range(6)]
    for wrong in (made[0], "x" * 22, "", "../../etc/passwd", made[1] + "x"):
        with pytest.raises(NotFoundError):
            shop.site.visitors.of(wrong)
    assert {shop.site.visitors.of(one).friend_id for one in made[1:]} == {sqlite_friend.id}
    shop.site.hide(shop.site.list("shop")[0].id)
    assert sqlite_friend.says(ASKS) == []
