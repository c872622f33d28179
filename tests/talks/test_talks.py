"""Talks: what was said is found, answered once, and forgotten whole."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from shopdesk import inbox
from shopdesk.at_rest import restore_shop
from shopdesk.coupons import LimitReachedError, Offer
from shopdesk.customers import NewCustomer
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.gateway.draining import Drainer
from shopdesk.i18n import set_language
from shopdesk.messages import addresses, draft, for_person, text, typed
from shopdesk.shop import open_shop
from shopdesk.talks import BlockedError
from shopdesk.verify import verify
from tests.gateway.conftest import USER, Caller, event, text as said


def written(words: str = "はい、{name}さん"):
    return draft([text(words)])


@pytest.fixture
def friend(there) -> str:
    """A friend whom the rehearsal knows, too."""
    return next(iter(there.rehearsal.people)).user_id


def test_an_answer_is_free_while_the_reply_token_lives(line: Caller, clock, there, friend):
    line.shop.friends.sync()
    line.says(there, friend, {"text": "予約できますか"})
    talks = line.shop.talks
    (talk,) = talks.page("waiting")
    way = talks.way(talk.friend_id)
    assert (way.free, way.seconds) == (True, 50)
    (first,) = talks.reply(talk.friend_id, written())
    assert (first.state, first.way) == ("accepted", "reply")
    assert not talks.way(talk.friend_id).free
    (second,) = talks.reply(talk.friend_id, written("二つめ"))
    assert (second.state, second.way) == ("accepted", "push")
    assert talks.page("waiting") == []
    assert talks.get(talk.friend_id).silenced
    got = [one["text"] for one in there.rehearsal.people.get(friend).received()]
    assert got == [f"はい、{talk.name}さん", "二つめ"]
    clock.move(timedelta(seconds=51))


def test_an_answer_brings_a_coupon_of_their_own_and_their_points(line: Caller, there, friend):
    shop = line.shop
    line.says(there, friend, {"text": "何ポイントありますか"})
    (talk,) = shop.talks.page()
    hana = shop.customers.add(NewCustomer(name="花子")).id
    shop.friends.link(friend, hana)
    shop.cards.scan(str(shop.cards.issue(hana).card.id), visits=3)
    shop.settings.set("public_url", "https://shop.example.com")
    coffee = shop.coupons.publish(shop.coupons.create(Offer("コーヒー", "free_item")).id)
    card = shop.messages.coupon_card(coffee.offer, addresses.coupon(coffee.id))
    answer = shop.messages.draft([text("{card_points} 個です"), card])
    assert shop.talks.as_read(talk.friend_id, answer)[0]["text"] == "3 個です"
    assert shop.coupons.held_by(hana) == []  # looking gives nothing
    shop.talks.reply(talk.friend_id, answer)
    points, sent = there.rehearsal.people.get(friend).received()
    assert points["text"] == "3 個です"
    (code,) = set(re.findall(r"/coupon/(\d{42})", json.dumps(sent)))
    held = shop.coupons.show(code)
    assert (held.customer_id, held.standing) == (hana, "issued")
    shop.coupons.redeem(code, till="レジ 1")
    with pytest.raises(LimitReachedError, match="This person has had this coupon"):
        shop.talks.reply(talk.friend_id, answer)
    assert len(there.rehearsal.people.get(friend).received()) == 2


def test_a_reply_token_does_not_outlive_its_minute(line: Caller, clock, there, friend):
    line.says(there, friend, {"text": "予約できますか"})
    (talk,) = line.shop.talks.page()
    clock.move(timedelta(seconds=51))
    assert not line.shop.talks.way(talk.friend_id).free
    assert line.shop.talks.reply(talk.friend_id, written())[0].way == "push"


def test_a_lost_answer_is_unknown_and_sent_again_it_comes_once(line: Caller, clock, there, friend):
    line.says(there, friend, {"text": "予約できますか"})
    (talk,) = line.shop.talks.page()
    clock.move(timedelta(minutes=2))
    there.rehearsal.faults.add({"endpoint": "push", "nth": 1, "answer": 500, "accept": True})
    (lost,) = line.shop.talks.reply(talk.friend_id, written())
    assert lost.state == "unknown"
    (again,) = line.shop.talks.again(lost.id)
    assert again.state == "accepted"
    assert len(there.rehearsal.people.get(friend).received()) == 1
    with pytest.raises(NotFoundError):
        line.shop.talks.again(lost.id)


def test_answers_that_failed_leave_the_talk_waiting_and_say_why_in_the_readers_language(line, clock, there, friend):
    talks = line.shop.talks
    line.says(there, friend, {"text": "予約できますか"})
    (talk,) = talks.page()
    talks.reply(talk.friend_id, written())
    assert talks.page("waiting") == []
    assert [one for one in there.rehearsal.journal.entries if one["endpoint"] == "markAsRead"], (
        "the friend sees it read"
    )
    for answer in (400, 500):
        there.rehearsal.faults.add({"endpoint": "push", "nth": 1, "answer": answer})
        talks.reply(talk.friend_id, written(f"{{name}} {answer}"))
        there.rehearsal.faults.clear()
    (waiting,) = talks.page("waiting")
    assert (waiting.failed, waiting.waiting_since, talks.page("done")) == (2, clock.now(), [])
    set_language("ja")
    try:
        reasons = [one.reason for one in talks.messages(talk.friend_id)[-2:]]
    finally:
        set_language("en")
    refused, unknown = talks.messages(talk.friend_id)[-2:]
    assert [refused.state, unknown.state] == ["refused", "unknown"]
    assert all("LINE" in one and one not in {refused.reason, unknown.reason} for one in reasons), reasons
    assert talks.again(refused.id)[0].state == "accepted"
    assert talks.page("waiting")[0].failed == 1
    talks.desk.done(talk.friend_id)
    done = talks.get(talk.friend_id)
    assert (done.failed, done.waiting_since) == (0, None)


@pytest.mark.parametrize(
    ("put", "goes"), [("{name}さま", "花さま"), ("{name|お客様}へ {100}", "花へ {100}"), ("{{ a } {x}", "{{ a } {x}")]
)
def test_what_somebody_types_is_filled_in_and_keeps_its_other_braces(put, goes):
    assert for_person(draft([text(typed(put))]), "花")[0]["text"] == goes


def test_nobody_answers_who_has_blocked(line: Caller, clock, there, friend):
    line.says(there, friend, {"text": "さようなら"})
    line.says(there, friend, {"block": True})
    (talk,) = line.shop.talks.page()
    assert talk.blocked
    with pytest.raises(BlockedError):
        line.shop.talks.reply(talk.friend_id, written())


def test_what_was_said_is_found_in_any_width_and_kana(line: Caller, clock):
    line.tell(said("モンブランを２つ予約したいです", "1", clock), said("ありがとう", "2", clock, user="U" + "2" * 32))
    find = line.shop.talks.page
    for words in ("もんぶらん", "ﾓﾝﾌﾞﾗﾝ", "2つ", "予約 モン", "ン"):
        assert [one.user_id for one in find(words=words)] == [USER], words
    assert find(words="ブンモ") == []


def test_a_picture_is_fetched_at_once_and_gone_when_taken_back(line: Caller, there, friend):
    sent = line.says(there, friend, {"image": True})
    (talk,) = line.shop.talks.page()
    (message,) = line.shop.talks.messages(talk.friend_id)
    line.shop.talks.files.fetch()
    file = line.shop.talks.file(message.id)
    assert file is not None
    assert file.media_type == "image/png"
    assert file.content.startswith(b"\x89PNG")
    line.says(there, friend, {"unsend": sent["event"]["message"]["id"]})
    assert line.shop.talks.file(message.id) is None
    (left,) = line.shop.talks.messages(talk.friend_id)
    assert (left.state, left.words, dict(left.body)) == ("unsent", "", {})


def test_notes_labels_and_order(line: Caller, clock):
    line.tell(said("いつ開きますか", "1", clock))
    talks = line.shop.talks
    (talk,) = talks.page("unread")
    talks.desk.note(talk.friend_id, "常連さん")
    talks.desk.label(talk.friend_id, "予約")
    talks.desk.assign(talk.friend_id, "owner")
    talks.desk.read(talk.friend_id)
    assert [one.labels for one in talks.page("mine")] == [("予約",)]
    assert talks.page("unread") == []
    talks.desk.done(talk.friend_id)
    assert [one.friend_id for one in talks.page("done")] == [talk.friend_id]
    line.tell(said("もしもし", "2", clock, after_s=60))
    assert talks.page("done") == []
    assert [(one.side, one.words) for one in talks.messages(talk.friend_id)] == [
        ("friend", "いつ開きますか"),
        ("note", "常連さん"),
        ("friend", "もしもし"),
    ]
    for wrong in ("", "長" * 21):
        with pytest.raises(InvalidInputError):
            talks.desk.label(talk.friend_id, wrong)


def test_a_forgotten_person_leaves_no_trace(line: Caller, clock):
    line.tell(said("わたしの秘密", "1", clock), event("follow", clock))
    shop = line.shop
    who = shop.customers.add(NewCustomer(name="鬼龍院 珠代")).id
    shop.friends.link(USER, who)
    assert shop.customers.disclose(who)["talk"][0]["text"] == "わたしの秘密"
    shop.customers.forget(who)
    assert shop.talks.page() == []
    assert shop.talks.page(words="秘密") == []
    assert line.gateway.inbox.kept() == 0
    assert [one.detail for one in verify(shop) if not one.ok] == []
    if shop.database.on_sqlite:
        for file in shop.home.path.glob("*.db*"):
            held = file.read_bytes()
            assert "秘密".encode() not in held, file.name
            assert USER.encode() not in held, file.name


def test_verify_names_an_event_without_effect(sqlite_shop, clock):
    body = (
        f'{{"events":[{{"type":"follow","webhookEventId":"LOST","timestamp":{int(clock.now().timestamp() * 1000)}}}]}}'
    )
    with inbox.opened(sqlite_shop.home.inbox, None) as bodies:
        bodies.put([body.encode()], clock.now())
        assert [one.name for one in verify(sqlite_shop) if not one.ok] == []
        bodies.done({one.id: "" for one in bodies.waiting(10)})
    assert [one.name for one in verify(sqlite_shop) if not one.ok] == ["I8"]


def test_a_backup_brings_along_what_waited_and_a_restore_what_came_since(make_shop, keys, clock, tmp_path):
    shop = make_shop(secrets=keys)
    file = tmp_path / "backup.db"

    def comes(number: str) -> None:
        sent = {"events": [said("まだですか", number, clock, user="U" + number * 32)]}
        with inbox.opened(shop.home.inbox, None) as bodies:
            bodies.put([json.dumps(sent).encode()], clock.now())

    comes("1")
    shop.back_up(file)
    comes("2")
    with inbox.opened(shop.home.inbox, None) as bodies:
        Drainer(shop, bodies).drain()
    home = shop.home
    shop.close()
    elsewhere = tmp_path / "elsewhere"
    for folder, users in ((home.path, {"1", "2"}), (elsewhere, {"1"})):
        restore_shop(file, folder)
        again = open_shop(folder, clock=clock, secrets=keys)
        with inbox.opened(again.home.inbox, None) as bodies:
            Drainer(again, bodies).drain()
        assert {one.user_id[1] for one in again.talks.page()} == users
        assert [one.detail for one in verify(again) if not one.ok] == []
        again.close()
