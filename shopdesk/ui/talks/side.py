"""Beside the talk: who the friend is, how they stand on LINE, who looks after the talk, its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.talks.labels import Labels
from shopdesk.ui.talks.person import Person
from shopdesk.ui.talks.words import called, initial
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.broadcasts import Taken
    from shopdesk.clock import Clock
    from shopdesk.friends import Friend
    from shopdesk.ui.talks.opened import Opened


class Side(QWidget):
    """`assigned` carries a name, '' for nobody; the rest is said by its parts."""

    assigned = Signal(object)

    def __init__(self, clock: Clock, me: str) -> None:
        super().__init__()
        self._clock, self._me = clock, me
        self._avatar = w.Avatar("", "avatar_large")
        self.name, self._below = w.elided("", "section"), w.elided("", "small", "text_2")
        self._since, self.blocked = w.label("", align=w.RIGHT), w.Prose("", role="small", tone="text_2")
        self.keeper = w.Choice([(_("nobody"), "")], small=True)
        self.keeper.chosen.connect(self.assigned)
        self.labels, self.person = Labels(), Person()
        head = w.hbox(self._avatar, (w.vbox(..., self.name, self._below, ...), 1), gap="s3")
        body = w.vbox(
            head,
            w.fact(_("Friend since"), self._since),
            self.blocked,
            w.hbox(w.label(_("Looked after by"), tone="text_2"), ..., self.keeper),
            self.labels,
            w.line(),
            self.person,
            ...,
            gap="s3",
            margin=("s4", "s4", "s4", "s4"),
        )
        self.setLayout(w.vbox((w.scroller(body), 1)))
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("talk_side"))

    def show_talk(self, opened: Opened, labels: Sequence[str]) -> None:
        """Show another talk's person; `labels` are those in use. Nothing for whom people are not to be seen."""
        talk, friend, customer = opened.talk, opened.friend, opened.customer
        if friend is None:
            return
        self._avatar.show_name(initial(talk.name))
        self.name.setText(called(talk.name))
        on_line = _("on LINE: {name}").format(name=called(friend.name)) if customer is not None else ""
        self._below.setText(isolated(customer.kana) if customer is not None and customer.kana else on_line)
        self._below.setVisible(bool(self._below.text()))
        self._since.setText(short_day(friend.since, self._clock.now()))
        self._show_block(friend, opened.before_block)
        self._show_keeper(talk.assigned_to)
        self.labels.show_labels(talk.labels, labels)
        self.person.show_talk(opened, self._clock.now())

    def _show_block(self, friend: Friend, before: Taken | None) -> None:
        """Say when the friend blocked the account, and what they had got before."""
        at = friend.blocked_at
        day = short_day(at, self._clock.now()) if at else ""
        after = _("Blocked on {day}, after “{broadcast}”.") if before else _("Blocked on {day}.")
        self.blocked.set_runs(after.format(day=day, broadcast=isolated(before.name) if before else ""))
        self.blocked.setVisible(at is not None)

    def _show_keeper(self, name: str) -> None:
        """Offer nobody and oneself; somebody else only while it is them. A list that is open stays open."""
        if name != self.keeper.value() or self.keeper.count() == 1:
            others = [(isolated(name), name)] if name not in {"", self._me} else []
            self.keeper.set_entries([(_("nobody"), ""), (_("me"), self._me), *others], name)

    def paintEvent(self, _event: object) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), theme()["surface"])
        p.fillRect(0, 0, 1, self.height(), theme()["line"])
