"""Opening hours: bands, past midnight, holidays, single days; what is written reads back the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from shopdesk.clock import JAPAN
from shopdesk.errors import InvalidInputError
from shopdesk.settings.opening_hours import Band, OpeningHours, holidays_of

SHOP = "月-金 10:00-14:00、17:00～26:00；土 １０：００－１８：００; 祝日 12:00-17:00; 2026-12-31 10:00-15:00; 2027-1-1 休み"


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ("2026-11-24T09:59", False),  # a Tuesday
        ("2026-11-24T10:00", True),
        ("2026-11-24T13:59", True),
        ("2026-11-24T14:00", False),
        ("2026-11-24T17:00", True),
        ("2026-11-25T00:00", True),
        ("2026-11-25T01:59", True),
        ("2026-11-25T02:00", False),
        ("2026-11-28T01:00", True),  # Saturday, still Friday's night
        ("2026-11-28T10:30", True),
        ("2026-11-28T18:00", False),
        ("2026-11-29T12:00", False),  # Sunday
        ("2026-11-23T10:30", False),  # 勤労感謝の日, a Monday
        ("2026-11-23T12:30", True),
        ("2026-11-24T00:30", False),  # the holiday had no night
        ("2026-09-22T13:00", True),  # between two holidays: one itself
        ("2027-03-22T12:30", True),  # stands in for the Sunday before
        ("2026-12-31T14:59", True),
        ("2026-12-31T18:00", False),  # a Thursday, but with hours of its own
        ("2027-01-01T12:30", False),  # 元日, closed by name
    ],
)
def test_open_and_closed(said, is_open):
    assert OpeningHours.parse(SHOP).open_at(at(said)) is is_open


def test_without_a_word_on_holidays_they_are_days_like_others():
    assert OpeningHours.parse("mon-fri 10:00-18:00").open_at(at("2026-11-23T10:30"))


def test_a_night_may_be_written_by_the_clock_or_past_it():
    assert OpeningHours.parse("fri 22:00-02:00") == OpeningHours.parse("fri 22:00-26:00")
    split = OpeningHours.parse("fri 20:00-24:00,24:00-26:00")
    assert [split.open_at(at(f"2026-11-{day}")) for day in ("27T23:59", "28T00:00", "28T01:59", "28T02:00")] == [
        True,
        True,
        True,
        False,
    ]


def test_nothing_typed_is_always_open():
    assert OpeningHours.parse("  \n ") is None


@pytest.mark.parametrize(
    "wrong",
    [
        "mon",
        "mon-fri",
        "10:00-18:00",
        "mon 10-18",
        "mon 10:00-10:00",
        "mon 10:60-12:00",
        "mon 47:00-49:00",
        "someday 10:00-12:00",
        "holiday-mon 10:00-12:00",
        "mon-tue-wed 10:00-12:00",
        "2026-02-30 closed",
        "mon closed 10:00-12:00",
        "9" * 5000,
    ],
)
def test_what_is_no_hours_is_refused(wrong):
    with pytest.raises(InvalidInputError):
        OpeningHours.parse(wrong)


def test_holidays_of_years_nobody_knows_are_none():
    assert date(2026, 11, 3) in holidays_of(2026)
    assert holidays_of(9998) == frozenset()


@pytest.mark.parametrize(
    ("hours", "opens", "closes"),
    [
        ("sun 15:00-18:00", "2026-11-22T15:02", "2026-11-22T14:32"),
        ("sun 00:00-48:00; mon-sat 00:00-24:00", "2026-11-22T14:32", None),
    ],
)
def test_the_next_moment_at_which_it_is_open_or_closed(hours, opens, closes):
    now, some = datetime(2026, 11, 22, 14, 32, tzinfo=JAPAN), OpeningHours.parse(hours)
    found = (some.next_moment(now, is_open=True), some.next_moment(now, is_open=False))
    assert found == tuple(one and datetime.fromisoformat(f"{one}+09:00") for one in (opens, closes))


bands = (
    st.lists(st.tuples(st.integers(0, 1440), st.integers(1, 1440)), max_size=3)
    .map(lambda pairs: tuple(sorted(Band(begin, begin + long) for begin, long in pairs)))
    .filter(lambda found: all(one.end <= 2880 for one in found))
)
hours = st.builds(
    OpeningHours,
    st.tuples(*[bands] * 7),
    st.none() | bands,
    st.dictionaries(st.dates(date(2000, 1, 1), date(2099, 1, 1)), bands, max_size=3).map(
        lambda days: tuple(sorted(days.items()))
    ),
)


@given(hours)
def test_what_is_written_reads_back_the_same(some):
    assert OpeningHours.parse(str(some)) == some


MOMENTS = st.integers(0, 3650 * 1440).map(
    lambda minutes: datetime(2020, 1, 2, tzinfo=JAPAN) + timedelta(minutes=minutes)
)


@given(hours, MOMENTS)
def test_open_is_what_the_bands_of_this_day_and_the_last_say(some, moment):
    """By an independent count: minutes since the beginning of time."""
    now = moment.toordinal() * 1440 + moment.hour * 60 + moment.minute
    bands_of = [
        (day, band) for day in (moment.toordinal(), moment.toordinal() - 1) for band in some.of(date.fromordinal(day))
    ]
    inside = any(day * 1440 + band.begin <= now < day * 1440 + band.end for day, band in bands_of)
    assert some.open_at(moment) is inside
