"""Automations: who comes in, when whose turn it is, and that nobody has a message twice; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from shopdesk.automations import Estimate, NewStep
from shopdesk.broadcasts import StateError
from shopdesk.customers.tables import CustomerRow
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError
from shopdesk.surveys import Person
from tests.automations.conftest import TEN, dry, got, says, sound, started
from tests.people import person
from tests.surveys.conftest import SKIN, answer_all, published

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def rounds(shop):
    """What a round did: by how many people came in, and the states of its broadcasts."""
    ran = run_due(shop)
    assert [one.message for one in ran] == [""] * len(ran)
    return [one.rows or one.state for one in ran if one.kind in {"automations", "broadcast"}]


def friend(shop, there, number):
    """The person that the friend of that number is, who is nobody's customer."""
    user_id = list(there.rehearsal.people)[number].user_id
    return Person(friend_id=next(one.id for one in shop.friends.all() if one.user_id == user_id))


def step(shop, number=0):
    found = shop.automations.list()[0].steps[number]
    return (found.waiting, found.sending, found.sent, found.left_out, found.failed)


def test_everybody_comes_in_once_and_has_each_message_at_its_time(shop, there, clock, linked):
    survey, early = published(shop), linked(shop, 9, "早い")
    answer_all(shop, survey, Person(early))
    made = shop.automations.create(dry(survey))
    assert (made.state, made.people, shop.automations.estimate(survey.id)) == ("draft", 0, Estimate(1, 1))
    assert rounds(shop) == []
    clock.move(timedelta(minutes=1))
    shop.automations.start(made.id)
    hanako, blocked, refuses, on_page = (
        linked(shop, 0, "花子"),
        linked(shop, 1, "壁"),
        linked(shop, 2, "否"),
        person(shop),
    )
    unknown, other = friend(shop, there, 3), linked(shop, 4, "別")
    with shop.database.write() as session:
        session.execute(update(CustomerRow).where(CustomerRow.id == refuses).values(consent_line=False))
    for one in (Person(hanako), Person(blocked), Person(refuses), Person(on_page), unknown):
        answer_all(shop, survey, one)
    answer_all(shop, survey, Person(other), 肌の悩み="べたつき")
    assert rounds(shop) == [5]
    with shop.database.write():  # a round with nothing to do waits for nobody who writes
        assert shop.automations.run(clock.now()) == 0
    assert step(shop) == (5, 0, 0, 0, 0)
    assert shop.automations.get(made.id).steps[0].next_at == clock.now().replace(hour=1, minute=0) + 3 * DAY
    list(there.rehearsal.people)[1].blocked = True
    clock.move(2 * DAY + 19 * HOUR + timedelta(minutes=26))  # 9:59 of the third day
    shop.friends.sync()
    assert rounds(shop) == []
    clock.move(timedelta(minutes=1))
    assert rounds(shop) == ["finished"]
    assert rounds(shop) == []
    assert [got(there, number) for number in range(5)] == [["花子さん、その後いかがですか"], [], [], got(there, 3), []]
    assert len(got(there, 3)) == 1
    assert step(shop) == (0, 0, 2, 3, 0)
    assert (shop.broadcasts.list(), len(shop.broadcasts.reasons(1))) == ([], 3)
    asked = survey.draft.questions
    shop.surveys.change(survey.id, replace(survey.draft, questions=(replace(asked[0], note="今"), *asked[1:])))
    survey = shop.surveys.publish(survey.id)
    answer_all(shop, survey, Person(hanako))  # a new version: the same person
    answer_all(shop, survey, Person(early))
    assert rounds(shop) == [1]
    clock.move(11 * DAY + 5 * HOUR)
    assert rounds(shop) == ["finished", "finished"]  # the first message of who came later, the second of the others
    assert (got(there, 0)[1:], got(there, 9)) == (["クリームです"], ["早いさん、その後いかがですか"])
    assert (step(shop), step(shop, 1)) == ((0, 0, 3, 3, 0), (1, 0, 2, 3, 0))
    assert shop.customers.timeline(hanako)[0].title == "Message on LINE"
    assert "乾燥肌" in {one.detail for one in shop.customers.timeline(hanako) if one.kind == "automation"}
    sound(shop)


def test_who_turns_out_to_be_somebody_has_nothing_twice(shop, there, clock, linked):
    first, second = NewStep(0, None, says("一")), NewStep(1, None, says("二"))
    survey, made = started(shop, first, second)
    hanako, double, twin, gone = (
        linked(shop, 0, "花子"),
        person(shop, "花子"),
        person(shop, "見本 一郎"),
        linked(shop, 3, "消"),
    )
    soon, later = friend(shop, there, 1), friend(shop, there, 2)
    for one in (hanako, double, twin, gone):
        answer_all(shop, survey, Person(one))
    answer_all(shop, survey, soon)
    answer_all(shop, survey, later)
    assert rounds(shop) == [6, "finished"]
    assert step(shop) == (0, 0, 4, 2, 0)
    merge = shop.customers.merges.make(hanako, double)
    shop.friends.link(list(there.rehearsal.people)[1].user_id, twin)  # who is in it already
    late = person(shop, "見本 二郎")
    shop.friends.link(list(there.rehearsal.people)[2].user_id, late)  # who is not
    shop.customers.forget(gone)
    assert rounds(shop) == []
    clock.move(DAY)
    assert rounds(shop) == ["finished"]
    shop.customers.merges.undo(merge.id)
    clock.move(DAY)
    assert rounds(shop) == []
    assert [got(there, number) for number in range(4)] == [["一", "二"], ["一", "二"], ["一", "二"], ["一"]]
    assert step(shop, 1)[2:4] == (3, 0)
    # The same friend as somebody else, who answers: the shop knows two people, LINE knows one.
    shop.friends.unlink(next(iter(there.rehearsal.people)).user_id)
    answer_all(shop, survey, friend(shop, there, 0))
    assert rounds(shop) == [1]
    assert got(there, 0) == ["一", "二"]
    assert {one.reason for one in shop.broadcasts.reasons(3)} == {"had_step"}
    # An answer that is deleted takes its person out; who answers again comes in again, and has no message a second time.
    shop.surveys.answering.remove(survey.id, late)
    assert shop.automations.get(made.id).people == 6
    answer_all(shop, survey, Person(late))
    assert rounds(shop) == [1]
    assert (shop.automations.get(made.id).people, got(there, 2)) == (7, ["一", "二"])
    disclosed = shop.customers.disclose(twin)
    assert [one["automation"] for one in disclosed["automations"]] == ["乾燥肌"]
    assert made.id == shop.automations.find("乾燥肌").id
    sound(shop)


def test_late_ones_go_by_day_one_a_day_and_the_earlier_first(shop, there, clock, linked):
    survey, made = started(shop, NewStep(1, TEN, says("一")), NewStep(2, TEN, says("二")), NewStep(3, TEN, says("三")))
    answer_all(shop, survey, Person(linked(shop, 0, "花子")))
    clock.move(2 * DAY + 11 * HOUR)  # 1:32 in the night of the third day: the computer was off
    assert rounds(shop) == [1]
    clock.move(8 * HOUR)  # 9:32
    assert rounds(shop) == ["finished"]
    clock.move(HOUR)  # the third one's own time has come, and it is not the second one's turn yet today
    assert rounds(shop) == []
    shop.settings.set("quiet_hours", "09:00-11:00")
    clock.move(23 * HOUR)
    assert rounds(shop) == []
    clock.move(2 * HOUR)
    assert rounds(shop) == ["finished"]
    assert got(there, 0) == ["一", "二"]
    clock.move(DAY)
    assert rounds(shop) == ["finished"]
    assert got(there, 0) == ["一", "二", "三"]
    assert [one.sent for one in shop.automations.get(made.id).steps] == [1, 1, 1]
    sound(shop)


def test_what_was_held_up_goes_out_by_day_without_being_asked_for(shop, there, clock, linked):
    survey, made = started(shop, NewStep(1, TEN, says("一")))
    answer_all(shop, survey, Person(linked(shop, 0, "花子")))
    clock.move(DAY + HOUR)
    quota = there.rehearsal.quota
    quota.limit, before = quota.used(clock.now()), quota.limit  # it is made, and LINE takes nothing
    assert [ran.state for ran in run_due(shop)] == ["entered", "failed"]
    clock.move(2 * HOUR)
    assert [ran.state for ran in run_due(shop)] == ["failed"]
    assert "more than an hour" in shop.automations.get(made.id).sentence
    quota.limit = before
    clock.move(12 * HOUR)  # in the night
    assert rounds(shop) == []
    clock.move(9 * HOUR)
    assert (rounds(shop), got(there, 0), shop.automations.get(made.id).sentence) == (["finished"], ["一"], "")
    sound(shop)


def test_one_that_runs_is_changed_paused_and_ended(shop, there, clock, linked):
    survey, made = started(shop, NewStep(0, None, says("一")), NewStep(5, None, says("五")))
    answer_all(shop, survey, Person(linked(shop, 0, "花子")))
    assert rounds(shop) == [1, "finished"]
    automations, one = shop.automations, shop.automations.get(made.id)
    first, fifth = (NewStep(step.days, step.at, step.said, step.id) for step in one.steps)
    clock.move(3 * DAY)
    # A new one on the second day is for later answers; the one of the fifth day comes on the fourth, and says something else.
    automations.change(
        made.id, dry(survey, first, NewStep(2, None, says("二")), replace(fifth, days=4, said=says("四")))
    )
    assert rounds(shop) == []
    assert [step.waiting for step in automations.get(made.id).steps] == [0, 0, 1]
    paused = automations.pause(made.id)
    answer_all(shop, survey, Person(linked(shop, 1, "太郎")))
    clock.move(DAY)
    assert (paused.state, rounds(shop)) == ("paused", [])
    automations.start(made.id)
    assert rounds(shop) == [1, "finished", "finished"]
    assert [got(there, number) for number in (0, 1)] == [["一", "四"], ["一"]]
    quota = there.rehearsal.quota
    quota.limit, before = quota.used(clock.now()), quota.limit
    answer_all(shop, survey, Person(linked(shop, 2, "次郎")))
    failed = [ran.message for ran in run_due(shop) if ran.kind == "broadcast"]
    assert "messages are left" in failed[0]
    answer_all(shop, survey, Person(linked(shop, 3, "三郎")))
    assert len([ran for ran in run_due(shop) if ran.kind == "broadcast"]) == 1  # nothing piles up behind it
    (stuck,) = shop.broadcasts.list()
    assert (stuck.automation, stuck.name, stuck.remaining) == (made.id, "乾燥肌: message 1", 1)
    assert step(shop) == (1, 1, 2, 0, 0)
    automations.pause(made.id)
    quota.limit = before
    assert rounds(shop) == []
    automations.start(made.id)
    assert rounds(shop) == ["finished"]
    assert rounds(shop) == ["finished"]
    shop.surveys.close(survey.id)
    (troubled,) = automations.troubled()
    assert (troubled.trouble, troubled.sentence[:29]) == ("survey_over", "The survey takes no answers a")
    free = replace(survey.draft, anonymous=True, questions=survey.draft.questions[3:])
    shop.surveys.change(survey.id, free)
    shop.surveys.publish(survey.id)
    assert automations.troubled()[0].trouble == "anonymous"
    quota.limit = quota.used(clock.now())
    clock.move(2 * DAY)
    assert [ran.state for ran in run_due(shop) if ran.kind == "broadcast"] == ["failed"]
    with pytest.raises(StateError, match="before you remove"):
        automations.remove(made.id)
    assert automations.end(made.id).steps[1].failed > 0
    quota.limit = before
    clock.move(5 * DAY)
    assert rounds(shop) == []
    for again in (automations.start, lambda id_: automations.change(id_, dry(survey))):
        with pytest.raises(StateError, match="was ended"):
            again(made.id)
    sound(shop)
    automations.remove(made.id)
    assert automations.list() == []
    sound(shop)


def test_what_could_not_work_is_refused(sqlite_shop):
    shop = sqlite_shop
    survey, automations = published(shop), shop.automations
    anonymous = published(shop, name="だれか", anonymous=True, questions=SKIN["questions"][3:])
    draft = shop.surveys.create(replace(survey.form, name="まだ"))
    text = says("はい")
    wrong = {
        "name": dry(survey, name=" "),
        "1 to 10 messages": replace(dry(survey), steps=()),
        "0 to 365 days": dry(survey, NewStep(366, None, text)),
        "later day": dry(survey, NewStep(3, None, text), NewStep(3, TEN, text)),
        "no step 7": dry(survey, NewStep(3, None, text, 7)),
        "anonymous": dry(anonymous),
        "Publish it first": dry(draft),
    }
    for said, one in wrong.items():
        with pytest.raises(InvalidInputError, match=said):
            automations.create(one)
    made = automations.create(dry(survey))
    with pytest.raises(InvalidInputError, match="already"):
        automations.create(dry(survey))
    for more in (
        {"options": ("いたい",)},
        {"question": "使い方"},
        {"question": "", "options": ("乾燥",)},
        {"options": ()},
    ):
        automations.change(made.id, dry(survey, **more))
        with pytest.raises(InvalidInputError, match="does not ask this"):
            automations.start(made.id)
    automations.change(made.id, dry(survey))
    shop.surveys.close(survey.id)
    with pytest.raises(InvalidInputError, match="no answers just now"):
        automations.start(made.id)
    with pytest.raises(StateError, match="does not run"):
        automations.pause(made.id)
    automations.remove(made.id)
