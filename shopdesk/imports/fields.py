"""The words for what a column can be, with their titles: `carts --fields` and mapping files speak them."""

from __future__ import annotations

from typing import NamedTuple

from shopdesk.i18n import N_, _


class Field(NamedTuple):
    """One word of the contract, its title and the title of its group in the reader's language."""

    word: str
    title: str
    group: str


_FIELDS = {
    "order.number": N_("Order number"),
    "order.date": N_("Order date"),
    "order.time": N_("Order time"),
    "order.total_yen": N_("Order total"),
    "order.refunded_yen": N_("Refunded amount"),
    "order.discount_yen": N_("Discount"),
    "order.status": N_("Order status"),
    "order.cancelled": N_("Cancelled"),
    "order.payment": N_("Payment"),
    "line.product": N_("Product"),
    "line.code": N_("Product code"),
    "line.quantity": N_("Quantity"),
    "line.unit_price_yen": N_("Unit price"),
    "line.total_yen": N_("Line total"),
    "customer.member_id": N_("Member number"),
    "customer.name": N_("Name"),
    "customer.kana": N_("Name in kana"),
    "customer.email": N_("Mail address"),
    "customer.phone": N_("Phone"),
    "customer.postal": N_("Postal code"),
    "customer.prefecture": N_("Prefecture"),
    "customer.address": N_("Address"),
    "customer.birth_date": N_("Date of birth"),
    "customer.sex": N_("Sex"),
    "customer.note": N_("Note"),
    "customer.tags": N_("Tags"),
    "customer.own": N_("Own field"),
    "customer.keys": N_("ShopDesk ID"),
    "points": N_("Points"),
    "consent.mail": N_("Wants mail"),
    "consent.line": N_("Wants LINE messages"),
    "product.category": N_("Product category"),
    "product.price_yen": N_("Product price"),
    "subscription.number": N_("Subscription number"),
    "subscription.state": N_("Subscription"),
    "subscription.product": N_("Subscription product"),
    "subscription.nth": N_("Number of the delivery"),
    "subscription.next_on": N_("Next delivery"),
    "subscription.started_on": N_("Subscription since"),
    "subscription.stopped_on": N_("Subscription stopped on"),
}
_GROUPS = {
    "order": N_("Order"),
    "line": N_("Goods"),
    "product": N_("Goods"),
    "customer": N_("Customer"),
    "points": N_("Customer"),
    "consent": N_("Customer"),
    "subscription": N_("Subscription (regular delivery)"),
}
WORDS = frozenset(_FIELDS)


def fields() -> tuple[Field, ...]:
    """Return every word with its title, in the order people read them."""
    return tuple(Field(word, _(title), _(_GROUPS[word.partition(".")[0]])) for word, title in _FIELDS.items())


def title_of(word: str) -> str:
    """Return the title of a field in the reader's language."""
    return _(_FIELDS[word])
