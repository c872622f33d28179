"""What the machine decides: pure, in every order and width."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from shopdesk.clock import JAPAN
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.japanese import fold
from shopdesk.messages import draft, text
from shopdesk.settings import OpeningHours
from shopdesk.talks import NewRule, Rule
from shopdesk.talks.machine.deciding import decide, matches
from shopdesk.talks.machine.records import Setup
from tests.talks.machine.conftest import rule

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=JAPAN)
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=JAPAN)
SAYS = draft([text("はい")])
SETUP = Setup(
    (
        Rule("昼", "exact", ("ランチ",), SAYS, "open", 1),
        Rule("夜", "exact", ("ランチ",), SAYS, "closed", 2),
        Rule("予約と変更", "contains", ("予約", "変更"), SAYS, "always", 3),
        Rule("予約", "any", ("予約", "ブッキング"), SAYS, "always", 4),
        Rule("駐車場", "alike", ("駐車場はありますか",), SAYS, "always", 5),
    ),
    OpeningHours.parse("mon-fri 10:00-18:00"),
    greeting="",
    greeting_again="",
    closed_message="閉店しました",
    ask_button="担当者に聞く",
    ask_offer="どうしますか",
    ask_message="お待ちください",
    likeness=0.6,
    assistant=False,
)


@pytest.mark.parametrize(
    ("said", "at", "kind", "by"),
    [
        ("らんち", NOON, "rule", "昼"),
        ("ﾗﾝﾁ", NIGHT, "rule", "夜"),
        ("ランチはありますか", NOON, "offer", None),  # exact: the whole text, as in LINE
        ("ランチはありますか", NIGHT, "closed", None),
        ("予約を変更したい", NOON, "rule", "予約と変更"),
        ("予約したい", NIGHT, "rule", "予約"),
        ("ぶっきんぐ", NOON, "rule", "予約"),
        ("駐車場ある?", NIGHT, "question", "駐車場"),
        ("担当者 に聞く", NOON, "person", None),
        ("さようなら", NOON, "offer", None),
        ("さようなら", NIGHT, "closed", None),
        ("", NOON, None, None),
        ("", NIGHT, "closed", None),
    ],
)
def test_the_first_that_fits_answers(said, at, kind, by):
    found = decide(SETUP, said, at)
    assert (found and found.kind, found and found.rule and found.rule.name) == (kind, by)


def test_what_was_said_lately_is_not_said_again():
    assert decide(SETUP, "さようなら", NIGHT, told=True).kind == "offer"
    assert decide(SETUP, "さようなら", NIGHT, told=True, offered=True) is None
    assert decide(SETUP, "さようなら", NOON, offered=True) is None


def test_an_assistant_takes_the_place_of_the_offer():
    assert decide(replace(SETUP, assistant=True), "さようなら", NOON, offered=True).kind == "assistant"
    assert decide(replace(SETUP, assistant=True), "さようなら", NIGHT).kind == "closed"


WORDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(fold), min_size=1, max_size=4)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@given(WORDS, TEXTS)
def test_all_is_any_of_each_and_a_whole_text_is_in_itself(words, said):
    folded = fold(said)
    each = [matches("any", [one], folded) for one in words]
    assert matches("any", words, folded) == any(each)
    assert matches("contains", words, folded) == all(each)
    assert not matches("exact", words, folded) or matches("any", words, folded)
    assert matches("exact", [*words, said], folded)


@given(WORDS, TEXTS, TEXTS)
def test_a_word_is_found_wherever_it_stands(words, before, after):
    """Between letters that do not fold into it."""
    assert matches("contains", words, "\n".join((fold(before), *map(fold, words), fold(after))))


@given(TEXTS)
def test_any_text_is_decided(said):
    for at in (NOON, NIGHT):
        decide(SETUP, said, at)


def test_rules_are_kept_in_their_order_and_changed(shop):
    rules = shop.talks.machine.rules
    kept = [rules.add(rule(name, "any", name, " ", name)) for name in ("一", "二", "三")]
    assert [one.words for one in kept] == [("一",), ("二",), ("三",)]
    rules.move(kept[2].id, 1)
    rules.move(kept[0].id, 99)
    changed = rules.change(kept[1].id, NewRule("弐", "exact", ("２",), SAYS, "closed"))
    assert [one.name for one in rules.all()] == ["三", "弐", "一"]
    assert rules.all()[1] == changed
    entry = next(one for one in shop.staff.entries() if one.action == "change")
    assert (entry.object, entry.ids, entry.fields) == (
        "answer rule",
        str(changed.id),
        "name,match,words,during,messages",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        NewRule("", "any", ("a",), SAYS),
        NewRule("長" * 61, "any", ("a",), SAYS),
        NewRule("a", "any", (), SAYS),
        NewRule("a", "any", ("\u200b",), SAYS),
        NewRule("a", "any", ("長" * 301,), SAYS),
        NewRule("a", "near", ("a",), SAYS),
        NewRule("a", "any", ("a",), SAYS, "sometimes"),
        NewRule("ある", "any", ("a",), SAYS),
    ],
)
def test_a_rule_that_could_never_answer_is_refused(sqlite_shop, wrong):
    sqlite_shop.talks.machine.rules.add(rule("ある", "any", "a"))
    with pytest.raises(InvalidInputError):
        sqlite_shop.talks.machine.rules.add(wrong)


def test_a_rule_that_is_not_there_is_named(sqlite_shop):
    rules = sqlite_shop.talks.machine.rules
    for act in (rules.remove, lambda one: rules.move(one, 1), lambda one: rules.switch(one, on=True)):
        with pytest.raises(NotFoundError):
            act(7)
