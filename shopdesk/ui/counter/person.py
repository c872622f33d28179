"""Whoever stands at the counter: name, card, what can be used today; one key counts the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, Signal

from shopdesk.i18n import _, _n
from shopdesk.ui.amounts import number
from shopdesk.ui.counter import result
from shopdesk.ui.counter.entry import DigitEntry
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.offers import Offers
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.counter.stamps import Stamps
from shopdesk.ui.days import clock_time, short_day
from shopdesk.ui.directions import seen
from shopdesk.ui.icons import Icon
from shopdesk.ui.loyalty.words import last_day
from shopdesk.ui.paint import Run
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    RUB,
    Avatar,
    Badge,
    Card,
    Keypad,
    Mark,
    Prose,
    card_head,
    digit_of,
    elided,
    hbox,
    holder,
    label,
    line,
    vbox,
)
from shopdesk.ui.widgets.text import BesideLabel

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from shopdesk.coupons import Held
    from shopdesk.ui.counter.keys import Look
    from shopdesk.ui.counter.till import Shown

MOST_DIGITS = 7
"""Of an amount in yen."""
MUCH_YEN = 100_000
"""From here an amount is asked about: some zeros too many are typed easily."""


class Person(Screen):
    """`count` carries yen or None, `use` a coupon and yen or None."""

    count = Signal(object)
    use = Signal(object, object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._asked_of, self._since = 0, QElapsedTimer()
        self._who = _Who()
        self.offers = Offers()
        self.offers.use.connect(self._use)
        self._note_icon, self._note = Icon("info", "text_2"), elided("", "lead", "text_2")
        foot = hbox(self._note_icon, (self._note, 1), margin=("s6", "s3", "s6", "s3"))
        list_ = Card(
            card_head(label(_("Can be used today"), "counter_s", bold=True), pad=("s6", "s3", "s6", "s3")),
            (self.offers, 1),
            line(),
            foot,
            pad="",
            part="panel",
        )
        self.main = KeyButton(
            _("1 visit"),
            "primary",
            icon="stamp",
            key="Enter",
            height="counter_main",
            least="counter_button",
            role="counter_m",
            does=self.enter,
        )
        self.amount = DigitEntry(_("Amount of the sale"), MOST_DIGITS, _("yen"))
        self.amount.changed.connect(self._amount_changed)
        self._said = Prose(role="lead")
        self._said.hide()
        pad = Keypad(("00", "0", RUB))
        pad.typed.connect(self.amount.type)
        pad.rubbed.connect(self.amount.rub)
        self._need = label("", "lead", "text_2")
        title = hbox(label(_("Amount of the sale"), "section"), self._need, ...)
        sum_ = Card(title, "s2", self.amount, self._said, "mid", (pad, 1), pad=("s5", "s4"), part="panel")
        close = KeyButton(_("Close this person"), icon="x", key="Esc", does=self.back)
        self._side = holder(vbox(self.main, (sum_, 1), close, gap="s4"))
        self.setLayout(hbox((vbox(self._who, (list_, 1), gap="s4"), 1), self._side, gap="s6", margin="s6"))
        self.dress()

    def dress(self) -> None:
        """Take the width of the side from the theme in use."""
        self._side.setFixedWidth(theme().px("counter_side"))

    def show_person(self, shown: Shown, now: datetime) -> None:
        """Show somebody whose card or coupon was scanned; of whoever is still here, an amount that is not counted yet stays."""
        before, self._shown = self._shown, shown
        if before is None or before.asked is not shown.asked or before.done != shown.done:
            self.amount.clear()
        self._say("")
        self._who.show_person(shown, now)
        self.offers.show_held(shown.coupons, now)
        self._need.setText(_("points come from it") if shown.wants_yen else _("may stay empty"))
        self._note.setText(_note(shown))
        tone = "warning_text" if shown.is_counted else "text_2"
        self._note.set_tone(tone)
        self._note_icon.set_tone(tone)
        self.main.setVisible(shown.card is not None or shown.ticket is not None)
        self.main.set_words(*_main(shown))

    def enter(self) -> None:
        """Count the visit, or count it anew; or use the coupon whose own code was scanned."""
        shown = self._shown
        if shown is None:
            return
        if shown.ticket is not None:
            self._use(shown.ticket)
        elif shown.card is not None and self._is_ready(_lacking(shown)):
            self.count.emit(self.amount.value)

    def back(self) -> None:
        """Let the person go; nothing is done."""
        self.closed.emit()

    def type(self, event: QKeyEvent) -> bool:
        """Take digits of the amount, and the keys of the coupons."""
        digit, key = digit_of(event), event.key()
        if digit:
            self.amount.type(digit)
        elif key == Qt.Key.Key_Backspace:
            self.amount.rub()
        elif Qt.Key.Key_F2 <= key <= Qt.Key.Key_F12:
            self.offers.press(key - Qt.Key.Key_F1 + 1)
        else:
            return False
        return True

    def _use(self, held: Held) -> None:
        least = held.coupon.offer.minimum_yen
        said = _("This coupon is good from {yen} yen. Type the amount of the sale.").format(yen=number(least))
        if self._is_ready(said if least else "", least):
            self.use.emit(held, self.amount.value)

    def _is_ready(self, lacking: str, least: int = 0) -> bool:
        """Say whether the amount will do; on the screen, what is lacking where an amount of `least` yen is needed."""
        value = self.amount.value
        if self.amount.is_wrong:
            return False
        if lacking and (value is None or value < least):
            self._say(lacking)
            return False
        return value is None or value < MUCH_YEN or self._is_sure(value)

    def _is_sure(self, value: int) -> bool:
        """Ask whether so large an amount is meant; yes is the same key once more, when the question could be read."""
        if self._asked_of == value:
            return self._since.elapsed() >= result.SETTLES_MS
        self._say(_("{yen} yen: is that right? If so, press once more.").format(yen=number(value)))
        self._asked_of = value
        self._since.start()
        return False

    def _say(self, words: str, tone: str = "warning_text") -> None:
        self._said.set_runs(Run(words, tone=tone))
        self._said.setVisible(bool(words))

    def _amount_changed(self) -> None:
        wrong, self._asked_of = self.amount.is_wrong, 0
        self._say(_("This is no amount. Take it away with ⌫, then type it again.") if wrong else "", "danger_text")
        self.main.setEnabled(not wrong)


class _Who(Card):
    """Name, visits, and the stamps or points."""

    def __init__(self) -> None:
        self._mark = Avatar("", "avatar_counter")
        self._name, self._san = elided("", "counter_l"), BesideLabel("", "counter_s", "text_2", "counter_l")
        self._rank = Badge("", "accent")
        self._visits = Prose(role="lead", tone="text_2")
        self._what = label("", "lead", "text_2")
        self._have = label("", "counter_l")
        self._goal = BesideLabel("", "counter_s", "text_2", "counter_l")
        self.stamps = Stamps()
        name = hbox(self._name, self._san, self._rank, ..., gap="s2")
        points = vbox(hbox(..., self._what), hbox(..., self._have, self._goal, gap="label_gap"))
        self._points: QWidget = holder(points)
        head = hbox(self._mark, (vbox(name, self._visits), 1), self._points, gap="s4")
        super().__init__(head, "s3", self.stamps, pad=("s6", "s4"), part="panel")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px("counter_side")
        self._mark.setVisible(not narrow)  # on a small screen the name needs its room
        for one in (self._name, self._have):
            one.set_role("counter_m" if narrow else "counter_l")
        for beside in (self._san, self._goal):
            beside.set_beside("counter_m" if narrow else "counter_l")

    def show_person(self, shown: Shown, now: datetime) -> None:
        card, name = shown.card, seen(shown.name)
        self._mark.show_name(name)
        self._name.setText(name or (_("No. {number:05}").format(number=card.id) if card else _("A coupon's own code")))
        self._san.setText(_("san") if name else "")
        self._visits.set_runs(_visits(shown, now))
        self._points.setVisible(card is not None)
        self.stamps.setVisible(card is not None)
        self._rank.setVisible(bool(card and card.rank))
        if card is None:
            return
        if card.rank:
            self._rank.show_mark(Mark(card.rank, "accent"))
        rules = shown.rules
        as_stamps = card.balance <= rules.goal
        self._what.setText(_("Stamps") if not rules.per_yen else _("Points"))
        self._have.setText(number(card.balance))
        self._goal.setText(f"/ {number(rules.goal)}" if as_stamps else "")
        self.stamps.show_card(
            card.balance,
            rules.goal,
            [one.points for one in rules.rewards],
            rules.stamp,
            rules.colour,
            shown.picture,
        )


def _visits(shown: Shown, now: datetime) -> str:
    card = shown.card
    if card is None:
        return _("No shop card yet") if shown.holder else _("No card of this shop belongs to it")
    said = [_("No. {number:05}").format(number=card.id)]
    if shown.visits:
        said.append(_n("{n} visit so far", "{n} visits so far", shown.visits).format(n=number(shown.visits)))
    if card.last_visit_at is not None:
        said.append(_("last on {day}").format(day=short_day(card.last_visit_at, now)))
    if card.expires_at is not None:
        good = _("points until {day}") if shown.rules.per_yen else _("stamps until {day}")
        said.append(good.format(day=last_day(card.expires_at)))
    return "・".join(said)


def _note(shown: Shown) -> str:
    if shown.card is None:
        return _("The coupon is used with Enter.")
    if shown.counted_at is None:
        return _("No visit has been counted today")
    said = _("A visit was counted today at {time}")
    if shown.redo is not None:
        said = _("Counted at {time}. With an amount typed, Enter counts that visit anew.")
    return said.format(time=clock_time(shown.counted_at))


def _main(shown: Shown) -> tuple[str, Look, str]:
    """Return what the large button says, in which look, with which icon."""
    if shown.ticket is not None:
        return _("Use the coupon"), "primary", "ticket"
    if shown.redo is not None:
        return _("Count it anew"), "primary", "stamp"
    if shown.is_counted:
        return _("Counted today"), "before", "circle-check"
    return _("1 visit"), "primary", "stamp"


def _lacking(shown: Shown) -> str:
    """Return what is said where a visit of somebody is to be counted without an amount, '' where that will do."""
    if shown.redo is not None:
        return _("This visit is counted. Type the amount to count it anew.")
    if shown.wants_yen and not shown.is_counted:
        return _("Type the amount of the sale: here it is what brings points.")
    return ""
