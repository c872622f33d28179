"""Who may be one person, for somebody to decide."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from shopdesk.customers.identity import Known, likeness
from shopdesk.customers.keys import known, with_phone
from shopdesk.customers.pairs import distinct_from
from shopdesk.customers.records import Duplicate, Pair
from shopdesk.customers.searching import matches
from shopdesk.customers.tables import CustomerRow, DistinctPeopleRow
from shopdesk.customers.views import customers, require
from shopdesk.database import portions
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from shopdesk.customers.office import Office

MOST_PAIRS = 2_000
"""Pairs that are weighed against each other; further ones come up when these are decided."""
MOST_ALIKE = 10
"""A phone or a name that more people have than this is no one person's."""

# Each groups the shop's people by what they have in common: by one walk of an index where there is one (phone), else in
# one pass over the table.
_KINDS = (
    ("phone", "phone <> ''"),
    ("postal, name_fold", "postal <> '' AND name_fold <> ''"),
    ("postal, kana_fold", "postal <> '' AND kana_fold <> ''"),
    ("birth_date, name_fold", "birth_date IS NOT NULL AND name_fold <> ''"),
)


class Doubles:
    """Who may be one person: of one, and of the whole shop. Never proof: a person decides."""

    def __init__(self, office: Office) -> None:
        self._database = office.database
        self._staff = office.staff

    @needs(Act.SEE_PEOPLE)
    def of(self, customer_id: int, limit: int = 20) -> list[Duplicate]:
        """Return who else may be this person, the likeliest first: an equal phone, name or kana.

        Raises:
            NotFoundError: there is no such customer.
        """
        with self._database.read() as session:
            require(session, [customer_id])
            return alike(session, known(session, [customer_id])[0], limit)

    @needs(Act.SEE_PEOPLE)
    def to_decide(self, limit: int = 200, *, by_phone: bool = False) -> list[Pair]:
        """Return the likeliest pairs of the whole shop, the likeliest first; further ones come when these are decided.

        `by_phone` leaves out those without a phone in common, who need a pass over everybody: for a first look.
        """
        with self._database.read() as session:
            return pairs(session, limit, by_phone=by_phone)


def alike(session: Session, person: Known, limit: int) -> list[Duplicate]:
    """Return who shares a phone, name or kana with this person, the likeliest first; nobody said to be another."""
    row = CustomerRow
    near = {one.id for one in with_phone(session, person.phone)}
    if person.name_fold:
        match = matches(session, person.name_fold)
        if match.rare:
            near |= set(session.scalars(select(row.id).where(*match.collected, row.name_fold == person.name_fold)))
    if person.kana_fold:
        near |= set(session.scalars(select(row.id).where(row.sort_key == person.kana_fold).limit(limit * 10)))
    near -= {person.id, *distinct_from(session, person.id)}
    scored = {one.id: likeness(person, one) for one in known(session, sorted(near))}
    best = sorted((one for one in scored if scored[one][0] > 0), key=lambda one: (-scored[one][0], one))[:limit]
    return [Duplicate(one, *scored[one.id]) for one in customers(session, best)]


def pairs(session: Session, limit: int, *, by_phone: bool) -> list[Pair]:
    """Return the likeliest pairs of the whole shop, leaving out those said to be two people; only of one phone `by_phone`."""
    found = _candidates(session, _KINDS[:1] if by_phone else _KINDS)
    people = {
        one.id: one for some in portions(sorted({i for pair in found for i in pair})) for one in known(session, some)
    }
    scored = {pair: likeness(people[pair[0]], people[pair[1]]) for pair in found}
    best = sorted((pair for pair in found if scored[pair][0] > 0), key=lambda pair: (-scored[pair][0], pair))[:limit]
    shown = {
        one.id: one for some in portions(sorted({i for pair in best for i in pair})) for one in customers(session, some)
    }
    return [Pair(shown[one], shown[other], *scored[one, other]) for one, other in best]


def _candidates(session: Session, kinds: Sequence[tuple[str, str]]) -> Sequence[tuple[int, int]]:
    """Pairs with something in common, the most telling kinds first, until there are enough to choose from."""
    listed = "group_concat(id)" if session.get_bind().dialect.name == "sqlite" else "string_agg(CAST(id AS text), ',')"
    told = {
        (one, other) for one, other in session.execute(select(DistinctPeopleRow.one_id, DistinctPeopleRow.other_id))
    }
    found: dict[tuple[int, int], None] = {}
    for columns, said in kinds:
        grouped = f"SELECT {listed} FROM customers WHERE {said} GROUP BY {columns} HAVING count(*) BETWEEN 2 AND :most LIMIT :pairs"
        for ids in session.scalars(text(grouped), {"most": MOST_ALIKE, "pairs": MOST_PAIRS}):
            found |= dict.fromkeys(
                pair for pair in combinations(sorted(map(int, ids.split(","))), 2) if pair not in told
            )
        if len(found) >= MOST_PAIRS:
            break
    return list(found)[:MOST_PAIRS]
