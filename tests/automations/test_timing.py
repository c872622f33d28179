"""When whose turn it is, worked out both ways: from the answer, and back from now."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings, strategies as st

from shopdesk.automations.timing import Time, answered_by, due
from shopdesk.clock import JAPAN, in_japan, japan_day

_MINUTES = st.integers(0, 4 * 24 * 60)
_BEGIN = datetime(2026, 12, 29, 12, tzinfo=UTC)
MOMENTS = st.builds(
    lambda minutes, ms: _BEGIN + timedelta(minutes=minutes, milliseconds=ms), _MINUTES, st.sampled_from([0, 1, 59_999])
)
TIMES = st.builds(
    Time, st.sampled_from([0, 1, 2, 365]), st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0))
)


@settings(max_examples=150)
@given(MOMENTS, MOMENTS, TIMES)
def test_due_from_the_answer_and_from_now_are_the_same(answered: datetime, now: datetime, when: Time) -> None:
    later = now + timedelta(days=when.days)
    turn = due(answered, when)
    assert (turn <= later) == (answered <= answered_by(later, when))
    assert turn >= answered
    if when.at is None:
        assert turn - answered == timedelta(days=when.days)
    else:
        days = (japan_day(turn) - japan_day(answered)).days
        assert in_japan(turn).time() == when.at
        assert days == when.days or (when.days, days) == (0, 1)
    assert due(answered + timedelta(minutes=7), when) >= turn


def test_over_midnight_in_japan() -> None:
    late, early = datetime(2026, 12, 31, 23, 59, tzinfo=JAPAN), datetime(2027, 1, 1, 0, 0, tzinfo=JAPAN)
    three = Time(3, time(10))
    assert due(late, three) == datetime(2027, 1, 3, 10, tzinfo=JAPAN)
    assert due(early, three) == datetime(2027, 1, 4, 10, tzinfo=JAPAN)
    assert due(late, Time(0, time(10))) == datetime(2027, 1, 1, 10, tzinfo=JAPAN)
    assert due(late, Time(0, time(23, 59))) == late
