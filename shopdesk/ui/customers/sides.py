"""Two entries side by side: what each says, in the same lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.japanese import phone_local, postal_local
from shopdesk.ui.amounts import times, yen
from shopdesk.ui.customers.columns import sexes
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.customers import Customer


def field_titles() -> dict[str, str]:
    """Return the fields that can be chosen one by one, each with its name."""
    return {
        "name": _("Name"),
        "kana": _("Reading"),
        "phone": _("Phone"),
        "email": _("Mail"),
        "postal": _("Postal code"),
        "prefecture": _("Prefecture"),
        "address": _("Address"),
        "birth_date": _("Birthday"),
        "sex": _("Sex"),
        "note": _("Note"),
    }


def words_of(customer: Customer, field: str) -> str:
    """Return what an entry says in a field, as people read it; empty where it says nothing."""
    value = getattr(customer, field)
    if not value:
        return ""
    if field == "phone":
        return phone_local(value)
    if field == "postal":
        return postal_local(value)
    if field == "birth_date":
        return f"{value.year}/{value.month}/{value.day}"
    return sexes().get(value, value) if field == "sex" else isolated(str(value))


def sums_of(customer: Customer, now: datetime) -> str:
    """Return how an entry bought."""
    last = short_day(customer.last_order_at, now) if customer.last_order_at else "—"
    parts = (times(customer.orders), yen(customer.spent_yen), _("last {day}").format(day=last))
    return _(" · ").join(parts)
