"""Each guard of the gateway has a control: taken out, the same case of table B goes red."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import update

from shopdesk.events import Events
from shopdesk.friends import following
from shopdesk.friends.tables import FriendRow
from shopdesk.inbox import Inbox
from shopdesk.line import Webhook, read_webhook
from tests.faults.sending.stage import Stage
from tests.faults.webhooks import deaths, forged, orders, repeated


@pytest.fixture(scope="module")
def stage():
    found = Stage()
    yield found
    found.close()


def test_b1_without_the_note_of_an_event_copies_have_effects(stage, tmp_path, monkeypatch):
    monkeypatch.setattr(Events, "take", lambda *_given: True)
    with pytest.raises(AssertionError, match="postback"):
        repeated.deliver(stage, tmp_path, [1, 2], 1, 0.5)


def test_b3_without_the_note_of_an_event_a_replay_has_an_effect(stage, tmp_path, monkeypatch):
    monkeypatch.setattr(Events, "take", lambda *_given: True)
    with pytest.raises(AssertionError, match="postback"):
        repeated.replay(stage, tmp_path, timedelta(days=90), how=3)


def test_b2_without_the_time_of_the_state_the_last_arrival_wins(stage, tmp_path, monkeypatch):
    def arrives(session, event):
        session.execute(update(FriendRow).values(state_at=following.NEVER, state_event=""))
        session.expire_all()
        return following.meet(session, event)

    monkeypatch.setattr("shopdesk.friends.service.meet", arrives)
    with pytest.raises(AssertionError, match="blocked"):
        orders.deliver(stage, tmp_path, [(0, 1, 2, 3, 5, 4)], 6)


def test_b4_without_the_signature_everybody_is_believed(stage, tmp_path, monkeypatch):
    monkeypatch.setattr("shopdesk.gateway.webhook.signed", lambda *_given: True)
    with pytest.raises(AssertionError, match="200"):
        forged.forge(stage, tmp_path, 0, Random(1))


def test_b5_without_a_place_apart_poison_takes_its_neighbours_along(stage, tmp_path, monkeypatch):
    whole = read_webhook

    def whole_or_nothing(sent):
        webhook = whole(sent)
        return webhook if not webhook.unread else Webhook("", (), webhook.unread)

    monkeypatch.setattr("shopdesk.gateway.draining.read_webhook", whole_or_nothing)
    with pytest.raises(AssertionError):
        forged.poison(stage, tmp_path, Random(3))


@pytest.mark.parametrize("nth", [1, 4])
def test_b6_noted_before_it_is_done_a_death_loses_events(stage, tmp_path, nth):
    stage.processes.without = ("answers first",)
    with pytest.raises(AssertionError):
        deaths.die(stage, tmp_path, "events: apply", "before", nth)


def test_b7_kept_in_the_main_database_answers_wait_for_its_lock(stage, tmp_path, monkeypatch):
    held = {}
    whole = Inbox.put

    def put(self, bodies, at):
        with held["shop"].database.write():
            whole(self, bodies, at)

    opened = Stage.opened

    def noted(self, *given):
        held["shop"] = opened(self, *given)
        return held["shop"]

    monkeypatch.setattr(Stage, "opened", noted)
    monkeypatch.setattr(Inbox, "put", put)
    with pytest.raises(AssertionError, match="the slowest answer"):
        deaths.lock(stage, tmp_path, [0.0] * 5)
