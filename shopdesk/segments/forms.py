"""The forms in which a condition reaches the database: a test of one person's row, or a set of people from another table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from shopdesk.customers.tables import CustomerRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

Test: TypeAlias = ColumnElement[bool]
MOST_COUNTED = 100_000
"""So many rows of a set are counted to tell its size, some milliseconds' work; beyond it is large whatever it is."""
UNKNOWN = 10_000
NARROW = 16
"""A range is narrow when it holds at most so small a part of the people."""
TEST_COSTS = 3
"""Looking one person up costs as much as bringing so many into a set."""


class Unindexed(ColumnElement[Any]):
    """A column by which SQLite does not pick an index.

    Without statistics it takes any range for narrow and fetches half a million rows one by one, eight times slower than
    one pass over the index that holds all figures.
    """

    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy's own form

    def __init__(self, column: Any) -> None:
        self.column = column
        self.type = column.type


@compiles(Unindexed)
def _as_it_is(element: Unindexed, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.column, **more))


@compiles(Unindexed, "sqlite")
def _unindexed(element: Unindexed, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.column, **more)}"


_ID = CustomerRow.__table__.c.id


@dataclass(frozen=True, slots=True)
class Among:
    """People whom another table names, or all others.

    `ids` gives them as a set, in parts; `test` asks the same of one person; `sized` selects one row for each of them, or about so.
    """

    ids: tuple[Select[Any], ...]
    test: Test
    sized: tuple[Select[Any], ...] = ()
    negated: bool = False

    def driving(self) -> Test:
        """Go through these people instead of through everybody."""
        return _ID.not_in(self._set()) if self.negated else _ID.in_(self._set())

    def checked(self) -> Test:
        """Look each person up in the set, which is made once."""
        found = Unindexed(_ID).in_(self._set())
        return ~found if self.negated else found

    def _set(self) -> Any:
        return self.ids[0] if len(self.ids) == 1 else union_all(*self.ids)

    def tested(self) -> Test:
        """Ask for each person anew."""
        return ~self.test if self.negated else self.test


@dataclass(frozen=True, slots=True)
class Ranged:
    """A range of a figure that has an index of its own: worth it where few people are in the range."""

    indexed: Test
    test: Test

    @property
    def sized(self) -> tuple[Select[Any], ...]:
        """One row for each person in the range."""
        return (select(_ID).where(self.indexed),)


Form: TypeAlias = Test | Among | Ranged


class Sizes:
    """Tells how large a set is, by counting a little of it. Without a session every set is as large as the next."""

    def __init__(self, session: Session | None = None) -> None:
        self._session = session
        self._few: int | None = None

    def of(self, form: Among | Ranged) -> int:
        """Return the size of a set, at most `MOST_COUNTED` for each of its parts."""
        if self._session is None or not form.sized:
            return UNKNOWN
        counted = (select(func.count()).select_from(one.limit(MOST_COUNTED).subquery()) for one in form.sized)
        return sum(self._session.scalar(one) or 0 for one in counted)

    def narrow(self, form: Ranged) -> bool:
        """Tell whether fetching the people of a range one by one is quicker than a pass over all."""
        if self._session is None:
            return False
        if self._few is None:
            self._few = (self._session.scalar(select(func.max(_ID))) or 0) // NARROW
        some = select(_ID).where(form.indexed).limit(self._few + 1).subquery()
        return (self._session.scalar(select(func.count()).select_from(some)) or 0) <= self._few


def alone(form: Form, sizes: Sizes) -> Test:
    """Return a form that stands by itself."""
    match form:
        case Among():
            return form.driving()
        case Ranged():
            return form.indexed if sizes.narrow(form) else form.test
    return form


def _beside(form: Form) -> Test:
    """Return a form as it is asked of people whom another finds."""
    match form:
        case Among():
            return form.checked()
        case Ranged():
            return form.test
    return form


def all_of(forms: Sequence[Form], sizes: Sizes) -> Test:
    """Join forms that must all hold: the smallest set drives, what is left is asked of its people in the cheaper way."""
    inside = [form for form in forms if (isinstance(form, Among) and not form.negated) or isinstance(form, Ranged)]
    inside = [form for form in inside if isinstance(form, Among) or sizes.narrow(form)]
    if not inside:
        return and_(true(), *(_beside(form) for form in forms))
    if len(inside) == 1 and not any(isinstance(form, Among) for form in forms if form is not inside[0]):
        return and_(*(_driving(form) if form is inside[0] else _beside(form) for form in forms))
    sets = (*inside, *(form for form in forms if isinstance(form, Among) and form.negated))
    large = {id(form): sizes.of(form) for form in sets}
    driver = min(inside, key=lambda form: large[id(form)])
    reached = large[id(driver)] * TEST_COSTS

    def asked(form: Form) -> Test:
        if form is driver:
            return _driving(driver)
        if isinstance(form, Among) and reached <= large[id(form)]:
            return form.tested()
        return _beside(form)

    return and_(*(asked(form) for form in forms))


def _driving(form: Among | Ranged) -> Test:
    return form.driving() if isinstance(form, Among) else form.indexed


def any_of(forms: Sequence[Form]) -> Form:
    """Join forms of which one must hold: sets become one set."""
    sets = [form for form in forms if isinstance(form, Among) and not form.negated]
    if forms and len(sets) == len(forms):
        ids, sized = (
            tuple(chain.from_iterable(parts)) for parts in zip(*((one.ids, one.sized) for one in sets), strict=True)
        )
        return Among(ids, or_(*(form.test for form in sets)), sized)
    return or_(false(), *(_beside(form) for form in forms))


def negated(form: Form) -> Form:
    """Return a form that takes everybody else."""
    match form:
        case Among():
            return replace(form, negated=not form.negated)
        case Ranged():
            return ~form.test
    return ~form
