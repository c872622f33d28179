"""How large a set of people is: by it a query begins with the smallest, and a pass over everybody is taken where it pays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.forms import Among, Bounded, Ranged

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from shopdesk.segments.forms import Form

MOST_COUNTED = 100_000
"""So many rows of a set are counted to tell its size, some milliseconds' work; beyond it is large whatever it is."""
UNKNOWN = 10_000
NARROW = 16
"""A range is narrow when it holds at most so small a part of the people. Sorting a row costs about so many times reading it."""
NARROW_IN_STRETCHES = 100


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

    def of(self, form: Among | Ranged) -> int:
        """Return the size of a set, at most `MOST_COUNTED` for each of its parts."""
        if self._session is None or not form.sized:
            return UNKNOWN
        return sum(self._counted(one, MOST_COUNTED) for one in form.sized)

    def narrow(self, form: Ranged) -> bool:
        """Tell whether fetching the people of a range one by one is quicker than a pass over all."""
        few = self.people // NARROW
        return self._session is not None and self._counted(form.sized[0], few + 1) <= few

    def settled(self, form: Form | Bounded, *, in_stretches: bool = False) -> Form:
        """Return a form that has made up its mind whether to go through a part of the rows or through all.

        Of a pass over all each stretch reads its own, of a part each reads the whole: it must be smaller.
        """
        if isinstance(form, Bounded):
            return form.test(*map(self._bound, form.bounds))
        if not isinstance(form, Among) or form.sweep is None or self._session is None:
            return form
        few = self._number(form.sweep.rows) // (NARROW_IN_STRETCHES if in_stretches else NARROW)
        large = sum(self._counted(one, few + 1) for one in form.sized) > few
        return replace(form, ids=(form.sweep.ids,) if large else form.ids, sweep=None)

    def _bound(self, bound: Select[Any]) -> Any:
        return bound.scalar_subquery() if self._session is None else self._session.scalar(bound)

    def _counted(self, rows: Select[Any], most: int) -> int:
        return self._number(select(func.count()).select_from(rows.limit(most).subquery()))

    def _number(self, query: Select[Any]) -> int:
        return 0 if self._session is None else self._session.scalar(query) or 0
