"""What begins, waits and goes on by itself: times, cooling, quiet hours, a sender that died; each once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shopdesk.broadcasts import LateError, StateError
from shopdesk.broadcasts.ledger import Ledger
from shopdesk.clock import JAPAN
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError

HOUR = timedelta(hours=1)


def ran(shop, until=None):
    return [(one.state, one.broadcast_id) for one in run_due(shop, until) if one.kind == "broadcast"]


def test_a_schedule_fires_once(shop, text, clock, received):
    made = shop.broadcasts.draft(text(), everyone=True, at=clock.now() + HOUR)
    unset = shop.broadcasts.draft(text("別の話"), everyone=True)
    assert ran(shop) == []
    clock.move(HOUR)
    assert ran(shop) == [("finished", made)]
    clock.move(timedelta(days=-1))
    assert ran(shop) == []
    clock.move(timedelta(days=40))
    assert ran(shop) == []
    assert received() == [1] * 30
    assert shop.broadcasts.status(unset).state == "draft"


@pytest.mark.parametrize(("off", "sent"), [(1, True), (60, True), (61, False), (30 * 24 * 60, False)])
def test_the_computer_was_off_at_its_time(sqlite_shop, text, clock, received, off, sent):
    shop = sqlite_shop
    made = shop.broadcasts.draft(text(), everyone=True, at=clock.now() + HOUR)
    shop.broadcasts.freeze(made)
    clock.move(HOUR + timedelta(minutes=off))
    (found,) = run_due(shop)
    assert (found.state == "finished") is sent
    assert sum(received()) == 30 * sent
    if not sent:
        assert found.state == shop.broadcasts.status(made).reason == "late"
        assert found.message == shop.broadcasts.status(made).sentence != ""
        with pytest.raises(LateError):
            shop.broadcasts.send(made)
        shop.broadcasts.schedule(made, clock.now() + HOUR)
        clock.move(HOUR)
        assert ran(shop) == [("finished", made)]


def test_another_time_no_time_and_too_late_for_both(sqlite_shop, text, clock):
    shop = sqlite_shop
    made = shop.broadcasts.draft(text(), everyone=True, at=clock.now() + HOUR)
    with pytest.raises(InvalidInputError, match="over"):
        shop.broadcasts.schedule(made, clock.now())
    assert shop.broadcasts.schedule(made, datetime(2026, 12, 1, 18, tzinfo=JAPAN)).scheduled_at.hour == 9
    assert shop.broadcasts.schedule(made, None).scheduled_at is None
    clock.move(2 * HOUR)
    assert ran(shop) == []
    shop.broadcasts.send(made)
    with pytest.raises(StateError, match="begun"):
        shop.broadcasts.schedule(made, clock.now() + HOUR)
    stopped = shop.broadcasts.draft(text(), everyone=True, at=clock.now() + HOUR)
    shop.broadcasts.cancel(stopped)
    with pytest.raises(StateError, match="cancelled"):
        shop.broadcasts.schedule(stopped, clock.now() + HOUR)
    clock.move(HOUR)
    assert ran(shop) == []


def test_what_cannot_be_sent_at_its_time_says_why(sqlite_shop, there, text, clock):
    made = sqlite_shop.broadcasts.draft(text(), everyone=True, at=clock.now() + HOUR)
    clock.move(HOUR)
    there.rehearsal.quota.limit = 10
    (found,) = run_due(sqlite_shop)
    assert (found.state, found.broadcast_id) == ("failed", made)
    assert "only 10" in found.message
    assert "5,000 yen" in found.message
    assert sqlite_shop.broadcasts.status(made).state == "draft"


def test_the_big_stop_in_the_cooling_time_leaves_everybody_unsent(sqlite_shop, text, clock, received):
    shop = sqlite_shop
    shop.settings.set("cooling_minutes", "5")
    made = shop.broadcasts.draft(text(), everyone=True, each=True)
    cooling = shop.broadcasts.start(made)
    assert (cooling.state, cooling.cooling_until) == ("waiting", clock.now() + timedelta(minutes=5))
    assert ran(shop) == []

    async def stopped_by_somebody(seconds):
        assert 0 < seconds <= 1
        shop.broadcasts.cancel(made)

    done = shop.broadcasts.send(made, sleep=stopped_by_somebody)
    assert (done.state, done.cancelled, done.accepted) == ("cancelled", 30, 0)
    clock.move(HOUR)
    assert ran(shop) == []
    assert sum(received()) == 0


@pytest.mark.parametrize("by", ["the sender", "what is due"])
def test_after_the_cooling_time_it_goes(sqlite_shop, text, clock, received, by):
    shop = sqlite_shop
    shop.settings.set("cooling_minutes", "5")
    made = shop.broadcasts.draft(text(), everyone=True)
    shop.broadcasts.start(made)
    naps = []

    async def nap(seconds):
        naps.append(seconds)
        clock.move(timedelta(minutes=1))

    if by == "the sender":
        assert shop.broadcasts.send(made, sleep=nap).state == "finished"
        assert len(naps) == 5
    else:
        clock.move(timedelta(minutes=5))
        assert ran(shop) == [("finished", made)]
    assert received() == [1] * 30


@pytest.mark.parametrize("paused", [timedelta(minutes=1), 2 * HOUR])
def test_a_pause_in_the_cooling_time_can_be_taken_back(shop, text, clock, received, paused):
    shop.settings.set("cooling_minutes", "5")
    made = shop.broadcasts.draft(text(), everyone=True)
    until = shop.broadcasts.start(made).cooling_until
    shop.broadcasts.pause(made)
    clock.move(paused)
    assert ran(shop) == []
    assert sum(received()) == 0
    told = []

    async def nap(_seconds):
        clock.move(timedelta(minutes=1))

    assert shop.broadcasts.send(made, sleep=nap, cooling=told.append).state == "finished"
    assert told == ([until] if paused < timedelta(minutes=5) else [])
    assert received() == [1] * 30


@pytest.mark.parametrize("jump", [-timedelta(hours=1), -timedelta(days=400)])
def test_a_clock_turned_back_does_not_prolong_the_cooling_time(sqlite_shop, text, clock, jump):
    shop = sqlite_shop
    shop.settings.set("cooling_minutes", "5")
    made = shop.broadcasts.draft(text(), everyone=True)
    shop.broadcasts.start(made)
    clock.move(jump)
    assert ran(shop) == []
    clock.move(timedelta(minutes=5))
    assert ran(shop) == [("finished", made)]


def test_quiet_hours_are_said_before_kept_and_waited_for(shop, text, clock, received):
    shop.settings.set("quiet_hours", "14:00-16:00")
    shop.settings.set("plan", "standard")
    made = shop.broadcasts.draft(text(), everyone=True, each=True)
    preview = shop.broadcasts.preview(made)
    assert preview.quiet_until == datetime(2026, 11, 22, 16, tzinfo=JAPAN)
    assert [one.code for one in preview.warnings] == ["quiet_hours"]
    assert "16:00" in preview.warnings[0].sentence
    paused = shop.broadcasts.send(made)
    assert (paused.state, paused.reason, paused.remaining) == ("paused", "quiet_hours", 30)
    assert ran(shop) == []
    clock.move(2 * HOUR)
    assert ran(shop) == [("finished", made)]
    assert received() == [1] * 30


def test_what_falls_due_long_before_quiet_hours_end_goes_at_their_end(sqlite_shop, text, clock, received):
    shop = sqlite_shop
    shop.settings.set("quiet_hours", "14:00-18:00")
    made = shop.broadcasts.draft(text(), everyone=True, at=clock.now() + HOUR / 2)
    clock.move(HOUR)
    assert ran(shop) == []
    clock.move(datetime(2026, 11, 22, 18, tzinfo=JAPAN) - clock.now())
    assert ran(shop) == [("finished", made)]
    assert received() == [1] * 30


def test_whoever_pauses_in_quiet_hours_is_obeyed_afterwards(sqlite_shop, text, clock):
    shop = sqlite_shop
    shop.settings.set("quiet_hours", "14:00-16:00")
    made = shop.broadcasts.draft(text(), everyone=True, each=True)
    shop.broadcasts.send(made)
    assert shop.broadcasts.pause(made).reason == "asked"
    clock.move(2 * HOUR)
    assert ran(shop) == []
    assert shop.broadcasts.send(made).state == "finished"


def test_what_a_dead_sender_left_goes_on_by_itself(sqlite_shop, text, clock, received):
    shop = sqlite_shop
    for hours, expected in ((0, "finished"), (2, "no_sender")):
        made = shop.broadcasts.draft(text(f"{hours}"), everyone=True, each=True)
        shop.broadcasts.freeze(made)
        claimed_by_nobody(shop, made)
        now = shop.broadcasts.status(made)
        assert (now.state, now.stuck, now.reason) == ("sending", True, "no_sender")
        assert now.sentence
        clock.move(hours * HOUR)
        assert ran(shop) == [(expected, made)]
    assert received() == [1] * 30


def claimed_by_nobody(shop, made):
    """What a sender that was killed right after its first claim leaves."""
    lease = shop.leases.take("sender")
    step = Ledger(shop.broadcasts._office, lease, made).step([], None, 0, claiming=True)
    assert step.batches
    lease.release()
