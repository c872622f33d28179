"""What a column of an export can hold: each word with the kind of its cells, their width, and how it is read from a row."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.clock import in_japan
from shopdesk.database import milliseconds
from shopdesk.i18n import N_
from shopdesk.imports import written_keys, written_tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from shopdesk.coupons import Holder
    from shopdesk.exports.records import Bought, Delivered, Entry, Goods, Person, Stamped
    from shopdesk.spreadsheets import Value
    from shopdesk.spreadsheets.outgoing import Kind


class Content(NamedTuple):
    """What one word stands for."""

    kind: Kind
    width: int
    read: Callable[[Entry], Value]


def _person(kind: Kind, width: int, read: Callable[[Person], Value]) -> Content:
    return Content(kind, width, lambda entry: read(entry.person))


def _order(kind: Kind, width: int, read: Callable[[Bought], Value]) -> Content:
    return Content(kind, width, lambda entry: read(entry.order) if entry.order else None)


def _goods(kind: Kind, width: int, read: Callable[[Goods], Value]) -> Content:
    return Content(kind, width, lambda entry: read(entry.goods) if entry.goods else None)


def _subscription(kind: Kind, width: int, read: Callable[[Delivered], Value]) -> Content:
    return Content(kind, width, lambda entry: read(entry.subscription) if entry.subscription else None)


def _coupon(kind: Kind, width: int, read: Callable[[Holder], Value]) -> Content:
    return Content(kind, width, lambda entry: read(entry.coupon) if entry.coupon else None)


def _card(kind: Kind, width: int, read: Callable[[Stamped], Value]) -> Content:
    return Content(kind, width, lambda entry: read(entry.card) if entry.card else None)


_YES = {"yes": N_("yes"), "no": N_("no")}
SAID: dict[str, dict[str, str]] = {
    "customer.sex": {"male": N_("male"), "female": N_("female")},
    "customer.line": {"friend": N_("Friend"), "blocked": N_("Blocked")},
    "consent.line": _YES,
    "consent.mail": _YES,
    "order.cancelled": _YES,
    "subscription.state": {"active": N_("active"), "paused": N_("paused"), "stopped": N_("stopped")},
    "coupon.why": {
        "hand": N_("by hand"),
        "segment": N_("to a segment"),
        "link": N_("by link"),
        "follow": N_("new friend"),
        "birthday": N_("birthday"),
        "reward": N_("reward"),
        "survey": N_("survey"),
    },
    "coupon.state": {
        "issued": N_("given"),
        "opened": N_("opened"),
        "used": N_("used"),
        "expired": N_("expired"),
        "lost": N_("not won"),
    },
}
"""How the codes of some words are said in our own files; carts say theirs in their layouts."""


def _wall(at: datetime | None) -> datetime | None:
    """A moment as a clock in Japan shows it: cells know no zones."""
    return None if at is None else in_japan(at).replace(tzinfo=None)


def _last_day(expires_at: datetime | None) -> date | None:
    """The last day in Japan before something expires."""
    return None if expires_at is None else in_japan(expires_at - timedelta(milliseconds=1)).date()


def family_and_given(name: str) -> tuple[str, str]:
    """Return the two parts of a name as the shop writes it, family name first; '' for what there is not."""
    family, _space, given = name.partition(" ")
    return family, given


def _keys(person: Person) -> str:
    """All that identifies a person; whom nothing does, their number and moment of creation here."""
    if person.keys or person.created_at is None:
        return written_keys(person.keys)
    return written_keys([("person", str(milliseconds(person.created_at)), str(person.id))])


def _buyer(entry: Entry) -> str:
    return entry.order.buyer_name if entry.order else entry.person.name


def _state_by_row(entry: Entry) -> str:
    """An order's state on its first row; on the later ones, too, where it is cancelled as a whole."""
    order, goods = entry.order, entry.goods
    if order is None or (goods is not None and goods.position > 1 and not order.cancelled):
        return ""
    return order.status


def _beside_goods(entry: Entry) -> int | None:
    """On an order's first row: what its total is above the sum of its goods."""
    order, goods = entry.order, entry.goods
    if order is None or order.total_yen is None or (goods is not None and goods.position > 1):
        return None
    return order.total_yen - sum(one.total_yen or 0 for one in entry.lines)


def _packed(read: Callable[[Goods], object]) -> Content:
    """All goods of an order in one cell: `L1=a&L2=b`."""
    return Content(
        "text", 30, lambda entry: "&".join(f"L{n}={_said(read(one))}" for n, one in enumerate(entry.lines, 1))
    )


def _said(value: object) -> str:
    return "" if value is None else str(value)


CONTENTS: dict[str, Content] = {
    "customer.id": _person("number", 10, lambda one: one.id or None),
    "customer.keys": _person("text", 30, _keys),
    "customer.name": Content("text", 16, _buyer),
    "customer.given_first": Content("text", 16, lambda entry: " ".join(reversed(_buyer(entry).split(" ", 1)))),
    "customer.family_name": Content("text", 10, lambda entry: family_and_given(_buyer(entry))[0]),
    "customer.given_name": Content("text", 10, lambda entry: family_and_given(_buyer(entry))[1]),
    "customer.kana": _person("text", 18, lambda one: one.kana),
    "customer.family_kana": _person("text", 10, lambda one: family_and_given(one.kana)[0]),
    "customer.given_kana": _person("text", 10, lambda one: family_and_given(one.kana)[1]),
    "customer.email": _person("text", 28, lambda one: one.email),
    "customer.phone": _person("text", 16, lambda one: one.phone),
    "customer.postal": _person("text", 10, lambda one: one.postal),
    "customer.prefecture": _person("text", 10, lambda one: one.prefecture),
    "customer.address": _person("text", 36, lambda one: one.address),
    "customer.birth_date": _person("date", 12, lambda one: one.birth_date),
    "customer.sex": _person("text", 8, lambda one: one.sex),
    "customer.note": _person("text", 30, lambda one: one.note),
    "customer.tags": _person("text", 20, lambda one: written_tags(one.tags)),
    "customer.line": _person("text", 12, lambda one: one.line_state),
    "customer.orders": _person("number", 10, lambda one: one.orders),
    "customer.spent_yen": _person("yen", 12, lambda one: one.spent_yen),
    "customer.first_order_at": _person("moment", 20, lambda one: _wall(one.first_order_at)),
    "customer.last_order_at": _person("moment", 20, lambda one: _wall(one.last_order_at)),
    "consent.line": _person("text", 14, lambda one: "yes" if one.consent_line else "no"),
    "consent.mail": _person("text", 14, lambda one: "yes" if one.consent_mail else "no"),
    "order.key": _order("text", 20, lambda one: f"{one.cart}:{one.number}"),
    "order.number": _order("text", 18, lambda one: one.number),
    "order.cart": _order("text", 12, lambda one: one.cart),
    "order.day": _order("date", 12, lambda one: in_japan(one.ordered_at).date()),
    "order.time": _order("text", 10, lambda one: in_japan(one.ordered_at).strftime("%H:%M:%S")),
    "order.date": _order("moment", 20, lambda one: _wall(one.ordered_at)),
    "order.total_yen": _order("yen", 12, lambda one: one.total_yen),
    "order.refunded_yen": _order("yen", 12, lambda one: one.refunded_yen),
    "order.discount_yen": _order("yen", 12, lambda one: one.discount_yen),
    "order.cancelled": _order("text", 12, lambda one: "yes" if one.cancelled else ""),
    "order.cancelled_at": _order("moment", 20, lambda one: _wall(one.ordered_at) if one.cancelled else None),
    "order.status": _order("text", 14, lambda one: one.status),
    "order.status_by_row": Content("text", 14, _state_by_row),
    "order.beside_goods_yen": Content("yen", 12, _beside_goods),
    "order.payment": _order("text", 16, lambda one: one.payment),
    "line.product": _goods("text", 30, lambda one: one.product),
    "line.code": _goods("text", 14, lambda one: one.code),
    "line.quantity": _goods("number", 8, lambda one: one.quantity),
    "line.unit_price_yen": _goods("yen", 10, lambda one: one.unit_price_yen),
    "line.total_yen": _goods("yen", 12, lambda one: one.total_yen),
    "line.position": _goods("number", 8, lambda one: one.position),
    "lines.product": _packed(lambda one: one.product),
    "lines.code": _packed(lambda one: one.code),
    "lines.quantity": _packed(lambda one: one.quantity),
    "coupon.name": _coupon("text", 24, lambda one: one.coupon),
    "coupon.why": _coupon("text", 14, lambda one: one.why),
    "coupon.state": _coupon("text", 10, lambda one: one.standing),
    "coupon.issued_at": _coupon("moment", 20, lambda one: _wall(one.issued_at)),
    "coupon.opened_at": _coupon("moment", 20, lambda one: _wall(one.opened_at)),
    "coupon.used_at": _coupon("moment", 20, lambda one: _wall(one.used_at)),
    "coupon.till": _coupon("text", 14, lambda one: one.till or ""),
    "coupon.staff": _coupon("text", 14, lambda one: one.staff or ""),
    "coupon.sale_yen": _coupon("yen", 12, lambda one: one.sale_yen),
    "coupon.off_yen": _coupon("yen", 12, lambda one: one.off_yen),
    "subscription.key": _subscription("text", 20, lambda one: f"{one.cart}:{one.number}"),
    "subscription.number": _subscription("text", 18, lambda one: one.number),
    "subscription.product": _subscription("text", 30, lambda one: one.product),
    "subscription.state": _subscription("text", 10, lambda one: one.state),
    "subscription.nth": _subscription("number", 8, lambda one: one.nth),
    "subscription.started_on": _subscription("date", 12, lambda one: one.started_on),
    "subscription.next_on": _subscription("date", 12, lambda one: one.next_on),
    "subscription.stopped_on": _subscription("date", 12, lambda one: one.stopped_on),
    "card.number": _card("number", 10, lambda one: one.number),
    "card.name": Content("text", 16, lambda entry: (entry.card.nickname if entry.card else "") or entry.person.name),
    "card.points": _card("number", 10, lambda one: one.balance),
    "card.expires_on": _card("date", 12, lambda one: _last_day(one.expires_at)),
    "card.last_visit_at": _card("moment", 20, lambda one: _wall(one.last_visit_at)),
    "card.issued_at": _card("moment", 20, lambda one: _wall(one.issued_at)),
}
