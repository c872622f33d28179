"""The ready designs, as data: which lines each has, and what a person fills in.

The words that customers read on them are Japanese, whatever language the shop uses the program in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shopdesk.errors import NotFoundError
from shopdesk.i18n import N_, _
from shopdesk.messages.designs import styles

if TYPE_CHECKING:
    from shopdesk.messages.designs.styles import Style, Value

# How a value is typed: one line, several, yen, or lines of (what, yen).
Form = Literal["line", "text", "yen", "amounts"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a design: its key in a card's values, what the form calls it, how it is typed, and what stands there first."""

    name: str
    title: str
    form: Form
    style: Style
    first: Value = ""


@dataclass(frozen=True, slots=True)
class Design:
    """One design. `ratio` is the frame of its picture, None where it shows none; `title` is translated by whoever shows it."""

    code: str
    title: str
    slots: tuple[Slot, ...]
    ratio: str | None = "20:13"

    def slot(self, name: str) -> Slot:
        """Return a slot by name. Raises KeyError: a mistake of ours."""
        return {one.name: one for one in self.slots}[name]


def _label(first: str) -> Slot:
    return Slot("label", N_("Small heading"), "line", styles.LABEL, first)


_TITLE = Slot("title", N_("Title"), "line", styles.TITLE)
_TEXT = Slot("text", N_("Body text"), "text", styles.WORDS)
_NOTE = Slot("note", N_("Small print"), "text", styles.SMALL)
_DAY = Slot("day", N_("Day"), "line", styles.fact("日付"))

DESIGNS = (
    Design("announcement", N_("Announcement"), (_label("お知らせ"), _TITLE, _TEXT, _NOTE)),
    Design(
        "product",
        N_("Product"),
        (
            _label("おすすめ"),
            _TITLE,
            Slot("former_yen", N_("Price before"), "yen", styles.FORMER_PRICE),
            Slot("price_yen", N_("Price"), "yen", styles.PRICE),
            _TEXT,
        ),
    ),
    Design(
        "coupon",
        N_("Coupon"),
        (
            _label("クーポン"),
            _TITLE,
            _TEXT,
            Slot("code", N_("Code"), "line", styles.CODE),
            Slot("until", N_("Valid until"), "line", styles.fact("有効期限")),
            _NOTE,
        ),
    ),
    Design(
        "receipt",
        N_("Receipt"),
        (
            _label("お買い上げ明細"),
            _TITLE,
            Slot("number", N_("Order number"), "line", styles.fact("注文番号")),
            _DAY,
            Slot("amounts", N_("Goods and amounts"), "amounts", styles.AMOUNTS),
            Slot("total_yen", N_("Total amount"), "yen", styles.TOTAL),
            _NOTE,
        ),
        ratio=None,
    ),
    Design(
        "shipping",
        N_("Shipping notice"),
        (
            _label("発送のお知らせ"),
            _TITLE,
            _TEXT,
            Slot("carrier", N_("Carrier"), "line", styles.fact("配送会社")),
            Slot("number", N_("Parcel number"), "line", styles.fact("お荷物番号")),
            Slot("day", N_("Arrives"), "line", styles.fact("お届け予定")),
            _NOTE,
        ),
        ratio=None,
    ),
    Design(
        "event",
        N_("Event"),
        (
            _label("イベント"),
            _TITLE,
            Slot("when", N_("Date and time"), "line", styles.fact("日時")),
            Slot("place", N_("Where"), "line", styles.fact("場所")),
            _TEXT,
            _NOTE,
        ),
    ),
    Design(
        "place",
        N_("Place"),
        (
            _label("店舗"),
            _TITLE,
            Slot("address", N_("Address"), "line", styles.fact("住所")),
            Slot("hours", N_("Opening hours"), "line", styles.fact("営業時間")),
            Slot("phone", N_("Phone"), "line", styles.fact("電話")),
            _TEXT,
        ),
    ),
    Design(
        "person",
        N_("Person"),
        (
            _label("スタッフ"),
            _TITLE,
            Slot("role", N_("What they do"), "line", styles.fact("担当")),
            _TEXT,
        ),
        ratio="1:1",
    ),
)


def design_of(code: str) -> Design:
    """Return the design of that code.

    Raises:
        NotFoundError: there is none.
    """
    for one in DESIGNS:
        if one.code == code:
            return one
    known = ", ".join(one.code for one in DESIGNS)
    raise NotFoundError(_("There is no design “{code}”. There are: {known}.").format(code=code, known=known))
