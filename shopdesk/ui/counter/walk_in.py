"""A card for somebody who is new: made on the spot, shown as a QR code, printed, with the way to become a friend beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import _
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.counter.undoing import BigField
from shopdesk.ui.directions import seen
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CENTER, Card, Prose, QrCode, clear, hbox, holder, label, vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from shopdesk.cards import Issued


class WalkIn(Screen):
    """`made` carries the name that the card is to have; `opened` the new card's code, to go on with it at once.

    `printed` carries what is to be printed.
    """

    made = Signal(str)
    opened = Signal(str)
    printed = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._issued: Issued | None = None
        self.name = BigField(hint=_("As they like to be called; may stay empty"))
        make = KeyButton(
            _("Make the card"), "primary", icon="credit-card", key="Enter", height="counter_entry", does=self.enter
        )
        back = KeyButton(_("Back"), icon="x", key="Esc", height="counter_entry", does=self.back)
        self._asks = Prose(role="counter_l")
        ask = Card(
            ...,
            self._asks,
            "s1",
            Prose(
                _("The name is what stands on this screen at the next visit. It can be changed later."),
                role="counter_s",
                tone="text_2",
            ),
            "s6",
            self.name,
            "s6",
            hbox(make, back, ..., gap="s4"),
            ...,
            pad="s12",
            part="panel",
        )
        self._title = label("", "counter_m", align=CENTER)
        self._codes = hbox(gap="s10")
        self._count = KeyButton(
            _("Count the visit"), "primary", icon="stamp", key="Enter", height="counter_entry", does=self.enter
        )
        self._print = KeyButton(
            _("Print the card"), icon="printer", key="F2", height="counter_entry", does=self._printed
        )
        done = KeyButton(_("Next customer"), icon="x", key="Esc", height="counter_entry", does=self.back)
        show = Card(
            ...,
            self._title,
            "s6",
            hbox(..., self._codes, ...),
            "s6",
            hbox(..., self._count, self._print, done, ..., gap="s4"),
            ...,
            pad="s6",
            part="panel",
        )
        self._sheets = QStackedWidget()
        self._sheets.addWidget(holder(hbox(..., (ask, 8), ...)))
        self._sheets.addWidget(show)
        self.setLayout(vbox(self._sheets, margin="s6"))

    def begin(self, *, printed: bool) -> None:
        """Ask for the name on a new card, or on a printed one that is nobody's yet."""
        self._asks.set_runs(_("This card is nobody's yet: the name?") if printed else _("A first card"))
        self._issued = None
        self.name.clear()
        self._sheets.setCurrentIndex(0)

    def come(self) -> None:
        """Have the caret in the name."""
        self.name.setFocus()

    def show_card(self, issued: Issued, friend_url: str) -> None:
        """Show a new card's code, which is shown only now, and the way to become a friend, where there is one."""
        self._issued = issued
        number = _("No. {number:05}").format(number=issued.card.id)
        name = seen(issued.card.name)
        self._title.setText(
            _("{name}'s card, {number}").format(name=name, number=number)
            if name
            else _("Card {number}").format(number=number)
        )
        clear(self._codes)
        self._codes.addWidget(
            _code(issued.code.digits, _("The card"), _("Photograph it, or print it. It earns stamps."))
        )
        if friend_url:
            self._codes.addWidget(
                _code(friend_url, _("Become a friend on LINE"), _("Then the card is on the phone, with coupons."))
            )
        self._sheets.setCurrentIndex(1)
        self.setFocus()

    def enter(self) -> None:
        """Make the card; then go on with it."""
        if self._issued is None:
            self.made.emit(self.name.text())
        else:
            self.opened.emit(self._issued.code.digits)

    def back(self) -> None:
        """Go back to the queue."""
        self.closed.emit()

    def type(self, event: QKeyEvent) -> bool:
        """Take the key of the printer."""
        if event.key() != Qt.Key.Key_F2 or self._issued is None:
            return False
        self._printed()
        return True

    def _printed(self) -> None:
        if self._issued is not None:
            self.printed.emit(self._issued)


def _code(text: str, title: str, words: str) -> QWidget:
    picture = holder(hbox(..., QrCode(text, "qr_counter"), ...))
    picture.setFixedHeight(theme().px("qr_counter"))
    about = Prose(words, role="lead", tone="text_2", align=CENTER)
    made = holder(vbox(picture, "s3", label(title, "counter_s", bold=True, align=CENTER), about, ...))
    made.setFixedWidth(theme().px("counter_side"))
    return made
