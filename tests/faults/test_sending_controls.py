"""Each guard of the sender, of its clocks and of the rich menus has a control: taken out, the same case goes red."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from shopdesk import leases
from shopdesk.broadcasts import claiming, delivery, lateness, ledger, personal, reading, retrying, schedules
from shopdesk.exports import timing
from shopdesk.friends import syncing
from shopdesk.line import Sending, Verdict, judge, limits
from shopdesk.menus import copies as menu_copies
from shopdesk.quarantine import Installation
from tests.faults.menus import deaths as menu_deaths
from tests.faults.menus.deaths import Death
from tests.faults.sending import (
    answers,
    audiences,
    calendars,
    copies,
    jumps,
    kills,
    late,
    old_keys,
    outages,
    partings,
    rivals,
)
from tests.faults.sending.answers import Mishap
from tests.faults.sending.kills import Kill
from tests.faults.sending.stage import Stage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Of the calls to LINE while rich menus are settled: the first makes one, the tenth gives it to people. Where the old tabs go
# first, these are two.
MAKES, GIVES, DELETES = 1, 10, 2


@pytest.fixture(scope="module")
def stage():
    found = Stage()
    yield found
    found.close()


@pytest.fixture
def red(stage, tmp_path):
    """Check that a case fails, and with these words."""

    def fails(case, *given, says="received"):
        folder = tmp_path / uuid.uuid4().hex
        folder.mkdir()
        with pytest.raises(AssertionError, match=says):
            case(stage, folder, *given)

    return fails


@pytest.mark.parametrize("way", ["push", "multicast", "broadcast"])
def test_a1_fresh_keys_double_people(red, way):
    red(kills.die_and_finish, Kill("reply read", "before", 1, way), kills.forget_the_keys)


def test_a1_a_point_that_is_never_reached_is_no_success(red, monkeypatch):
    monkeypatch.setitem(kills.BATCHES, "push", (1, 4, 99))
    red(kills.die_and_finish, Kill("claim", "after", 2, "push"), says="was not reached")


def test_a2_a_request_written_anew_without_its_ticket_gives_two_coupons(red, monkeypatch):
    def issued(session, coupons, coupon_id, readers):
        return coupons.issue_in(session, coupon_id, [one.customer_id for one in readers])

    monkeypatch.setattr(personal, "_tokens", issued)
    red(answers.meet, Mishap("403", 4, 1, "push"), says="9 tickets for 8 friends")


def test_a2_a_new_key_for_each_try_doubles_people(red, monkeypatch):
    right = Sending.post

    async def post(door, endpoint, body, _key, token):
        return await right(door, endpoint, body, str(uuid.uuid4()), token)

    monkeypatch.setattr(Sending, "post", post)
    red(answers.meet, Mishap("reset-before-reply", 1, 1, "push"))


@pytest.mark.parametrize(
    ("kind", "taken_for", "says"),
    [
        ("400", Verdict.RETRY, "paused"),
        ("429-quota", Verdict.REJECTED, "failed=8"),
        ("409", Verdict.REJECTED, "failed=2"),
    ],
)
def test_a2_a_misread_answer_is_seen(red, monkeypatch, kind, taken_for, says):
    status = int(kind[:3])

    def misread(answer):
        return taken_for if getattr(answer, "status", 0) == status else judge(answer)

    monkeypatch.setattr(delivery, "judge", misread)
    red(
        answers.meet,
        Mishap(kind, 1, 9_999 if kind != "409" else 1, "push" if kind != "409" else "multicast"),
        says=says,
    )


@pytest.mark.parametrize("pauses", [lambda _failures, _chance: 1.3, lambda failures, _chance: 0.5 * 3**failures])
def test_a2_waits_that_do_not_grow_or_that_nobody_spreads_are_seen(red, monkeypatch, pauses):
    monkeypatch.setattr(retrying, "pause_s", pauses)
    red(answers.meet, Mishap("500", 1, 5, "push"), says=r"\[|jitter")


def test_a3_without_the_23_hours_people_get_it_twice(red, monkeypatch):
    monkeypatch.setattr(limits, "RETRY_UNTIL", 30 * DAY)
    red(old_keys.come_back, "plain", timedelta(hours=24, minutes=1), says="accepted=6")


def test_a3_the_later_of_both_clocks_counts(red, monkeypatch):
    def by_ours(first, local, _line):
        return local - first >= limits.RETRY_UNTIL

    monkeypatch.setattr(retrying, "key_is_old", by_ours)
    monkeypatch.setattr(ledger, "key_is_old", by_ours)
    red(old_keys.come_back, "a day slow", timedelta(hours=24, minutes=1), says="accepted=6")


def test_a4_without_fencing_a_woken_sender_goes_on(stage, red, monkeypatch):
    monkeypatch.setattr(stage.processes, "without", ["fencing"])
    red(rivals.meet, "frozen", "push", 3, 2, says="finished")


def test_a5_without_quarantine_a_copy_sends(red, monkeypatch):
    monkeypatch.setattr(Installation, "require_free", lambda *_given: None)
    red(copies.come_again, "frozen", "restored", 0, says="not refused")


@pytest.mark.parametrize("how", ["opts out", "unfollows", "unlinks"])
def test_a6_without_the_look_at_the_claim_who_left_gets_it(red, monkeypatch, how):
    monkeypatch.setattr(claiming, "_why_not", lambda *_given, **_named: "")
    red(partings.leave, how, Random(3), says="sent to|received|accepted|I4")


def test_a7_more_than_line_takes_in_a_request(red, monkeypatch):
    monkeypatch.setattr(limits, "MULTICAST_PEOPLE", 501)
    red(audiences.reach, "multicast", 501, says="failed=501")


def test_a7_ids_that_are_none(red, monkeypatch):
    monkeypatch.setattr(syncing, "USER_ID", re.compile(r".*"))
    red(audiences._no_ids, says="failed")


@pytest.mark.full
def test_a8_fresh_keys_double_people_after_an_outage(stage, tmp_path):
    def doubled(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            outages.suffer(stage, folder, "power", Random(number), kills.forget_the_keys)
        except AssertionError as seen:
            return "received" in str(seen)
        return False

    assert any(map(doubled, range(30)))


def test_e1_a_lease_from_the_future_is_in_the_way(red, monkeypatch):
    monkeypatch.setattr(leases, "_CLOCKS_DIFFER", 4_000 * DAY)
    red(jumps._run, jumps._dead_sender, -DAY, says="state='sending'")


def test_e1_a_cooling_time_from_the_future_never_ends(red, monkeypatch):
    monkeypatch.setattr(schedules, "_mend_cooling", lambda _office: None)
    red(jumps._run, jumps._cooling, -DAY, says="state='waiting'")


def test_e2_lateness_counts_from_the_end_of_quiet_hours(red, monkeypatch):
    monkeypatch.setattr(reading, "begins", lambda row, _quiet: reading.due(row))
    red(calendars.fire, ("UTC", "UTC"), calendars.MOMENTS[11], says="0:00:00")


def test_e2_times_of_the_computers_own_zone_are_seen(red, monkeypatch):
    monkeypatch.setattr(timing, "JAPAN", ZoneInfo("America/New_York"))
    red(calendars.fire, ("UTC", "UTC"), calendars.MOMENTS[0], says=None)


@pytest.mark.parametrize(("limit", "minutes"), [(timedelta(days=99), 61), (timedelta(), 59)])
def test_e3_an_hour_is_the_limit(red, monkeypatch, limit, minutes):
    monkeypatch.setattr(lateness, "LATE", limit)
    red(late.come_back, timedelta(minutes=minutes), "multicast", says=None)


def test_m1_has_every_write_and_every_call(stage, tmp_path):
    assert menu_deaths.counted(stage, tmp_path) == dict(menu_deaths.POINTS)


def test_m1_without_marks_a_menu_whose_making_was_cut_off_stays(red, monkeypatch):
    monkeypatch.setattr(menu_copies, "mark_in", lambda _name, _key: "")
    red(menu_deaths.die_and_settle, Death("menus: call", "after", MAKES), says="on LINE")


def test_m1_whoever_is_not_noted_before_keeps_the_menu(stage, red, monkeypatch):
    monkeypatch.setattr(stage.processes, "without", ["gives first"])
    red(menu_deaths.die_and_settle, Death("menus: call", "after", GIVES), says="seen")


def test_m1_an_old_menu_that_goes_before_its_successor_is_there_leaves_people_without(stage, red, monkeypatch):
    monkeypatch.setattr(stage.processes, "without", ["new first"])
    red(menu_deaths.die_and_settle, Death("menus: call", "after", DELETES), says="no menu")
