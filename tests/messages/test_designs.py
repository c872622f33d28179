"""Ready designs: what is drawn can be read back, and edited again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from shopdesk.errors import NotFoundError
from shopdesk.messages import DESIGNS, Card, bubble, cards, draft, flex, look, read_card, read_cards, text
from tests.messages import strategies

CALM = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@CALM
@given(st.lists(strategies.card_of(), min_size=1, max_size=4))
def test_cards_are_read_back_to_what_draws_them_again(shown):
    message = cards("お知らせ", shown)
    (kept,) = draft([message]).messages  # as the SDK writes it
    found = read_cards(kept)
    assert found is not None
    assert cards("お知らせ", found) == message


@CALM
@given(strategies.card_of())
def test_a_card_with_the_heading_of_its_design_is_that_card_again(card):
    whole = Card(
        card.design, {**dict(Card.new(card.design).values), "title": "題", **card.values}, card.picture, card.buttons
    )
    named = Card(
        whole.design, {**whole.values, "label": Card.new(card.design).values["label"]}, whole.picture, whole.buttons
    )
    assert read_card(bubble(named)) == named


@pytest.mark.parametrize("design", DESIGNS, ids=lambda one: one.code)
def test_a_new_card_of_each_design_can_be_sent(design):
    made = cards("a", [Card.new(design.code)])
    assert look([made]).good
    assert read_cards(made) == (Card.new(design.code),)


def test_what_is_no_card_of_ours_is_none():
    drawn = bubble(Card("product", {"title": "なす", "price_yen": 1980}))
    assert read_card(drawn) == Card("product", {"title": "なす", "price_yen": 1980})
    assert "1,980円" in str(drawn)
    drawn["body"]["contents"][0]["size"] = "3xl"
    assert read_card(drawn) is None
    assert read_cards(flex("a", drawn)) is None
    assert read_cards(flex("a", {"type": "carousel", "contents": []})) is None
    assert read_cards(text("a")) is None
    assert read_cards({"type": "flex", "altText": "a", "contents": [1]}) is None
    assert read_card({"type": "bubble", "body": {"contents": [1, "x"]}}) is None


def test_an_empty_card_and_an_unknown_design_say_so():
    report = look([cards("a", [Card("event")])])
    assert [(one.field, one.code) for one in report.problems] == [("contents", "empty")]
    with pytest.raises(NotFoundError, match="announcement"):
        bubble(Card("poster"))
