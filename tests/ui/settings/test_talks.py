"""トーク: what a shorter time would delete is counted and asked about before it is kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from shopdesk.line import read_webhook
from shopdesk.ui.settings import talks
from tests.gateway.conftest import event, text


@pytest.mark.parametrize("agrees", [True, False])
def test_how_long_talks_are_kept_is_asked_where_it_deletes(open_desk, clock, monkeypatch, agrees):
    asked = []
    monkeypatch.setattr(talks, "confirm", lambda _parent, *words, **_more: asked.append(words) or agrees)
    desk = open_desk("talks")
    shop, years = desk.shop, desk.section.years
    events = [
        text("おととし", "1", clock),
        text("去年", "2", clock),
        event("message", clock, message={"id": "3", "type": "image"}),
    ]
    shop.apply(read_webhook(json.dumps({"events": events}).encode()).events)
    clock.move(timedelta(days=500))
    for choice, kept in (("5", "5"), ("1", "1" if agrees else "5"), ("", "")):
        years.chosen.emit(choice)
        assert desk.tasks.settle()
        desk.bot.waitUntil(lambda wanted=kept: desk.tasks.settle() and shop.settings.get("talk_years") == wanted)
        desk.bot.waitUntil(lambda wanted=kept: desk.tasks.settle() and years.value() == wanted)
    ((question, goes),) = asked
    assert question == "Delete 3 old messages?"
    assert "before 2027/04/05, in 1 talk." in goes
    assert shop.talks.page()
