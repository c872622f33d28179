"""How large a set of people is: by it a query begins with the smallest, and a pass over everybody is taken where it pays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from shopdesk.customers import anybody_stopped, in_use
from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.forms import END, FIRST, TEST_COSTS, Among, Bounded, Ranged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.segments.forms import Form, Test

MOST_COUNTED = 125_000
"""So many rows of a set are counted to tell its size, some milliseconds' work; beyond it is large whatever it is."""
UNKNOWN = 10_000
NARROW = 16
"""A range is narrow when it holds at most so small a part of the people."""
SHORT, SHORT_IN_STRETCHES = 24, 100
"""So many rows are passed over in their order in the time in which one is sorted."""
SAMPLES, SAMPLE = 8, 500


class Sizes:
    """Tells how large a set is, by counting a little of it. Without a session every set is as large as the next."""

    def __init__(self, session: Session | None = None) -> None:
        self._session = session
        self._people: int | None = None

    @property
    def people(self) -> int:
        """The highest number that a person has: about how many there are."""
        if self._people is None:
            self._people = self._number(select(func.max(CustomerRow.id)))
        return self._people

    def usable(self) -> tuple[ColumnElement[bool], ...]:
        """Return the condition that a person's data may be used, none where it is everybody's."""
        return () if self._session is not None and not anybody_stopped(self._session) else (in_use(),)

    def of(self, form: Among | Ranged) -> int:
        """Return the size of a set, at most `MOST_COUNTED` for each of its parts."""
        if self._session is None or not form.sized:
            return UNKNOWN
        return sum(self._counted(one, MOST_COUNTED) for one in form.sized)

    def left_of_all(self, tests: Sequence[Test], among: int) -> int | None:
        """Return how many people their own rows leave, guessed from some; None where a set of so many is gone through sooner."""
        a_pass = self.people // NARROW
        if self._session is None or among <= a_pass:
            return None
        some = [self.people * n // SAMPLES for n in range(SAMPLES)]
        of_some = or_(*(CustomerRow.id.between(one + 1, one + SAMPLE) for one in some))
        everybody = {FIRST.key: 0, END.key: self.people + 1}  # for a group inside, made for stretches
        found = self._number(select(func.count()).select_from(CustomerRow).where(of_some, *tests), everybody)
        left = found * self.people // (SAMPLES * SAMPLE)
        return left if left * TEST_COSTS + a_pass <= among else None

    def narrow(self, form: Ranged, least: int | None = None) -> bool:
        """Tell whether fetching the people of a range one by one is quicker than a pass over all, or over a set of `least`."""
        few = self.people // NARROW if least is None else min(self.people // NARROW, least)
        return self._session is not None and self._counted(form.sized[0], few + 1) <= few

    def settled(self, form: Form | Bounded, *, in_stretches: bool = False) -> Form:
        """Return a form that has made up its mind whether to go through a part of the rows or through all.

        Of a pass over all each stretch reads its own, of a part each reads the whole: it must be smaller.
        """
        if isinstance(form, Bounded):
            return form.test(*map(self._bound, form.bounds))
        if not isinstance(form, Among) or form.sweep is None or self._session is None:
            return form
        few = self._number(form.sweep.rows) // (SHORT_IN_STRETCHES if in_stretches else SHORT)
        large = sum(self._counted(one, few + 1) for one in form.sized) > few
        return replace(form, ids=(form.sweep.ids,) if large else form.ids, sweep=None)

    def _bound(self, bound: Select[Any]) -> Any:
        return bound.scalar_subquery() if self._session is None else self._session.scalar(bound)

    def _counted(self, rows: Select[Any], most: int) -> int:
        return self._number(select(func.count()).select_from(rows.limit(most).subquery()))

    def _number(self, query: Select[Any], given: dict[str, int] | None = None) -> int:
        return 0 if self._session is None else self._session.scalar(query, given) or 0
