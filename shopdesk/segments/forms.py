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
    from collections.abc import Callable, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

Test: TypeAlias = ColumnElement[bool]
MOST_COUNTED = 20_000
"""So many rows of a set are counted to tell its size: a millisecond's work; beyond it is large whatever it is."""
UNKNOWN = 10_000
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

    def turned(self) -> Among:
        """Everybody else."""
        return replace(self, negated=not self.negated)

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


Form: TypeAlias = Test | Among
Size: TypeAlias = "Callable[[Among], int]"


def sizes(session: Session) -> Size:
    """Return what tells how large a set is, at most `MOST_COUNTED` for each of its parts."""

    def size(among: Among) -> int:
        counted = (select(func.count()).select_from(one.limit(MOST_COUNTED).subquery()) for one in among.sized)
        return sum(session.scalar(one) or 0 for one in counted) if among.sized else UNKNOWN

    return size


def unknown(_among: Among) -> int:
    """Where nothing can be asked: every set is as large as the next."""
    return UNKNOWN


def alone(form: Form) -> Test:
    """Return a form that stands by itself."""
    return form.driving() if isinstance(form, Among) else form


def all_of(forms: Sequence[Form], size: Size) -> Test:
    """Join forms that must all hold: the smallest set drives, what is left is asked of its people in the cheaper way."""
    tests = [form for form in forms if not isinstance(form, Among)]
    sets = [form for form in forms if isinstance(form, Among)]
    inside = [form for form in sets if not form.negated]
    if not inside:
        return and_(true(), *tests, *(form.checked() for form in sets))
    if len(sets) == 1:
        return and_(*tests, sets[0].driving())
    large = {id(form): size(form) for form in sets}
    driver = min(inside, key=lambda form: large[id(form)])
    reached = large[id(driver)] * TEST_COSTS
    rest = [form.tested() if reached <= large[id(form)] else form.checked() for form in sets if form is not driver]
    return and_(*tests, driver.driving(), *rest)


def any_of(forms: Sequence[Form]) -> Form:
    """Join forms of which one must hold: sets become one set."""
    sets = [form for form in forms if isinstance(form, Among) and not form.negated]
    if forms and len(sets) == len(forms):
        ids, sized = (
            tuple(chain.from_iterable(parts)) for parts in zip(*((one.ids, one.sized) for one in sets), strict=True)
        )
        return Among(ids, or_(*(form.test for form in sets)), sized)
    return or_(false(), *(form.checked() if isinstance(form, Among) else form for form in forms))
