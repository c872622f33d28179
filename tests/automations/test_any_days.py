"""Whenever people answer, and however seldom the computer is on: each has each message once, in order, never early, one a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from shopdesk.automations import NewStep
from shopdesk.automations.tables import EntryRow, StepRow, TurnRow
from shopdesk.automations.timing import Time, due
from shopdesk.clock import japan_day
from shopdesk.surveys import Person
from tests.automations.conftest import dry, says
from tests.people import person
from tests.surveys.conftest import answer_all, published

_MOST = 7
_TIMES = st.none() | st.sampled_from([time(0), time(9, 30), time(10), time(22), time(23, 59)])
STEPS = st.lists(st.tuples(st.integers(0, _MOST), _TIMES), min_size=1, max_size=4, unique_by=lambda one: one[0]).map(
    lambda found: sorted(found, key=lambda one: one[0])
)
HOURS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["answer", "round", "pause"])), min_size=4, max_size=12)
_names = count(1)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, hours=HOURS)
def test_each_message_once_in_order_never_early_one_a_day(sqlite_shop, clock, steps, hours):
    shop, name = sqlite_shop, f"{next(_names)}"
    survey = published(shop, name=name)
    wanted = dry(survey, *(NewStep(days, at, says("はい")) for days, at in steps), name=name)
    made = shop.automations.start(shop.automations.create(wanted).id)
    answered = 0
    for after, what in hours:
        clock.move(timedelta(hours=after, minutes=7))
        if what == "answer":
            answered += 1
            answer_all(shop, survey, Person(person(shop)))
        elif what == "round":
            shop.automations.run(clock.now())
        else:
            shop.automations.pause(made.id)
            shop.automations.start(made.id)
    for _day in range(_MOST + 5):  # by then everybody's last turn has come, also where the computer is on at night only
        clock.move(timedelta(days=1))
        shop.automations.run(clock.now())
    turns = turns_of(shop, made.id)
    assert len(turns) == answered
    for answer, had in turns.items():
        assert [when for when, _at in had] == [Time(*one) for one in steps]
        assert all(due(answer[1], when) <= at for when, at in had)
        assert all(japan_day(before[1]) < japan_day(after[1]) for before, after in pairwise(had))
    assert shop.automations.broken() == []
    shop.automations.end(made.id)


def turns_of(shop, automation: int) -> dict[tuple[int, datetime], list[tuple[Time, datetime]]]:
    """What each person had and when, in the order in which they had it."""
    entry, step, turn = EntryRow, StepRow, TurnRow
    chosen = (
        select(entry.id, entry.at, step.days, step.at, turn.at)
        .join(turn, turn.entry_id == entry.id)
        .join(step, step.id == turn.step_id)
        .where(entry.automation_id == automation)
        .order_by(turn.at, step.days)
    )
    found: dict[tuple[int, datetime], list[tuple[Time, datetime]]] = {}
    with shop.database.read() as session:
        for id_, answered, days, at, had in session.execute(chosen):
            found.setdefault((id_, answered), []).append((Time(days, time.fromisoformat(at) if at else None), had))
    return found
