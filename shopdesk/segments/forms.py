"""The forms in which a condition reaches the database: a test of one person's row, or a set of people from another table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, select, true, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from shopdesk.customers.tables import CustomerRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Select

    from shopdesk.segments.sizes import Sizes

Test: TypeAlias = ColumnElement[bool]
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


class InOneCase(ColumnElement[Any]):
    """A text with A to Z as small letters, and no others: each database's own way would differ beyond these."""

    inherit_cache = True
    _traverse_internals = [("text", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy's own form

    def __init__(self, text: Any) -> None:
        self.text = text
        self.type = text.type


@compiles(InOneCase, "sqlite")
def _lower(element: InOneCase, compiler: Any, **more: Any) -> str:
    return f"lower({compiler.process(element.text, **more)})"


@compiles(InOneCase, "postgresql")
def _lower_by_code(element: InOneCase, compiler: Any, **more: Any) -> str:
    return f'lower({compiler.process(element.text, **more)} COLLATE "C")'


_ID = CustomerRow.__table__.c.id
FIRST, END = bindparam("first_id", type_=_ID.type), bindparam("end_id", type_=_ID.type)
"""Where a stretch of people begins and ends: given with each run of a query that is asked in stretches."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The same people by one pass over all `rows` in the people's order, quicker where most of them are asked."""

    ids: Select[Any]
    rows: Select[Any]


@dataclass(frozen=True, slots=True)
class Among:
    """People whom another table names, or all others.

    `ids` gives them as a set, in parts; `test` asks the same of one person; `sized` selects one row for each of them, or
    about so. `sweep` is another way to the set where `sized` is a large part of all rows. `known` holds of all of them by
    their own row, and of few others: most people need not be looked up.
    """

    ids: tuple[Select[Any], ...]
    test: Test
    sized: tuple[Select[Any], ...] = ()
    negated: bool = False
    sweep: Sweep | None = None
    known: Test | None = None

    def in_stretch(self) -> Among:
        """Return the form of which the set holds only the people from `FIRST` to before `END`."""
        return replace(self, ids=tuple(one.where(_first(one) >= FIRST, _first(one) < END) for one in self.ids))

    def driving(self) -> Test:
        """Go through these people instead of through everybody."""
        return _ID.not_in(self._set()) if self.negated else _ID.in_(self._set())

    def checked(self) -> Test:
        """Look each person up in the set, which is made once."""
        return self._signed(Unindexed(_ID).in_(self._set()))

    def _set(self) -> Any:
        return self.ids[0] if len(self.ids) == 1 else union_all(*self.ids)

    def tested(self) -> Test:
        """Ask for each person anew."""
        return self._signed(self.test)

    def _signed(self, found: Test) -> Test:
        known = found if self.known is None else and_(self.known, found)
        return ~known if self.negated else known


@dataclass(frozen=True, slots=True)
class Ranged:
    """A range of a figure that has an index of its own: worth it where few people are in the range."""

    indexed: Test
    test: Test

    @property
    def sized(self) -> tuple[Select[Any], ...]:
        """One row for each person in the range."""
        return (select(_ID).where(self.indexed),)


@dataclass(frozen=True, slots=True)
class Led:
    """Conditions that all hold: one finds the people, `reached` of them, by a set or `by_range`; the others are asked of these."""

    test: Test
    reached: int
    by_range: bool


Form: TypeAlias = Test | Among | Ranged | Led


@dataclass(frozen=True, slots=True)
class Bounded:
    """A test against figures of the whole shop: `bounds` select them, to be read once; `test` takes them, None where one lacks."""

    bounds: tuple[Select[Any], ...]
    test: Callable[..., Test]


def _first(ids: Select[Any]) -> Any:
    return ids.selected_columns[0]


def alone(form: Form, sizes: Sizes, *, bare: bool = False) -> Test:
    """Return a form that stands by itself; `bare` where nothing but the people's ids is asked: an index holds these."""
    match form:
        case Among():
            return form.driving()
        case Ranged():
            return form.indexed if bare or sizes.narrow(form) else form.test
        case Led():
            return form.test
    return form


def _beside(form: Form) -> Test:
    """Return a form as it is asked of people whom another finds."""
    match form:
        case Among():
            return form.checked()
        case Ranged() | Led():
            return form.test
    return form


def _cheap_first(forms: Sequence[Form]) -> list[Form]:
    """SQLite asks in the order of the text: a person's own row before any set."""
    return sorted(forms, key=lambda form: isinstance(form, Among))


def all_of(parts: Sequence[Form], sizes: Sizes) -> Form:
    """Join forms that must all hold: the smallest set drives, what is left is asked of its people in the cheaper way.

    Where all sets are large, and the people's own rows leave few, a pass over these rows drives.
    """
    forms = _cheap_first(parts)
    found = [form for form in forms if isinstance(form, Among) and not form.negated]
    large = {id(form): sizes.of(form) for form in found}
    least = min(large.values(), default=None)
    ranges = [form for form in forms if isinstance(form, Ranged) and sizes.narrow(form, least)]
    inside: list[Among | Ranged] = [*found, *ranges]
    if not inside:
        return and_(true(), *(_beside(form) for form in forms))
    large |= {id(form): sizes.of(form) for form in forms if isinstance(form, Among) and form.negated}
    large |= {id(form): sizes.of(form) for form in ranges}
    driver = min(inside, key=lambda form: large[id(form)])
    own = [test for test in map(_of_own_row, forms) if test is not None]
    left = sizes.left_of_all(own, large[id(driver)]) if own and isinstance(driver, Among) else None
    reached = large[id(driver)] if left is None else left

    def asked(form: Form) -> Test:
        if form is driver and left is None:
            return _driving(driver)
        if isinstance(form, Among) and reached * TEST_COSTS <= large[id(form)]:
            return form.tested()
        return _beside(form)

    joined = and_(*(asked(form) for form in forms))
    return joined if left is not None else Led(joined, reached, isinstance(driver, Ranged))


def _of_own_row(form: Form) -> Test | None:
    """What a form asks of a person's own row."""
    if isinstance(form, Among):
        return None if form.negated else form.known
    return _beside(form)


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
    return or_(false(), *(_beside(form) for form in _cheap_first(forms)))


def negated(form: Form) -> Form:
    """Return a form that takes everybody else."""
    match form:
        case Among():
            return replace(form, negated=not form.negated)
        case Ranged() | Led():
            return ~form.test
    return ~form
