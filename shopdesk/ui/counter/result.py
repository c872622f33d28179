"""What became of it, so large that nobody misses it: the whole panel says it by colour, icon, words and sound."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from shopdesk.i18n import _
from shopdesk.ui.amounts import number
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.offers import PICTURES, times, title
from shopdesk.ui.counter.outcomes import COLOURS
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.counter.waiting import RoundPicture
from shopdesk.ui.directions import seen
from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import Run, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CENTER, Avatar, Card, Prose, clear, elided, hbox, holder, label, line, vbox
from shopdesk.ui.widgets.text import BesideLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from shopdesk.cards import Rules
    from shopdesk.ui.counter.outcomes import Outcome
    from shopdesk.ui.counter.till import Shown

SETTLES_MS = 700
"""A second press or click within this belongs to the first one; nobody has read the panel yet."""
_MOST_BESIDE = 4


class Result(Screen):
    """One outcome, with the person beside it where there is one.

    `onwards` is the expected next step (Enter), `stepped_back` is Esc, `undo` takes back what was just done.
    """

    onwards = Signal()
    stepped_back = Signal()
    undo = Signal()
    camera = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.outcome: Outcome | None = None
        self._since = QElapsedTimer()
        self._panel = _Panel()
        self._next = KeyButton("", "primary", key="Enter", height="counter_entry", role="counter_s", does=self.enter)
        self._undo = KeyButton(_("Take it back"), icon="undo-2", key="F8", height="counter_entry", does=self._undone)
        self._person = KeyButton(_("Back to the person"), key="Esc", height="counter_entry", does=self.back)
        self._camera = KeyButton(
            _("Read with the camera"), icon="camera", key="F2", height="counter_entry", does=self.camera.emit
        )
        self._panel.buttons.addLayout(hbox(..., self._next, self._camera, self._undo, self._person, ..., gap="s4"))
        for button in (self._undo, self._camera, self._person):
            button.hide()  # else the window would be made wide enough for all of them
        self._beside = _Beside()
        self.setLayout(hbox((self._panel, 1), self._beside, gap="s6", margin="s6"))

    def show_outcome(self, outcome: Outcome, onwards: str, shown: Shown | None, *, undoes: bool = False) -> None:
        """Show an outcome.

        Args:
            outcome: What is to be seen.
            onwards: What the next step is called.
            shown: The person, None where nobody is known.
            undoes: Whether it can be taken back from here.
        """
        self.outcome = outcome
        self._panel.show_outcome(outcome)
        self._next.set_words(onwards)
        self._undo.setVisible(undoes)
        self._camera.setVisible(outcome.mood == "ask")
        self._person.setVisible(shown is not None and onwards != self._person.words)
        self._beside.show_person(shown, outcome.about)
        self._since.start()

    def settled(self) -> bool:
        """Say whether the panel has stood long enough to have been read."""
        return self._since.isValid() and self._since.elapsed() >= SETTLES_MS

    def enter(self) -> None:
        """Go on, once the panel could be read."""
        if self.settled():
            self.onwards.emit()

    def back(self) -> None:
        """Go back, once the panel could be read."""
        if self.settled():
            self.stepped_back.emit()

    def type(self, event: QKeyEvent) -> bool:
        """Take the keys of the buttons."""
        keys: dict[int, tuple[KeyButton, Callable[[], object]]] = {
            Qt.Key.Key_F8: (self._undo, self._undone),
            Qt.Key.Key_F2: (self._camera, self.camera.emit),
        }
        button, does = keys.get(event.key(), (None, None))
        if button is None or does is None or button.isHidden():
            return False
        does()
        return True

    def _undone(self) -> None:
        if self.settled():
            self.undo.emit()


class _Panel(QFrame):
    """The panel: ground and edge in the colours of its mood."""

    def __init__(self) -> None:
        super().__init__()
        self._mood = COLOURS["success"]
        self._picture = RoundPicture("circle-check", size="result_picture")
        self._sentence = Prose(role="counter_says", align=CENTER)
        self._detail = Prose(role="counter_line", align=CENTER)
        self._below = Prose(role="counter_s", tone="text_2", align=CENTER)
        self._advice = Prose(role="counter_s", align=CENTER)
        self._said = Card(self._advice, pad=("s6", "s3"))
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.buttons = vbox()
        advice = hbox(..., (self._said, 8), ...)
        self.setLayout(
            vbox(
                ...,
                hbox(..., self._picture, ...),
                "s5",
                self._sentence,
                "s2",
                self._detail,
                self._below,
                "s5",
                advice,
                "s6",
                self.buttons,
                ...,
                margin="s6",
            )
        )

    def show_outcome(self, outcome: Outcome) -> None:
        self._mood = COLOURS[outcome.mood]
        ground, _edge, words = self._mood
        self._picture.show_icon(outcome.icon, words, ground)
        self._sentence.set_runs(outcome.sentence)
        self._detail.set_runs(*_strong(outcome))
        self._detail.setVisible(bool(outcome.detail))
        self._below.set_runs(outcome.below)
        self._below.setVisible(bool(outcome.below))
        self._advice.set_runs(outcome.advice)
        self._said.setVisible(bool(outcome.advice))
        self.setAccessibleName(f"{outcome.sentence} {outcome.detail}")
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, p = theme(), smooth(self)
        ground, edge, _words = self._mood
        width = t.border("result")
        p.setPen(QPen(t[edge], width))
        p.setBrush(t[ground])
        inset = width / 2
        p.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), t.radius("panel"), t.radius("panel")
        )


class _Beside(QFrame):
    """The person, and what else there is for them."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._name = Avatar("", "avatar_large"), elided("", "counter_s", bold=True)
        self._san = BesideLabel(_("san"), "body", "text_2", "counter_s")
        self._have = elided("", "lead", "text_2")
        self._others = vbox(gap="s2")
        words = vbox(hbox(self._name, self._san, ..., gap="label_gap"), self._have)
        who = Card(hbox(self._mark, (words, 1), gap="s3"), pad="s5", part="panel")
        self._list = Card(
            label(_("Also there"), "section"), "s3", line(), "s2", self._others, ..., pad="s5", part="panel"
        )
        self.setLayout(vbox(who, (self._list, 1), gap="s4"))
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("counter_side_small"))

    def show_person(self, shown: Shown | None, about: int) -> None:
        card = None if shown is None else shown.card
        self.setVisible(card is not None)
        if shown is None or card is None:
            return
        self._mark.show_name(card.name)
        self._name.setText(seen(card.name) or _("No. {number:05}").format(number=card.id))
        self._san.setVisible(bool(card.name))
        self._have.setText(_have(card.balance, shown.rules))
        clear(self._others)
        usable = Counter(
            (title(one.coupon), one.coupon.offer.kind)
            for one in shown.coupons
            if not one.refusal[0] and one.ticket_id != about
        )
        for (name, kind), count in list(usable.items())[:_MOST_BESIDE]:
            words = elided(times(name, count), "lead")
            self._others.addWidget(holder(hbox(Icon(PICTURES[kind], "accent_text"), (words, 1))))
        if not usable:
            self._others.addWidget(label(_("Nothing else today"), "lead", "text_3"))


def _have(balance: int, rules: Rules) -> str:
    what = _("Points") if rules.per_yen else _("Stamps")
    of = _("{have} of {goal}").format(have=number(balance), goal=number(rules.goal))
    return f"{what} {of if balance <= rules.goal else number(balance)}"


def _strong(outcome: Outcome) -> list[Run]:
    """Return the detail of an outcome with its strong parts in bold."""
    strong = [one for one in outcome.strong if one]
    if not strong:
        return [Run(outcome.detail)]
    parts = re.split(f"({'|'.join(map(re.escape, strong))})", outcome.detail)
    return [Run(part, bold=part in strong) for part in parts if part]
