"""The machine through the real gateway: it greets, answers, keeps still for a person, never costs, and never says a thing twice."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from shopdesk.line import read_webhook
from shopdesk.messages import MessageError, addresses, as_written, draft, image, sticker, text
from shopdesk.talks import Kept, NewRule
from shopdesk.verify import verify
from tests.gateway.conftest import event, text as said
from tests.talks.machine.conftest import rule, settled

NEAR = "近い質問があれば、下のボタンを押してください。担当者にお聞きになることもできます。"
OFFER = "下のボタンを押していただくと、担当者がお答えします。"
COMING = "担当者がお返事します。少しお待ちください。"
HOURS = "mon-fri 10:00-18:00; holiday closed"


def test_the_journey_of_a_friend(line, there, friend):
    """Follow, greeting, keyword, hand-over, an answer of a person, block, and back again."""
    shop = line.shop
    shop.settings.set("greeting", "はじめまして、{name}さん")
    shop.settings.set("greeting_again", "おかえりなさい")
    shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    shop.talks.machine.rules.add(rule("駐車場", "alike", "駐車場はありますか", says="3台あります"))
    name = there.rehearsal.people.get(friend.user_id).display_name
    assert friend.does(follow=True) == [f"はじめまして、{name}さん"]
    assert friend.says("ﾒﾆｭｰ") == ["メニューです"]
    assert [one.friend_id for one in shop.talks.page("waiting")] == []
    assert friend.says("注文した品が壊れていました") == [OFFER]
    assert [one.friend_id for one in shop.talks.page("waiting")] == [friend.id]
    assert friend.says("担当者に聞く") == [COMING]
    assert shop.talks.get(friend.id).silenced
    assert friend.says("メニュー") == []
    assert [one.state for one in shop.talks.reply(friend.id, draft([text("申し訳ございません")]))] == ["accepted"]
    assert friend.says("メニュー") == []
    shop.talks.desk.take_over(friend.id, on=False)
    assert friend.says("メニュー") == ["メニューです"]
    friend.does(block=True)
    assert friend.does(follow=True) == ["おかえりなさい"]
    answers = [(one.author, one.by_machine, one.way) for one in friend.talk() if one.side == "shop"]
    assert answers == [
        ("Greeting", True, "reply"),
        ("メニュー", True, "reply"),
        ("Offer of a person", True, "reply"),
        ("A person is asked for", True, "reply"),
        ("owner", False, "reply"),
        ("メニュー", True, "reply"),
        ("Greeting on coming back", True, "reply"),
    ]
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_who_comes_back_begins_anew_unless_a_person_has_spoken_since(line, there, friend, clock):
    """A person had taken over; the block ended that. An old block that LINE tells late takes nothing from a person."""
    shop = line.shop
    shop.settings.set("greeting_again", "おかえりなさい")
    shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    friend.says("もしもし")
    shop.talks.desk.take_over(friend.id)
    assert friend.does(follow=True) == []
    assert shop.talks.get(friend.id).silenced
    friend.does(block=True)
    assert friend.does(follow=True) == ["おかえりなさい"]
    assert friend.says("メニュー") == ["メニューです"]
    assert [one.action for one in shop.staff.entries()].count("hand back") == 1
    shop.talks.reply(friend.id, draft([text("担当です")]))
    late = {"user": friend.user_id, "replyToken": "b" * 32}
    line.tell(event("unfollow", clock, after_s=-0.5, **late), event("follow", clock, after_s=-0.4, **late))
    assert shop.talks.get(friend.id).silenced


def test_what_fired_is_recorded_by_ids_alone(line, friend):
    kept = line.shop.talks.machine.rules.add(rule("送料", "contains", "送料"))
    friend.says("送料のこと")
    (entry,) = [one for one in line.shop.staff.entries() if one.action == "answer by rule"]
    assert (entry.actor, entry.object, entry.ids, entry.fields) == ("shopdesk", "talk", f"{friend.id},{kept.id}", "")
    friend.does(sticker=["446", "1988"])
    (fired,) = line.shop.talks.machine.answered()
    assert (fired.friend_id, fired.asked, fired.rule) == (friend.id, "送料のこと", "送料")
    assert (fired.words, fired.state) == ("送料です", "accepted")


@pytest.mark.parametrize("blocked_here", [True, False])
def test_who_comes_back_is_known_by_us_or_by_line(sqlite_line, sqlite_friend, clock, blocked_here):
    settings = sqlite_line.shop.settings
    settings.set("greeting", "はじめまして")
    settings.set("greeting_again", "おかえりなさい")
    sqlite_friend.does(block=True) if blocked_here else None
    token = {"replyToken": "a" * 32}
    sqlite_line.tell(
        event("follow", clock, user=sqlite_friend.user_id, after_s=1, follow={"isUnblocked": not blocked_here}, **token)
    )
    settled(sqlite_line)
    assert [one.words for one in sqlite_friend.talk() if one.side == "shop"] == ["おかえりなさい"]


def test_who_comes_back_is_greeted_like_a_new_friend_where_nothing_else_is_set(sqlite_line, sqlite_friend):
    sqlite_line.shop.settings.set("greeting", "ようこそ")
    sqlite_friend.does(block=True)
    assert sqlite_friend.does(follow=True) == ["ようこそ"]


def test_a_greeting_may_be_a_template_or_json(sqlite_line, sqlite_friend):
    shop = sqlite_line.shop
    shop.messages.templates.save("あいさつ 2026", [text("型から"), text("二つめ")])
    shop.settings.set("greeting", "template:あいさつ 2026")
    assert sqlite_friend.does(follow=True) == ["型から", "二つめ"]
    shop.settings.set("greeting", json.dumps([text("JSONから")]))
    assert sqlite_friend.does(follow=True) == ["JSONから"]


@pytest.mark.parametrize("wrong", ["{nobody}", "[1]", "[", "template:ない", "{"])
def test_a_greeting_that_is_set_wrongly_keeps_the_machine_still_and_nothing_else(sqlite_line, sqlite_friend, wrong):
    sqlite_line.shop.settings.set("greeting", wrong)
    assert sqlite_friend.does(follow=True) == []
    assert sqlite_friend.says("もしもし") == []
    assert sqlite_line.gateway.inbox.counts().aside == 0
    assert [one.words for one in sqlite_friend.talk()] == ["もしもし"]


@pytest.mark.parametrize(
    ("messages", "stored"),
    [
        ([], ""),
        ([text("ようこそ{name}さん")], "ようこそ{name}さん"),
        ([text("[本店]です")], '[{"type": "text", "text": "[本店]です"}]'),
        ([text("template:1")], '[{"type": "text", "text": "template:1"}]'),
        ([text("ようこそ"), sticker("446", "1988")], None),
    ],
)
def test_what_is_kept_for_an_occasion_reads_back_the_same(sqlite_shop, messages, stored):
    machine = sqlite_shop.talks.machine
    machine.keep("greeting", messages)
    assert list(machine.kept("greeting").messages) == messages
    if stored is not None:
        assert sqlite_shop.settings.get("greeting") == stored
    assert machine.setup().silent is not bool(messages)


def test_a_template_is_named_and_what_line_would_refuse_is_not_kept(sqlite_shop):
    machine = sqlite_shop.talks.machine
    sqlite_shop.messages.templates.save("あいさつ", [text("型から")])
    sqlite_shop.settings.set("greeting", "template:あいさつ")
    assert machine.kept("greeting") == Kept((text("型から"),), "あいさつ")
    with pytest.raises(MessageError):
        machine.keep("greeting", [text("あ" * 5001)])
    assert sqlite_shop.settings.get("greeting") == "template:あいさつ"


def test_out_of_hours_is_said_once_in_six_hours(line, friend, clock):
    """The tests' clock stands on a Sunday, 14:32."""
    line.shop.settings.set("opening_hours", HOURS)
    line.shop.settings.set("closed_message", "本日はお休みです")
    assert friend.says("こんにちは") == ["本日はお休みです"]
    assert friend.does(sticker=["446", "1988"]) == []
    clock.move(timedelta(hours=5, minutes=59))
    assert friend.says("もしもし") == []
    clock.move(timedelta(minutes=2))
    assert friend.says("もしもし") == ["本日はお休みです"]
    clock.move(timedelta(days=2))  # a Tuesday evening
    clock.move(timedelta(hours=-8))
    assert friend.says("火曜の昼です") == []
    assert [one.friend_id for one in line.shop.talks.page("waiting")] == [friend.id]


def test_rules_may_hold_only_out_of_hours_or_only_in_them(sqlite_line, sqlite_friend, clock):
    sqlite_line.shop.settings.set("opening_hours", HOURS)
    rules = sqlite_line.shop.talks.machine.rules
    rules.add(rule("開店中", "any", "電話", "でんわ", during="open"))
    rules.add(rule("閉店中", "any", "電話", "でんわ", during="closed"))
    assert sqlite_friend.says("デンワで話せますか") == ["閉店中です"]
    clock.move(timedelta(days=2))
    assert sqlite_friend.says("電話で話せますか") == ["開店中です"]


def test_the_first_active_rule_answers(sqlite_line, sqlite_friend):
    rules = sqlite_line.shop.talks.machine.rules
    first, second = rules.add(rule("一", "contains", "予約")), rules.add(rule("二", "contains", "予約"))
    assert sqlite_friend.says("予約") == ["一です"]
    rules.move(second.id, 1)
    assert sqlite_friend.says("予約") == ["二です"]
    rules.switch(second.id, on=False)
    assert sqlite_friend.says("予約") == ["一です"]
    rules.remove(first.id)
    assert sqlite_friend.says("予約") == []


def test_a_person_is_offered_with_the_nearest_questions_once_in_half_an_hour(line, friend, clock):
    rules = line.shop.talks.machine.rules
    questions = [
        "駐車場はありますか",
        "定休日はいつですか",
        "送料はいくらですか",
        "とても長い質問文でボタンに入りきらない駐車場の話ですか",
    ]
    for number, one in enumerate(questions):
        rules.add(rule(f"質問{number}", "alike", one))
    assert friend.says("駐車場の広さと料金とトラックのことと定休日を") == [NEAR]
    items = friend.received()[-1]["quickReply"]["items"]
    actions = [one["action"] for one in items]
    assert len(actions) == 4
    assert actions[0]["text"] == "駐車場はありますか"
    assert actions[-1]["text"] == "担当者に聞く"
    assert all(len(one["label"]) <= 20 for one in actions)
    assert friend.says("なんでもない話です") == []
    assert friend.says(actions[0]["text"]) == ["質問0です"]
    clock.move(timedelta(minutes=31))
    assert friend.says("なんでもない話です") == [NEAR]  # as near as “…の話ですか”
    clock.move(timedelta(minutes=31))
    assert friend.says("ぷるぷる") == [OFFER]


def test_without_questions_or_button_nothing_is_offered(sqlite_line, sqlite_friend):
    assert sqlite_friend.says("もしもし") == []
    sqlite_line.shop.talks.machine.rules.add(rule("駐車場", "alike", "駐車場はありますか"))
    sqlite_line.shop.settings.set("ask_button", "")
    assert sqlite_friend.says("もしもし") == []


def test_who_asks_for_a_person_out_of_hours_hears_that_it_is_closed(sqlite_line, sqlite_friend):
    settings = sqlite_line.shop.settings
    settings.set("opening_hours", HOURS)
    settings.set("closed_message", "本日はお休みです")
    assert sqlite_friend.says(" 担当者に聞く ") == ["本日はお休みです"]
    assert sqlite_line.shop.talks.get(sqlite_friend.id).silenced


def test_a_text_that_stands_for_itself_and_another_that_waits(sqlite_line, sqlite_friend):
    """A keyword settles its own message; what the friend wrote before still waits."""
    talks = sqlite_line.shop.talks
    talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    sqlite_friend.says("壊れていました")
    sqlite_friend.says("メニュー")
    assert [one.friend_id for one in talks.page("waiting")] == [sqlite_friend.id]


def test_it_answers_only_while_the_reply_token_lives_and_never_by_push(line, there, friend, clock):
    shop = line.shop
    shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    user, token = {"user": friend.user_id}, {"replyToken": "b" * 32}
    late = said("メニュー", "late", clock, after_s=-51, **user, **token)
    standby = said("メニュー", "standby", clock, **user, **token) | {"mode": "standby"}
    bare = said("メニュー", "bare", clock, **user)
    for one in (late, standby, bare):
        line.tell(one)
    settled(line)
    assert [one.side for one in friend.talk()] == ["friend"] * 3
    # Alive for us, unknown to LINE: refused, not sent in another way.
    line.tell(said("メニュー", "dead", clock, **user, **token))
    settled(line)
    (answer,) = [one for one in friend.talk() if one.side == "shop"]
    assert (answer.state, answer.way) == ("refused", "reply")
    assert friend.received() == []
    assert [one.friend_id for one in shop.talks.page("waiting")] == [friend.id]


def test_a_redelivered_event_is_answered_once(line, there, friend):
    line.shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    sent = line.says(there, friend.user_id, {"text": "メニュー"})
    for _ in range(3):
        line.tell(sent["event"])
    settled(line)
    assert [one["text"] for one in friend.received()] == ["メニューです"]


def test_a_message_taken_back_before_it_came_is_not_answered(sqlite_line, sqlite_friend, clock):
    sqlite_line.shop.settings.set("opening_hours", HOURS)
    sqlite_line.shop.settings.set("closed_message", "本日はお休みです")  # would answer anything
    user = {"user": sqlite_friend.user_id}
    sqlite_line.tell(event("unsend", clock, after_s=1, unsend={"messageId": "m1"}, **user))
    sqlite_line.tell(said("メニュー", "m1", clock, replyToken="c" * 32, **user))
    settled(sqlite_line)
    assert [(one.side, one.state) for one in sqlite_friend.talk()] == [("friend", "unsent")]


def test_a_crash_before_the_call_leaves_it_unknown_and_unsent(shop, there, clock):
    """The transaction is there, `speak` never came: another process makes nothing of it but a note."""
    shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    person = next(iter(there.rehearsal.people)).user_id
    body = json.dumps({"events": [said("メニュー", "m1", clock, user=person, replyToken="d" * 32)]}).encode()
    assert shop.apply(read_webhook(body).events) == {}
    clock.move(timedelta(minutes=2))
    shop.talks.go_on()
    (_, answer) = shop.talks.messages(shop.talks.find(person))
    assert (answer.state, answer.way) == ("unknown", "reply")
    assert there.rehearsal.people.get(person).received() == []


def test_an_event_of_a_failed_transaction_is_not_answered(shop, there, clock):
    """Whatever fails after the machine has decided takes the answer with it."""
    shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    person = next(iter(there.rehearsal.people)).user_id
    body = json.dumps({"events": [said("メニュー", "m1", clock, user=person, replyToken="e" * 32)]}).encode()
    hearing = shop.talks.machine.listen()
    (only,) = read_webhook(body).events

    def effect(session):
        met = shop.friends.apply(session, only)
        shop.talks.apply(session, only, met)
        assert hearing.hear(session, only, met)
        raise RuntimeError

    with pytest.raises(RuntimeError), shop.database.write() as session:
        effect(session)
    shop.talks.machine.heard(hearing)
    assert shop.talks.machine.speak() == 1
    assert shop.talks.page() == []
    assert there.rehearsal.journal.entries == []


def test_a_picture_of_the_shops_own_goes_with_the_address_of_now(sqlite_line, sqlite_friend):
    """A rule outlives an address, such as a tunnel's."""
    own = addresses.own("p" * 22, 1040)
    picture = NewRule("地図", "exact", ("地図",), as_written([image(own, own)]))
    with pytest.raises(MessageError):
        sqlite_line.shop.talks.machine.rules.add(picture)
    sqlite_line.shop.settings.set("public_url", "https://first.example.jp")
    sqlite_line.shop.talks.machine.rules.add(picture)
    for address in ("https://one.example.jp", "https://two.example.jp"):
        sqlite_line.shop.settings.set("public_url", address)
        sqlite_friend.says("地図")
        assert sqlite_friend.received()[-1]["originalContentUrl"] == f"{address}/media/{'p' * 22}/1040"


def test_a_new_friend_is_greeted_by_the_name_that_line_knows(line, there):
    line.shop.settings.set("greeting", json.dumps([text("{name}さん、"), text("ようこそ")]))
    stranger = "U" + "7" * 32
    line.says(there, stranger, {"follow": True})
    settled(line)
    person = there.rehearsal.people.get(stranger)
    assert [one["text"] for one in person.received()] == [f"{person.display_name}さん、", "ようこそ"]
    assert [one.user_id for one in line.shop.talks.page(words=f"{person.display_name}さん")] == [stranger]
    assert line.shop.talks.page(words="お客さま") == []


def test_without_an_answer_about_the_name_the_greeting_goes_all_the_same(sqlite_line, there):
    sqlite_line.shop.settings.set("greeting", "{name}さん、ようこそ")
    there.rehearsal.faults.add({"endpoint": "profile", "nth": 1, "answer": 500, "times": 5})
    stranger = "U" + "7" * 32
    sqlite_line.says(there, stranger, {"follow": True})
    settled(sqlite_line)
    assert [one["text"] for one in there.rehearsal.people.get(stranger).received()] == ["お客さまさん、ようこそ"]


def test_many_at_once_are_answered_in_time(sqlite_line, there, clock):
    """Forty friends write in one second; each hears once."""
    sqlite_line.shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    there.rehearsal.webhook_url = f"{sqlite_line.gateway.url}/webhook"
    people = [f"U{number:032x}" for number in range(40)]
    began = time.monotonic()
    for one in people:
        sqlite_line.says(there, one, {"follow": True})
        sqlite_line.says(there, one, {"text": "メニュー"})
    settled(sqlite_line)
    assert time.monotonic() - began < 50
    assert {tuple(m["text"] for m in there.rehearsal.people.get(one).received()) for one in people} == {
        ("メニューです",)
    }


def test_quarantine_keeps_it_still(sqlite_line, sqlite_friend):
    sqlite_line.shop.talks.machine.rules.add(rule("メニュー", "exact", "メニュー"))
    sqlite_line.shop.installation.restored()
    assert sqlite_friend.says("メニュー") == []
    assert [one.words for one in sqlite_friend.talk()] == ["メニュー"]
