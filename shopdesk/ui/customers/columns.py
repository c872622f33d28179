"""What a line of the customer list can show, and how a person is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from shopdesk.customers import OWN
from shopdesk.i18n import _
from shopdesk.japanese import phone_local, postal_local
from shopdesk.ui.amounts import times, yen
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.widgets import LEFT, RIGHT, Cell, Column, Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtCore import Qt

    from shopdesk.clock import Clock
    from shopdesk.customers import Customer, CustomerRowView, LineState, OwnField

DEFAULT = "name,line,orders,spent_yen,last_order_at"


class Named(Protocol):
    """Whoever has a name and its reading."""

    @property
    def name(self) -> str: ...
    @property
    def kana(self) -> str: ...


def called(person: Named) -> str:
    """Return how a person is called in a list; somebody without any name still has a line."""
    return named(person.name, person.kana)


def called_in_full(customer: Customer) -> str:
    """Return how a person is called where there is nothing else: without a name by mail or phone."""
    return named(customer.name, customer.kana, customer.email, phone_local(customer.phone))


def mark(state: LineState) -> Mark | None:
    """Return the badge of how somebody stands on LINE."""
    if state == "friend":
        return Mark(_("Friend"), dot=True)
    return Mark(_("Blocked"), "danger") if state == "blocked" else None


def sexes() -> dict[str, str]:
    """Return how each sex is said."""
    return {"female": _("female"), "male": _("male"), "other": _("other"), "": ""}


def sources() -> dict[str, str]:
    """Return how it is said where a person came from; carts go by their own names."""
    return {"shop": _("Typed in"), "line": _("LINE"), "": ""}


class Shown(NamedTuple):
    """One column as it may be chosen; `cell` gives what a row shows in it. `sorts`: the list can be sorted by it."""

    title: str
    cell: Callable[[CustomerRowView], Cell | str]
    width: int
    align: Qt.AlignmentFlag = LEFT
    sorts: bool = True


def _or_dash(words: str) -> Cell:
    return Cell(words) if words else Cell("—", tone="text_3")


def known_columns(clock: Clock, fields: Sequence[OwnField] = ()) -> dict[str, Shown]:
    """Return every column there is, in the order in which they are offered."""

    def day(at: datetime | None) -> Cell:
        return _or_dash(short_day(at, clock.now()) if at else "")

    def line(row: CustomerRowView) -> Cell:
        badge = mark(row.line)
        return Cell(badge=badge) if badge else _or_dash("")

    def yes(on: bool) -> Cell:
        return Cell(_("takes them"), tone="success_text") if on else _or_dash("")

    def name(row: CustomerRowView) -> Cell:
        return Cell(called(row), bold=True, second=isolated(row.kana) if row.name else "")

    sex, source = sexes(), sources()
    found = {
        "name": Shown(_("Customer"), name, 0),
        "id": Shown(_("No."), lambda row: f"{row.id}", 80, RIGHT),
        "kana": Shown(_("Reading"), lambda row: _or_dash(isolated(row.kana)), 150),
        "phone": Shown(_("Phone"), lambda row: _or_dash(phone_local(row.phone) if row.phone else ""), 136),
        "email": Shown(_("Mail"), lambda row: _or_dash(isolated(row.email)), 200),
        "postal": Shown(_("Postal code"), lambda row: _or_dash(postal_local(row.postal) if row.postal else ""), 96),
        "prefecture": Shown(_("Prefecture"), lambda row: _or_dash(row.prefecture), 96),
        "address": Shown(_("Address"), lambda row: _or_dash(isolated(row.address)), 220),
        "birth_month": Shown(_("Birthday"), lambda row: _or_dash(_birthday(row)), 96, RIGHT),
        "sex": Shown(_("Sex"), lambda row: _or_dash(sex.get(row.sex, row.sex)), 72),
        "source": Shown(_("Came from"), lambda row: _or_dash(source.get(row.source, row.source)), 110),
        "tag": Shown(_("Tags"), lambda row: _or_dash(_(", ").join(map(isolated, row.tags))), 180, sorts=False),
        "line": Shown(_("LINE"), line, 100),
        "consent_line": Shown(_("LINE messages"), lambda row: yes(row.consent_line), 130),
        "consent_mail": Shown(_("Mail messages"), lambda row: yes(row.consent_mail), 130),
        "orders": Shown(_("Orders"), lambda row: times(row.orders), 92, RIGHT),
        "spent_yen": Shown(_("Spent"), lambda row: yen(row.spent_yen), 116, RIGHT),
        "cancelled_orders": Shown(_("Cancelled"), lambda row: times(row.cancelled_orders), 104, RIGHT),
        "first_order_at": Shown(_("First order"), lambda row: day(row.first_order_at), 124, RIGHT),
        "last_order_at": Shown(_("Last order"), lambda row: day(row.last_order_at), 124, RIGHT),
        "created_at": Shown(_("Noted since"), lambda row: day(row.created_at), 124, RIGHT),
    }
    for field in fields:
        found[f"{OWN}{field.id}"] = _own(field)
    return found


def _own(field: OwnField) -> Shown:
    def cell(row: CustomerRowView) -> Cell:
        return _or_dash(isolated(dict(row.own).get(field.id, "")))

    return Shown(field.name, cell, 130, LEFT if field.kind == "text" else RIGHT)


def _birthday(row: CustomerRowView) -> str:
    if row.birth_date is not None:
        return f"{row.birth_date.year}/{row.birth_date.month}/{row.birth_date.day}"
    return "" if row.birth_month is None else _("month {n}").format(n=row.birth_month)


def chosen_columns(kept: str, known: dict[str, Shown]) -> list[Column[CustomerRowView]]:
    """Return the columns that a kept choice (`name,line=100,…`) names; the name is always there, and first."""
    name = known["name"]
    made = [Column(name.title, name.cell, 0, LEFT, "name")]
    for part in kept.split(","):
        key, _equals, width = part.partition("=")
        if key in known and key != "name":
            one = known[key]
            made.append(Column(one.title, one.cell, int(width) if width.isdecimal() else one.width, one.align, key))
    return made


def kept_columns(columns: Sequence[Column[CustomerRowView]], known: dict[str, Shown]) -> str:
    """Return a choice of columns as it is kept: keys, with their width where it is not the usual one."""
    return ",".join(one.key if one.width == known[one.key].width else f"{one.key}={one.width}" for one in columns)
