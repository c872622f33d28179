"""Surveys for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.surveys import Person, Survey, read_form

if TYPE_CHECKING:
    from shopdesk.shop import Shop

SKIN: dict[str, Any] = {
    "name": "肌のアンケート",
    "title": "お肌について",
    "thanks": "ありがとうございました。",
    "questions": [
        {
            "name": "肌の悩み",
            "title": "お肌の悩みはどれですか",
            "kind": "one",
            "options": [{"label": "乾燥", "tag": "乾燥肌"}, "べたつき", {"label": "ない"}],
            "branches": {"ない": "すすめ"},
        },
        {
            "name": "困る所",
            "title": "どこが気になりますか",
            "kind": "several",
            "options": ["ほほ", "口", "目"],
            "most": 2,
        },
        {"name": "使い方", "title": "いつ使いますか", "kind": "text", "required": False, "sets": "使い方"},
        {"name": "すすめ", "title": "すすめたいですか", "kind": "rating", "low": "いいえ", "high": "はい"},
    ],
}
"""Branches past two questions for who has no trouble; the last one is a scale from 1 to 5."""


def published(shop: Shop, **more: Any) -> Survey:
    """Publish the survey about skin, with what differs."""
    made = shop.surveys.create(read_form({**SKIN, **more}, lambda said: shop.coupons.find(said).id))
    return shop.surveys.publish(made.id)


def answer_all(shop: Shop, survey: Survey, person: Person, **said: Any) -> None:
    """Answer along the way: with `said` by the questions' names, else the first option, 3, or nothing."""
    answering = shop.surveys.answering
    found = answering.begin(survey.id, person)
    while (one := found.asked) is not None:
        usual = [one.options[0].label] if one.options else ["3"] if one.kind == "rating" else []
        given = said.get(one.name, usual)
        texts = [given] if isinstance(given, str) else given
        found = answering.answer(survey.id, person, one.name, texts, version=found.version, agreed=True)
    assert found.finished
