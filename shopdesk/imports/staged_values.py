"""What of a neutral row is staged: who a person is within one import, and the values of the staged tables' columns."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from shopdesk import customers, japanese
from shopdesk.database import milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopdesk.imports.reading.neutral import NeutralCustomer, NeutralLine, NeutralOrder


def identity(cart: str, person: NeutralCustomer) -> str | None:
    """Return what tells a person apart from the others of an import; None where nothing does (a name alone never does)."""
    if person.member_id:
        return f"m\x1f{_scope(cart, person)}\x1f{person.member_id}"
    if person.email:
        return f"e\x1f{person.email_scope}\x1f{person.email}"
    if person.keys:
        return "\x1f".join(person.keys[0])
    folded = japanese.fold(person.name) or japanese.fold(person.kana)
    return f"p\x1f{person.phone}\x1f{folded}" if person.phone and folded else None


def _scope(cart: str, person: NeutralCustomer) -> str:
    """Return whose member numbers the person's is one of."""
    return cart if person.member_scope is None else person.member_scope


def customer_values(n: int, cart: str, person: NeutralCustomer) -> tuple[Any, ...]:
    """Return a row of `staged_customers` without what is found out later."""
    born = person.birth_date
    scope = _scope(cart, person)
    return (
        *(
            n,
            scope,
            scope if person.member_id else "",
            person.member_id,
            person.email_scope,
            person.email,
            person.phone,
        ),
        *(person.name, person.kana, *customers.folds(person.name, person.kana)),
        *(
            person.postal,
            person.prefecture,
            person.address,
            born.isoformat() if born else None,
            born.month if born else None,
        ),
        *(person.sex, person.note, "", "", person.consent_line, person.consent_mail),
    )


def order_values(order: NeutralOrder) -> tuple[Any, ...]:
    """Return an order's own values: cart to payment, as `staged_orders` has them."""
    return (
        *(
            order.cart,
            order.number,
            order.buyer.name,
            milliseconds(order.ordered_at),
            order.total_yen,
            order.refunded_yen,
            order.discount_yen,
        ),
        *(int(order.cancelled), order.status, order.payment),
    )


def hashed(identity: str) -> int:
    """Return the number under which a person or product is staged."""
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "big") >> 1


def digest(before: str, values: tuple[Any, ...], lines: Iterable[NeutralLine]) -> str:
    """Return what tells whether an order brings news. `before` is the digest of its rows that lay apart, '' at first."""
    said = repr((before, values, *map(tuple, lines)))  # a plain tuple is written ten times faster than a named one
    return blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()
