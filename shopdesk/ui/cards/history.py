"""One card beside the list: its balance, every movement, and what the owner may do about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shopdesk.i18n import N_, _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import yen
from shopdesk.ui.days import day_time, when
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.loyalty.words import card_number, last_day, stamps
from shopdesk.ui.staff.roles import actor_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shopdesk.cards import Card, Entry
    from shopdesk.clock import Clock
    from shopdesk.coupons import Held

KINDS = {
    "earn": N_("Earned"),
    "welcome": N_("Welcome"),
    "use": N_("Used stamps"),
    "expire": N_("Expired"),
    "reverse": N_("Taken back"),
    "adjust": N_("By hand"),
    "merge": N_("From a merged card"),
}
PROOFS = {"passing": N_("code on the phone"), "static": N_("paper card or number"), "": ""}
_UNDOABLE = {"earn", "welcome", "use", "adjust"}


@dataclass(frozen=True)
class CardFile:
    """A card with its movements, the newest first, and the coupons its customer could use."""

    card: Card
    entries: tuple[Entry, ...]
    coupons: tuple[Held, ...]


class EntryRow(w.Row):
    """A movement of points."""

    def __init__(self, entry: Entry, now: datetime, *, last: bool, undo: w.Button | None) -> None:
        tone = "success_text" if entry.points > 0 else "danger_text" if entry.points < 0 else "text_2"
        sign = f"{entry.points:+,}".replace("-", "−")
        kind = w.label(_(KINDS[entry.kind]), "body_bold")
        gone = w.Badge(_("Taken back")) if entry.reversed else None
        sale = yen(entry.yen) if entry.yen is not None else ""
        where = (entry.till, actor_words(entry.actor), _(PROOFS[entry.proof]) if entry.proof else "")
        between = _(" · ")
        what = between.join(filter(None, (when(entry.at, now), sale)))
        below = f"{what}\n{between.join(filter(None, map(isolated, where)))}"
        lines = w.vbox(
            ..., w.hbox(kind, gone, ...), w.Prose(below, role="caption", tone="text_3"), _reason(entry), ..., gap=""
        )
        super().__init__((lines, 1), undo, w.label(sign, "body_bold", tone, align=w.RIGHT), last=last, grows=True)
        w.tip(self, day_time(entry.at))


def _reason(entry: Entry) -> QWidget | None:
    return w.Prose(isolated(entry.reason), role="caption", tone="text_2") if entry.reason else None


class CardPane(QFrame):
    """`undo_wanted` carries an entry, the others the card or, `open_wanted`, its customer's number."""

    closed = Signal()
    open_wanted = Signal(int)
    adjust_wanted = Signal(object)
    replace_wanted = Signal(object)
    print_wanted = Signal(object)
    undo_wanted = Signal(object)
    again = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._clock = clock
        self.file: CardFile | None = None
        self._avatar, self.name = w.Avatar("", "avatar_large"), w.elided("", "section")
        self._below = w.elided("", "small", "text_2")
        close = w.icon_button("x", _("Close"), self.closed.emit)
        head = w.hbox(
            self._avatar,
            (w.vbox(..., self.name, self._below, ...), 1),
            w.vbox(..., close, ...),
            gap="s3",
            margin=("s4", "s4", "mid", "s3"),
        )
        self.adjust = w.Button(_("Add or take off…"), does=lambda: self.adjust_wanted.emit(self._card()))
        self.more = w.Button(icon="ellipsis", does=self._menu)
        self.more.setAccessibleName(_("More"))
        w.tip(self.more, _("More"))
        acts = w.hbox((self.adjust, 1), self.more, margin=("s4", "", "s4", "s3"))
        self.balance = w.Figure("", "", "figure_xl")
        self.expires, self._rank = w.label("", align=w.RIGHT), w.label("", align=w.RIGHT)
        self._rank_line = w.holder(w.fact(_("Rank"), self._rank))
        self._coupons = w.vbox(gap="label_gap")
        sums = w.vbox(
            self.balance,
            w.fact(_("Next expiry"), self.expires),
            self._rank_line,
            self._coupons,
            gap="label_gap",
            margin=("s4", "s2", "s4", "s3"),
        )
        self.rows: list[EntryRow] = []
        self._lines = w.vbox()
        title = w.hbox(w.label(_("Movements"), "section"), ..., margin=("s4", "s2", "s4", "s2"))
        below = w.vbox(sums, w.line(), title, self._lines, ...)
        self._person = w.holder(w.vbox(head, acts, w.line(), (w.scroller(below), 1)))
        self._error, self._waiting = w.ErrorState(), w.Skeleton(6)
        self._error.again.connect(self.again)
        self._stack = QStackedWidget()
        for part in (self._waiting, self._person, self._error):
            self._stack.addWidget(part)
        self.setLayout(w.vbox(self._stack))

    def _card(self) -> Card:
        assert self.file is not None  # noqa: S101 - its buttons are only seen with a card
        return self.file.card

    def wait(self) -> None:
        """Show that another card is on the way."""
        self.file = None
        self._stack.setCurrentWidget(self._waiting)

    def show_error(self, sentence: str) -> None:
        """Say why a card cannot be shown."""
        self._error.say(sentence)
        self._stack.setCurrentWidget(self._error)

    def show_file(self, file: CardFile) -> None:
        """Show a card, or the same one anew."""
        self.file = file
        card, now = file.card, self._clock.now()
        name = named(card.name)
        self._avatar.show_name(name)
        self.name.setText(name)
        since = _("since {day}").format(day=when(card.issued_at, now))
        self._below.setText(_(" · ").join((card_number(card.id), since)))
        self.balance.show_number(f"{card.balance:,}", stamps(card.balance).replace(f"{card.balance:,}", "").strip())
        self.expires.setText(last_day(card.expires_at))
        self._rank.setText(isolated(card.rank))
        self._rank_line.setVisible(bool(card.rank))
        w.clear(self._coupons)
        for one in file.coupons:
            until = _("until {day}").format(day=last_day(one.until)) if one.until else ""
            shown = w.fact(isolated(one.coupon.offer.name), w.label(until, "small", "text_2", align=w.RIGHT))
            self._coupons.addWidget(w.holder(shown))
        self._show_entries(file.entries, now)
        self._stack.setCurrentWidget(self._person)

    def _show_entries(self, entries: Sequence[Entry], now: datetime) -> None:
        w.clear(self._lines)
        self.rows = []
        for one in entries:
            can = one.kind in _UNDOABLE and not one.reversed
            undo = w.link(_("Take this back"), partial(self.undo_wanted.emit, one)) if can else None
            self.rows.append(EntryRow(one, now, last=one is entries[-1], undo=undo))
            self._lines.addWidget(self.rows[-1])

    def _menu(self) -> None:
        card = self._card()
        self.menu = w.popup_menu(
            self,
            [
                (_("Open the customer"), lambda: self.open_wanted.emit(card.customer_id)),
                None,
                (_("Print the card…"), lambda: self.print_wanted.emit(card)),
                (_("The card is lost: new code…"), lambda: self.replace_wanted.emit(card)),
            ],
        )
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
