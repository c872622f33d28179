"""Segments by what people answered: who is taken, and how it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from shopdesk import i18n
from shopdesk.friends.tables import FriendRow
from shopdesk.segments import Condition, InvalidRuleError, dump, parse, sentence
from shopdesk.surveys import Person
from tests.people import person
from tests.surveys.conftest import SKIN, answer_all, published

TROUBLE, SCALE, WAY = "survey.肌/肌の悩み", "survey.肌/すすめ", "survey.肌/使い方"
DAY = {"name": "日", "title": "いつ", "kind": "date"}
CASES = (
    (Condition(TROUBLE, "is", ("乾燥",)), (1, 3), "「肌の悩み」に乾燥と答えた方"),
    (Condition(TROUBLE, "is", ("ない", "べたつき")), (2,), "「肌の悩み」にないかべたつきと答えた方"),
    (Condition(TROUBLE, "is_not", ("乾燥",)), (0, 2), "「肌の悩み」に乾燥と答えていない方"),
    (Condition("survey.肌/困る所", "is", ("目",)), (3,), "「困る所」に目と答えた方"),
    (Condition(SCALE, "at_least", 4), (2, 3), "「すすめ」に 4 以上で答えた方"),
    (Condition(SCALE, "between", (1, 3)), (1,), "「すすめ」の答えが 1〜3 の方"),
    (Condition(WAY, "contains", "100%a"), (1,), "「使い方」に100%aと書いた方"),
    (Condition(WAY, "contains_not", "朝"), (0, 2, 3), "「使い方」に朝と書いていない方"),
    (Condition("survey.肌/日", "within_days", 400), (1, 2), "「日」の答えがこの 400日以内の方"),
    (Condition("survey.肌", "is", True), (1, 2, 3), "「肌」に答えた方"),
    (Condition("survey.肌", "is", False), (0,), "「肌」に答えていない方"),
)


def test_answers_are_fields_of_segments_at_once(shop):
    people = [person(shop, name) for name in ("見本 花子", "例示 太郎", "試用 次郎", "山田 桃子")]
    survey = published(shop, name="肌", questions=[*SKIN["questions"], {**DAY, "required": False}])
    with shop.database.write() as session:  # who answered as a friend and is linked since
        now = shop.clock.now()
        at = {"since": now, "state_at": now, "state_event": "", "display_name": "", "picture_url": ""}
        session.add(FriendRow(id=7, user_id="U" + "1" * 32, state="friend", customer_id=None, **at))
    answer_all(shop, survey, Person(people[1]), 使い方="朝 100%A", 日="2026-01-31")
    answer_all(shop, survey, Person(people[2]), 肌の悩み="乾燥", すすめ="1")
    answer_all(shop, survey, Person(None, 7), 困る所=["口", "目"], すすめ="5")
    with shop.database.write() as session:
        session.execute(update(FriendRow).values(customer_id=people[3]))
    shop.surveys.change(survey.id, replace(survey.form, questions=(*survey.form.questions[:-1], last(survey))))
    again = shop.surveys.publish(survey.id)  # the newest answers of each count
    answer_all(shop, again, Person(people[2]), 肌の悩み="ない", すすめ="4", 日="2026-11-22")
    shop.surveys.answering.answer(again.id, Person(people[0]), "肌の悩み", ["乾燥"], version=2)  # not at its end
    answers = set()
    for condition, wanted, _said in CASES:
        rule = parse(dump(condition))
        assert rule == condition
        assert (condition, sorted(shop.segments.members(rule))) == (condition, [people[one] for one in wanted])
        assert shop.segments.count(rule).count == len(wanted)
        for n, one in enumerate(people):
            (reason,) = shop.segments.why(rule, one)
            assert reason.holds == (n in wanted)
            answers.add(reason.answer)
    assert {"乾燥", "口, 目", "朝 100%A", "2026-11-22", "4", "–"} <= answers
    offered = {one.key: one for one in shop.segments.own_fields()}
    assert [key for key, _title in offered[TROUBLE].choices] == ["乾燥", "べたつき", "ない"]
    assert (offered[SCALE].kind, offered[WAY].kind, offered["survey.肌"].kind) == ("number", "text", "flag")
    for gone in ("survey.髪", "survey.肌/髪"):
        with pytest.raises(InvalidRuleError, match="no survey with the question"):
            shop.segments.count(Condition(gone, "is", ("乾燥",)))


def last(survey):
    return replace(survey.form.questions[-1], note="いつでもかまいません")


def test_the_sentences_read_as_japanese():
    i18n.set_language("ja")
    for condition, _wanted, said in CASES:
        assert sentence(condition) == f"{said}。"
