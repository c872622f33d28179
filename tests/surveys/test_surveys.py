"""Surveys: written, published, answered once, branched, limited, given thanks for, counted; on both databases."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select

from shopdesk.cards.tables import CardRow
from shopdesk.clock import FixedClock
from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.friends.following import new_friend
from shopdesk.friends.tables import FriendRow
from shopdesk.shop import Shop
from shopdesk.surveys import (
    AnswerError,
    Gift,
    Given,
    NotOpenError,
    Option,
    OptionFullError,
    Person,
    Question,
    as_json,
    checked,
    read_form,
)
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow
from shopdesk.surveys.ways import steps, unreachable, way
from shopdesk.verify import verify
from tests.conftest import NOW
from tests.people import order, person
from tests.surveys.conftest import SKIN, answer_all, published


def sound(shop: Shop) -> None:
    assert [one for one in verify(shop) if not one.ok] == []


def rows(shop: Shop, table: type) -> int:
    with shop.database.read() as session:
        return session.query(table).count()


def points(shop: Shop, customer: int) -> list[int]:
    with shop.database.read() as session:
        return list(session.scalars(select(CardRow.balance).where(CardRow.customer_id == customer)))


def a_friend(shop: Shop, number: int = 1) -> FriendRow:
    with shop.database.write() as session:
        row = new_friend(f"U{number:032x}", shop.clock.now())
        session.add(row)
        session.flush()
    return row


def test_one_question_after_the_other_back_again_and_finished_once(shop: Shop, clock: FixedClock):
    survey, hanako = published(shop), Person(person(shop))
    answering = shop.surveys.answering
    assert answering.look(survey.id, hanako) is None
    first = answering.begin(survey.id, hanako)
    assert answering.begin(survey.id, hanako).response_id == first.response_id
    assert (first.asked.name, first.before, first.step, first.steps) == ("肌の悩み", None, 1, 4)

    def say(question: str, *said: str, version: int = 1):
        return answering.answer(survey.id, hanako, question, said, version=version)

    with pytest.raises(AnswerError, match="needed"):
        say("肌の悩み")
    with pytest.raises(AnswerError, match="that are there"):
        say("肌の悩み", "いたい")
    assert say("すすめ", "5").asked.name == "肌の悩み"  # not on the way yet: nothing is kept of it
    assert say("肌の悩み", " 乾燥 ").asked.name == "困る所"
    assert say("肌の悩み", "乾燥").asked.name == "困る所"  # the same tap again
    with pytest.raises(AnswerError, match="Choose 2 at most"):
        say("困る所", "ほほ", "口", "目")
    found = say("困る所", "目", "ほほ")
    assert found.answers["困る所"].picked == ("ほほ", "目")
    assert (found.asked.name, found.before.name, found.step, found.steps) == ("使い方", "困る所", 3, 4)
    back = answering.look(survey.id, hanako, "肌の悩み")
    assert (back.asked.name, back.before, back.answers["肌の悩み"].picked) == ("肌の悩み", None, ("乾燥",))
    short = say("肌の悩み", "ない")
    assert (short.asked.name, short.before.name, short.step, short.steps) == ("すすめ", "肌の悩み", 2, 2)
    assert say("肌の悩み", "乾燥").asked.name == "使い方"  # what was said on the other way is still there
    say("使い方")
    assert say("すすめ", "4", version=7).asked.name == "すすめ"  # a page of another version
    clock.move(timedelta(seconds=90))
    for wrong in ("4万", "4年半", "3〜4", "四"):
        with pytest.raises(AnswerError, match="only in digits"):
            say("すすめ", wrong)
    done = say("すすめ", "４点です")
    assert (done.finished, done.asked, done.before) == (True, None, None)
    assert say("すすめ", "1").answers["すすめ"] == Given(number=4)
    assert (rows(shop, SurveyResponseRow), rows(shop, SurveyAnswerRow)) == (1, 5)
    results = shop.surveys.outcome.of(survey.id)
    assert (results.answers, results.begun, results.in_talk, results.seconds) == (1, 0, 0, 90)
    assert [(one.answered, one.passed) for one in results.questions] == [(1, 0), (1, 0), (0, 1), (1, 0)]
    sound(shop)


def test_a_changed_one_is_a_new_version_only_where_its_questions_differ(shop: Shop):
    survey, hanako = published(shop), Person(person(shop))
    answer_all(shop, survey, hanako, 肌の悩み="ない")
    changed = shop.surveys.change(survey.id, replace(survey.form, thanks="どうも。", name="肌"))
    assert (changed.form.thanks, changed.draft.thanks, changed.form.name) == (
        "ありがとうございました。",
        "どうも。",
        "肌",
    )
    assert shop.surveys.publish(survey.id).version == 1
    assert shop.surveys.find("肌").form.thanks == "どうも。"
    two = shop.surveys.change(survey.id, replace(changed.draft, questions=changed.draft.questions[3:]))
    assert (two.version, len(two.form.questions)) == (1, 4)
    again = shop.surveys.publish(survey.id)
    assert (again.version, again.answers) == (2, 0)
    answer_all(shop, again, hanako, すすめ="5")
    assert shop.surveys.get(survey.id).answers == 1
    with shop.database.read() as session:
        newest = session.query(SurveyResponseRow.newest).order_by(SurveyResponseRow.id)
        assert [one for (one,) in newest] == [False, True]
    shop.surveys.close(survey.id)
    with pytest.raises(NotOpenError):
        shop.surveys.answering.begin(survey.id, Person(person(shop, "例示 太郎")))
    with pytest.raises(InvalidInputError, match="have been asked"):
        shop.surveys.delete(survey.id)
    with pytest.raises(InvalidInputError, match="already"):
        shop.surveys.create(replace(survey.form, name="肌"))
    draft = shop.surveys.create(survey.form)
    with pytest.raises(NotFoundError):
        shop.surveys.on_page(draft.page_key)
    shop.surveys.delete(draft.id)
    sound(shop)


def test_its_time_its_limit_and_the_quota_of_an_option_hold(shop: Shop, clock: FixedClock):
    two_seats = [{"label": "土曜", "quota": 1}, {"label": "日曜"}]
    questions = [
        {"name": "日", "title": "どの日に来ますか", "kind": "one", "options": two_seats},
        {"name": "ひとこと", "title": "ひとこと", "kind": "text", "required": False},
    ]
    survey = published(shop, questions=questions, limit=2, **{"from": "2026-11-23", "until": "2026-11-23"})
    people = [Person(person(shop, f"例示 {number}")) for number in range(4)]
    answering = shop.surveys.answering
    with pytest.raises(NotOpenError, match="11/23 at 00:00"):
        answering.begin(survey.id, people[0])
    clock.move(timedelta(days=1))
    for one in people[:2]:
        assert answering.answer(survey.id, one, "日", ["土曜"], version=1).asked.name == "ひとこと"
    assert answering.answer(survey.id, people[0], "ひとこと", [], version=1).finished
    with pytest.raises(OptionFullError, match="土曜") as full:  # it was free when they chose it
        answering.answer(survey.id, people[1], "ひとこと", ["はい"], version=1)
    assert full.value.question == "日"
    with pytest.raises(OptionFullError):
        answering.answer(survey.id, people[2], "日", ["土曜"], version=1)
    answering.answer(survey.id, people[1], "日", ["日曜"], version=1)
    answering.begin(survey.id, people[3])
    assert answering.answer(survey.id, people[1], "ひとこと", ["はい"], version=1).finished
    for late in people[2:]:
        with pytest.raises(NotOpenError, match="as many answers"):
            answering.answer(survey.id, late, "日", ["日曜"], version=1)
    assert answering.begin(survey.id, people[1]).finished
    assert shop.surveys.get(survey.id).standing == "full"
    clock.move(timedelta(days=1))
    assert shop.surveys.get(survey.id).standing == "over"
    sound(shop)


def test_answers_set_tags_and_fields_and_the_gift_is_given_once_a_person(shop: Shop):
    coupon = shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    survey = published(shop, gift={"coupon": "お礼"})
    hanako = person(shop)
    shop.coupons.issue(coupon.id, [hanako])  # the limit for one person does not count what was earned
    answer_all(shop, survey, Person(hanako), 使い方="朝だけ")
    seen = shop.customers.get(hanako)
    assert (list(seen.tags), [(one.field, one.value) for one in seen.own]) == (["乾燥肌"], [("使い方", "朝だけ")])
    found = shop.surveys.answering.look(survey.id, Person(hanako))
    assert found.gift.ticket_id == max(one.ticket_id for one in shop.coupons.held_by(hanako))
    assert len(shop.coupons.held_by(hanako)) == 2
    alone = replace(survey.form.questions[0], branches=())
    one_more = replace(survey.form, questions=(alone,), gift_coupon=None, gift_points=5)
    shop.surveys.change(survey.id, one_more)
    again = shop.surveys.publish(survey.id)
    answer_all(shop, again, Person(hanako), 肌の悩み="べたつき")
    assert points(shop, hanako) == []  # they have had theirs
    taro = person(shop, "例示 太郎")
    answer_all(shop, again, Person(taro))
    assert points(shop, taro) == [5]
    results = shop.surveys.outcome.of(survey.id)
    assert (results.gifts, results.gifts_used) == (2, 0)
    shop.coupons.close(coupon.id)
    shop.surveys.change(survey.id, replace(one_more, gift_coupon=coupon.id, gift_points=None))
    with pytest.raises(InvalidInputError, match="published coupon"):
        shop.surveys.publish(survey.id)
    sound(shop)


def test_nobody_learns_who_answered_an_anonymous_one_and_still_each_answers_once(shop: Shop):
    questions = [SKIN["questions"][3], {"name": "声", "title": "ひとこと", "kind": "text", "required": False}]
    survey = published(shop, questions=questions, anonymous=True)
    hanako = Person(person(shop))
    answer_all(shop, survey, hanako, 声="匿名です")
    assert shop.surveys.answering.begin(survey.id, hanako).finished
    stranger = Person(key="k" * 22)
    answer_all(shop, survey, stranger)
    assert shop.surveys.on_page(f"{survey.page_key}.{stranger.key}")[1] == stranger
    assert [(one.text, one.customer_id, one.name) for one in shop.surveys.outcome.said(survey.id, "声")] == [
        ("匿名です", None, "")
    ]
    assert shop.surveys.outcome.people(survey.id) == []
    with shop.database.read() as session:
        for one in session.query(SurveyResponseRow):
            assert (one.customer_id, one.friend_id) == (None, None)
            assert str(hanako.customer_id) not in one.who.split(":")
    for wrong in ({"gift": {"points": 1}}, {"questions": SKIN["questions"]}):
        with pytest.raises(InvalidInputError, match=r"nonymous|Points"):
            published(shop, **{"questions": questions, "anonymous": True, "name": "x", **wrong})


def test_what_touches_health_is_answered_after_a_yes_only_and_a_friend_becomes_the_customer(shop: Shop):
    health = {
        "name": "病気",
        "title": "ご病気は",
        "kind": "text",
        "required": False,
        "sensitive": True,
        "consent": "接客のため",
    }
    phone = {"name": "電話", "title": "お電話", "kind": "phone", "consent": "お届けのため"}
    survey = published(shop, questions=[health, phone])
    friend = a_friend(shop).id
    answering, before = shop.surveys.answering, Person(None, friend)
    with pytest.raises(AnswerError, match="Say yes first"):
        answering.answer(survey.id, before, "病気", ["ぜんそく"], version=1)
    answering.answer(survey.id, before, "病気", ["ぜんそく"], version=1, agreed=True)
    hanako = person(shop)
    known = Person(hanako, friend)
    with pytest.raises(AnswerError, match="no phone number"):
        answering.answer(survey.id, known, "電話", ["12"], version=1, agreed=True)
    done = answering.answer(survey.id, known, "電話", ["０９０ 1234 5678"], version=1, agreed=True)
    assert done.finished
    assert rows(shop, SurveyResponseRow) == 1
    told = shop.customers.disclose(hanako)["surveys"]
    assert told[0]["answers"] == {"病気": ["ぜんそく"], "電話": ["090-1234-5678"]}
    assert [one.detail for one in shop.customers.timeline(hanako) if one.kind == "survey"] == ["肌のアンケート"]
    shop.customers.forget(hanako)
    with shop.database.read() as session:
        assert {(one.text, one.number) for one in session.query(SurveyAnswerRow)} == {("", None)}
        assert session.query(SurveyResponseRow).one().customer_id is None
    assert shop.surveys.get(survey.id).answers == 1
    sound(shop)


def test_a_link_brings_the_customer_what_their_friend_has_answered_and_the_gift_once(shop: Shop):
    survey, other = published(shop, gift={"points": 5}), published(shop, name="別", questions=SKIN["questions"][2:])
    friend, hana, answering = a_friend(shop), person(shop, sex="female"), shop.surveys.answering
    answer_all(shop, survey, Person(None, friend.id), 使い方="朝だけ")
    answering.answer(other.id, Person(None, friend.id), "使い方", ["夜"], version=1)
    assert (points(shop, hana), shop.surveys.outcome.people(survey.id)) == ([], [])
    for _again in range(2):
        shop.friends.link(friend.user_id, hana)
    seen = shop.customers.get(hana)
    assert (points(shop, hana), list(seen.tags), [one.value for one in seen.own]) == ([5], ["乾燥肌"], ["朝だけ"])
    assert shop.surveys.outcome.people(survey.id) == [hana]
    assert [one.label for one in shop.surveys.outcome.cross(survey.id, "肌の悩み", "sex")] == ["female"]
    assert answering.look(other.id, Person(hana)).answers["使い方"].text == "夜"
    # Both have answered: it counts once, what is finished before what is not, else what the customer said.
    taro, second = person(shop, "例示 太郎"), a_friend(shop, 2)
    answer_all(shop, survey, Person(None, second.id), 肌の悩み="ない")
    answering.answer(survey.id, Person(taro), "肌の悩み", ["乾燥"], version=1)
    for whose in (Person(taro), Person(None, second.id)):
        answer_all(shop, other, whose, すすめ=f"{2 if whose.friend_id else 4}")
    shop.friends.link(second.user_id, taro)
    assert answering.look(survey.id, Person(taro)).answers["肌の悩み"].picked == ("ない",)
    assert answering.look(other.id, Person(taro)).answers["すすめ"].number == 4
    assert (points(shop, taro), shop.surveys.get(survey.id).answers, shop.surveys.get(other.id).answers) == ([5], 2, 1)
    sound(shop)


@pytest.mark.parametrize("theirs_is_done", [True, False])
def test_two_entries_made_one_have_one_answer_and_part_again(shop: Shop, theirs_is_done: bool):
    survey = published(shop)
    keep, other, alone = person(shop), person(shop, "例示 太郎"), person(shop, "架空 次郎")
    answering = shop.surveys.answering
    answering.answer(survey.id, Person(keep), "肌の悩み", ["べたつき"], version=1)
    if theirs_is_done:
        answer_all(shop, survey, Person(other))
    else:
        answering.begin(survey.id, Person(other))

    def image() -> list[tuple[object, ...]]:
        with shop.database.read() as session:
            row = SurveyResponseRow
            return sorted((one.id, one.customer_id, one.state, one.who, one.newest) for one in session.query(row))

    before = image()
    merged = shop.customers.merges.make(keep, other).id
    counted = answering.look(survey.id, Person(keep))
    assert counted.finished is theirs_is_done
    assert sum(one[2] == "merged" for one in image()) == 1
    sound(shop)
    shop.customers.merges.undo(merged)
    assert image() == before
    shop.customers.merges.make(alone, other)
    assert answering.look(survey.id, Person(alone)) is not None
    sound(shop)


def test_two_who_had_a_gift_each_have_it_again_once_they_part(shop: Shop):
    shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    survey, (keep, other) = published(shop, gift={"coupon": "お礼"}), (person(shop), person(shop, "例示 太郎"))
    for one in (keep, other):
        answer_all(shop, survey, Person(one))

    def gifts() -> list[Gift | None]:
        found = (shop.surveys.answering.look(survey.id, Person(one)) for one in (keep, other))
        return [one.gift if one is not None else None for one in found]

    before = gifts()
    shop.customers.merges.undo(shop.customers.merges.make(keep, other).id)
    assert None not in before
    assert gifts() == before
    sound(shop)


def test_compared_by_who_they_are_and_searched_in_what_they_wrote_from_the_first_answer_on(shop: Shop):
    survey = published(shop)
    her = person(shop, sex="female", birth_date=date(1989, 11, 23), birth_month=11, prefecture="京都府")
    him = person(shop, "例示 太郎", sex="male", prefecture="東京都")
    for _ in range(5):
        order(shop, him, NOW - timedelta(days=3))
    answer_all(shop, survey, Person(her), 使い方="朝に100%だけ", すすめ="5")
    answer_all(shop, survey, Person(him), 肌の悩み="ない", すすめ="2")
    answer_all(shop, survey, Person(key="s" * 22), 使い方="夜だけ", すすめ="3")
    outcome = shop.surveys.outcome

    def table(question: str, by: str) -> list[tuple[object, ...]]:
        return [(one.label, one.people, one.counts) for one in outcome.cross(survey.id, question, by)]

    assert table("肌の悩み", "sex") == [("female", 1, (1, 0, 0)), ("male", 1, (0, 0, 1)), ("", 1, (1, 0, 0))]
    assert table("肌の悩み", "prefecture") == [("東京都", 1, (0, 0, 1)), ("京都府", 1, (1, 0, 0)), ("", 1, (1, 0, 0))]
    assert table("困る所", "age") == [("30", 1, (1, 0, 0)), ("", 1, (1, 0, 0))]
    assert [(one.label, one.average) for one in outcome.cross(survey.id, "すすめ", "orders")] == [
        ("0", 5.0),
        ("5-", 2.0),
        ("", 3.0),
    ]
    scale = outcome.of(survey.id).questions[3]
    assert ([one.people for one in scale.counts], round(scale.average, 2)) == ([0, 1, 1, 0, 1], 3.33)
    assert [one.share for one in outcome.of(survey.id).questions[0].counts] == [2 / 3, 0.0, 1 / 3]
    assert [one.text for one in outcome.said(survey.id, "使い方")] == ["夜だけ", "朝に100%だけ"]
    assert [one.name for one in outcome.said(survey.id, "使い方", "100% だけ")] == ["見本 花子"]
    assert outcome.people(survey.id) == sorted([her, him])
    assert outcome.poll(survey.id) == []


def test_what_cannot_be_asked_is_refused_with_what_to_change(sqlite_shop: Shop):
    form = read_form(SKIN, lambda _said: 0)
    first, second, third, last = form.questions
    wrong = {
        "no later question": replace(first, then="肌の悩み"),
        "no answer here": replace(first, branches=(("いたい", "end"),)),
        "2 to 30 options": replace(first, options=first.options[:1]),
        "are the same": replace(first, options=(Option("はい"), Option("ハイ"))),
        "a tag has at most 50": replace(first, options=(Option("a", tag="あ" * 51), Option("b"))),
        "a picture": replace(first, kind="picture"),
        "used for": replace(first, sensitive=True),
        "nobody must": replace(first, sensitive=True, consent="x"),
        "and no “/”": replace(first, name="a/b"),
        "write what is asked": replace(first, title=" "),
        "quota": replace(first, options=(Option("a", quota=0), Option("b"))),
        "No answer leads to the question “困る所”": replace(first, then="使い方"),
    }
    for said, question in wrong.items():
        with pytest.raises(InvalidInputError, match=said):
            checked(replace(form, questions=(question, second, third, last)))
    with pytest.raises(InvalidInputError, match="scale"):
        checked(replace(form, questions=(first, second, third, replace(last, most=11))))
    with pytest.raises(InvalidInputError, match="same name"):
        checked(replace(form, questions=(first, first)))
    assert read_form(json.loads(json.dumps(as_json(checked(form)))), lambda _said: 0) == checked(form)
    for written in ([], {"name": "a"}, {"name": "a", "questions": [{"title": "b"}]}, {**SKIN, "limit": True}):
        with pytest.raises(InvalidInputError):
            read_form(written, lambda _said: 0)
    sqlite_shop.customers.fields.make("使い方", "number")
    made = sqlite_shop.surveys.create(form)
    with pytest.raises(InvalidInputError, match="does not take such an answer"):
        sqlite_shop.surveys.publish(made.id)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_way_goes_forwards_and_ends(data: st.DataObject):
    size = data.draw(st.integers(1, 6))
    names = [f"q{number}" for number in range(size)]
    questions = []
    for place, name in enumerate(names):
        later = st.sampled_from([*names[place + 1 :], "end"])
        branches = data.draw(st.dictionaries(st.sampled_from("ab"), later))
        then = data.draw(st.one_of(st.just(""), later))
        one = Question(
            name, name, "one", options=(Option("a"), Option("b")), branches=tuple(branches.items()), then=then
        )
        questions.append(replace(one, required=data.draw(st.booleans())))
    reached, said = set(), [{}]
    while said:  # every answer at every question
        answers = said.pop()
        ahead = way(questions, answers)
        reached.add(ahead[-1].name)
        places = [questions.index(one) for one in ahead]
        assert places == sorted(set(places))
        assert len(ahead) <= steps(questions, answers, ahead) <= size
        if ahead[-1].name not in answers:
            choices = [Given(("a",)), Given(("b",)), *([] if ahead[-1].required else [Given()])]
            said += [{**answers, ahead[-1].name: one} for one in choices]
            reached |= {one.name for one in ahead}
    assert {one.name for one in unreachable(questions)} == set(names) - reached


def test_thirty_taps_at_once_are_one_row(shop: Shop):
    """A thousand double taps of many phones are a kind of fault table H."""
    survey, hanako = published(shop), Person(person(shop))
    wrong: list[ShopDeskError] = []
    ready = threading.Barrier(10)

    def tap() -> None:
        ready.wait()
        try:
            for _ in range(3):
                shop.surveys.answering.answer(survey.id, hanako, "肌の悩み", ["乾燥"], version=1)
        except ShopDeskError as error:
            wrong.append(error)

    taps = [threading.Thread(target=tap) for _ in range(10)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert (wrong, rows(shop, SurveyResponseRow), rows(shop, SurveyAnswerRow)) == ([], 1, 1)


CONTACT = [
    {"name": "お名前", "title": "お名前", "kind": "name", "consent": "発送のため", "fills": "always"},
    {"name": "電話", "title": "お電話", "kind": "phone", "consent": "発送のため", "fills": "blank"},
    {"name": "住所", "title": "ご住所", "kind": "address", "consent": "発送のため", "fills": "always"},
]


def test_name_phone_and_address_become_the_customers_own_and_go_with_the_answer(shop: Shop):
    hana = shop.customers.add(
        NewCustomer(name="はな", phone="090-1111-2222", postal="150-0001", address="東京都渋谷区1-1")
    ).id
    blank = shop.customers.add(NewCustomer(name="ゆき")).id
    survey = published(shop, questions=CONTACT)
    said = {"お名前": "見本 花子", "電話": "03-1234-5678", "住所": "〒５３０−０００１　大阪府大阪市北区２－２"}
    for who in (hana, blank):
        answer_all(shop, survey, Person(customer_id=who), **said)

    def own(who: int) -> tuple[str, ...]:
        one = shop.customers.get(who)
        return one.name, one.phone, one.postal, one.prefecture, one.address

    assert own(hana) == ("見本 花子", "+819011112222", "5300001", "大阪府", "大阪府大阪市北区2-2")
    assert own(blank)[1] == "+81312345678"
    assert {one.id for one in shop.customers.search("見本花子")} == {hana, blank}
    entries = [one for one in shop.staff.entries() if one.action == "fill"]
    assert {one.fields for one in entries} == {
        "address,name,postal,prefecture",
        "address,name,phone,postal,prefecture",
    }
    # What somebody changed since stays; the rest is as it was before, and found under its old name.
    typed = shop.customers.get(hana)
    shop.customers.correct(
        hana, NewCustomer(name=typed.name, phone=typed.phone, postal="5300001", address="大阪府堺市3")
    )
    assert shop.surveys.answering.remove(survey.id, hana) == 1
    assert own(hana) == ("はな", "+819011112222", "5300001", "大阪府", "大阪府堺市3")
    assert [one.id for one in shop.customers.search("はな")] == [hana]
    with pytest.raises(NotFoundError):
        shop.surveys.answering.remove(survey.id, hana)
    # Whoever is forgotten leaves nothing of what was there before, and a stopped use is no use.
    shop.customers.consents.stop_use(blank)
    shop.surveys.answering.remove(survey.id, blank)
    answer_all(shop, survey, Person(customer_id=blank), **said)
    assert own(blank) == ("ゆき", "", "", "", "")
    with pytest.raises(InvalidInputError, match="becomes the customer"):
        published(shop, name="別", questions=[{**SKIN["questions"][2], "fills": "blank"}])
