"""Finding a customer by what identifies people, and keeping those keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, insert, select, tuple_

from shopdesk.customers.identity import Claim, How, Key, Known, decide
from shopdesk.customers.tables import CustomerKeyRow, CustomerRow
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.customers.identity import KeyKind


class AlreadyKnownError(ShopDeskError):
    """Somebody with this mail, or this phone and name, is a customer already."""

    code = "already_known"

    def __init__(self, customer_id: int) -> None:
        super().__init__(
            _("This is customer {id}, who is here already. Open that customer and edit there.").format(id=customer_id)
        )
        self.customer_id = customer_id


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a claim means (None: nobody known), how that is known, and who has the same phone without being sure."""

    id: int | None
    how: How | None
    possible: tuple[int, ...]


def find(session: Session, claim: Claim) -> Found:
    """Return the customer whom a claim means. A name alone finds nobody."""
    by_key = owners(session, claim.keys)
    by_phone = with_phone(session, claim.phone)
    decided = decide(claim, by_key, by_phone)
    possible = tuple(known.id for known in by_phone if decided is None or known.id != decided[0])
    who, how = decided or (None, None)
    return Found(who, how, possible)


def owners(session: Session, keys: Sequence[Key]) -> dict[Key, int]:
    """Return who has these keys."""
    if not keys:
        return {}
    row = CustomerKeyRow
    found = session.execute(
        select(row.kind, row.scope, row.value, row.customer_id).where(tuple_(row.kind, row.scope, row.value).in_(keys))
    )
    return {as_key(kind, scope, value): owner for kind, scope, value, owner in found}


def with_phone(session: Session, phone: str) -> list[Known]:
    """Return everybody with this phone number (E.164), oldest first."""
    if not phone:
        return []
    ids = session.scalars(select(CustomerRow.id).where(CustomerRow.phone == phone).order_by(CustomerRow.id)).all()
    return known(session, ids)


def known(session: Session, ids: Sequence[int]) -> list[Known]:
    """Return what identity asks about these customers, in their order."""
    row = CustomerRow
    keys = keys_by_customer(session, ids)
    asked = (row.id, row.phone, row.name_fold, row.kana_fold, row.email, row.postal, row.birth_date)
    found = session.execute(select(*asked).where(row.id.in_(ids)))
    made = {one.id: Known(one.id, frozenset(keys.get(one.id, ())), *one[1:]) for one in found}
    return [made[one] for one in ids if one in made]


def keys_by_customer(session: Session, ids: Sequence[int]) -> dict[int, list[Key]]:
    """Return the keys of these customers, sorted."""
    row = CustomerKeyRow
    found: dict[int, list[Key]] = {}
    chosen = select(row.customer_id, row.kind, row.scope, row.value).where(row.customer_id.in_(ids))
    for owner, kind, scope, value in session.execute(chosen.order_by(row.kind, row.scope, row.value)):
        found.setdefault(owner, []).append(as_key(kind, scope, value))
    return found


def give(session: Session, customer_id: int, keys: Iterable[Key]) -> None:
    """Give a customer keys that nobody has."""
    rows = [{**key._asdict(), "customer_id": customer_id} for key in keys]
    if rows:
        session.execute(insert(CustomerKeyRow), rows)


def take(session: Session, keys: Sequence[Key]) -> None:
    """Take keys from whoever has them."""
    row = CustomerKeyRow
    if keys:
        session.execute(delete(row).where(tuple_(row.kind, row.scope, row.value).in_(keys)))


def replace_mail(session: Session, row: CustomerRow, fresh: Sequence[Key]) -> None:
    """Give a customer the keys of another mail in place of those of theirs. Raises AlreadyKnownError: somebody else has it."""
    owner = owners(session, fresh)
    for one in owner.values():
        if one != row.id:
            raise AlreadyKnownError(one)
    mine = keys_by_customer(session, [row.id]).get(row.id, ())
    take(session, [key for key in mine if key.kind == "mail" and key.value == row.email])
    give(session, row.id, [key for key in fresh if key not in owner])


def as_key(kind: str, scope: str, value: str) -> Key:
    """Return a key as it is stored."""
    return Key(cast("KeyKind", kind), scope, value)
