"""What somebody can use today: each a row with its picture, its conditions and one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from shopdesk.coupons import conditions, headline
from shopdesk.i18n import _, for_customers
from shopdesk.ui.amounts import number
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.days import day_time
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.loyalty.words import last_day, last_moment
from shopdesk.ui.paint import Run, blob, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CENTER, Prose, Row, clear, hbox, label, scroller, vbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from shopdesk.coupons import Coupon, Held

PICTURES = {"yen_off": "ticket", "percent_off": "percent", "free_item": "coffee", "gift": "gift"}
"""What stands for each kind of coupon."""
_FIRST_KEY, _LAST_KEY = 2, 12


class Offers(QWidget):
    """`use` carries the coupon that is to be used or handed over; the keys from F2 on do the same."""

    use = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = vbox()
        self._held: tuple[Held, ...] = ()
        self._bend: list[tuple[QWidget, QBoxLayout]] = []
        self.setLayout(vbox(scroller(vbox(self._rows, ...))))

    def show_held(self, held: Sequence[Held], now: datetime) -> None:
        """Show what somebody has; of what they have several alike, one row."""
        clear(self._rows)
        self._bend.clear()
        alike: dict[tuple[object, ...], list[Held]] = {}
        for one in held:
            alike.setdefault((one.coupon.id, one.until, one.refusal), []).append(one)
        self._held = tuple(ones[0] for ones in alike.values())
        for at, ones in enumerate(alike.values()):
            self._rows.addWidget(self._row(ones[0], len(ones), now, _FIRST_KEY + at))
        if not self._held:
            empty = label(_("No coupons or rewards today"), "counter_s", "text_3", align=CENTER)
            self._rows.addWidget(Row(..., empty, ..., height="counter_main", last=True))

    def press(self, key: int) -> bool:
        """Use what stands at F`key`, where something does and it can be used."""
        at = key - _FIRST_KEY
        if not 0 <= at < len(self._held) or self._held[at].refusal[0]:
            return False
        self.use.emit(self._held[at])
        return True

    def _row(self, held: Held, count: int, now: datetime, at_key: int) -> QWidget:
        offer, refusal = held.coupon.offer, held.refusal[1]
        name = Run(times(title(held.coupon), count), bold=True, tone="text_2" if refusal else "text")
        words = vbox(
            ...,
            Prose(name, role="counter_s"),
            Prose(refusal or _about(held, now), role="lead", tone="warning_text" if refusal else "text_2"),
            ...,
        )
        verb = KeyButton(
            verb_of(held.coupon),
            "accent",
            key=f"F{at_key}" if at_key <= _LAST_KEY else "",
            does=lambda: self.use.emit(held),
        )
        verb.setEnabled(not refusal)
        verb.setAccessibleName(f"{verb.words}: {offer.name}")
        picture, beside = OfferPicture(offer.kind), hbox((words, 1), verb, gap="s3")
        row = Row("s3", picture, (beside, 1), "s3", height="offer_row", grows=True)
        self._bend.append((picture, beside))
        self._fit(picture, beside)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for picture, beside in self._bend:
            self._fit(picture, beside)

    def _fit(self, picture: QWidget, beside: QBoxLayout) -> None:
        """On a small screen a coupon is its words, with the key below them."""
        narrow = self.width() < theme().px("counter_side")
        picture.setVisible(not narrow)
        way = QBoxLayout.Direction
        beside.setDirection(way.TopToBottom if narrow else way.LeftToRight)


class OfferPicture(QWidget):
    """What a coupon is about, as an icon on the accent's softest ground."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._icon = PICTURES[kind]
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("offer_width"), theme().px("offer_height"))

    def paintEvent(self, _event: object) -> None:
        p, side = smooth(self), theme().px("icon_large")
        blob(p, QRectF(self.rect()), "accent_soft", theme().radius("toast"))
        paint_icon(p, self._icon, "accent_text", (self.width() - side) / 2, (self.height() - side) / 2, "icon_large")


def title(coupon: Coupon) -> str:
    """Return what a coupon is called at the counter: its name, with what it gives where that is an amount."""
    offer = coupon.offer
    said = not offer.value or any(one in offer.name for one in (headline(offer), headline(offer, say=for_customers)))
    return offer.name if said else f"{offer.name}・{headline(offer)}"


def times(name: str, count: int) -> str:
    """Return `Coffee ×2`, a name alone where there is one of it."""
    return name if count == 1 else f"{name} ×{number(count)}"


def verb_of(coupon: Coupon) -> str:
    """Return what is done with it: a thing is handed over, an amount is used."""
    return _("Hand over") if coupon.offer.kind in {"free_item", "gift"} else _("Use")


def _about(held: Held, now: datetime) -> str:
    said = [*conditions(held.coupon.offer)]
    if held.until is not None:
        soon = (held.until - now).days < 1
        said.append(_("until {day}").format(day=day_time(last_moment(held.until)) if soon else last_day(held.until)))
    return "・".join(said) or held.coupon.offer.terms.partition("\n")[0]
