"""Answering requests for reservations, from the talk and from the list of all: accepted at once, another time and a no after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from shopdesk.clock import japan_day
from shopdesk.i18n import N_, _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import clock_time, day_of_week
from shopdesk.ui.moment import MomentField
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.clock import Clock
    from shopdesk.shop import Shop
    from shopdesk.site import Reservation, ReservationState
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

STATES: dict[ReservationState, tuple[str, str]] = {
    "open": (N_("Waits for an answer"), "warning"),
    "offered": (N_("Another time offered"), "info"),
    "accepted": (N_("Reserved"), "success"),
    "declined": (N_("Declined"), "plain"),
    "called_off": (N_("Called off"), "plain"),
}


def state_mark(state: ReservationState) -> w.Mark:
    """Return a state as a badge."""
    words, look = STATES[state]
    return w.Mark(_(words), look)


def said_at(at: datetime) -> str:
    """Return a moment as the window says it: `11/28 (Sat) 18:30`."""
    return _("{day} {time}").format(day=day_of_week(japan_day(at)), time=clock_time(at))


class AnswerDialog(w.Dialog):
    """Asks what is said beside a no, or beside another time, which it asks for, too."""

    wider = 2

    def __init__(self, parent: QWidget, clock: Clock, question: str, verb: str, at: datetime | None) -> None:
        self.at = MomentField(clock) if at is not None else None
        self.words = w.TextArea(lines=2)
        field = w.Field(_("What you add"), self.words, optional=True)
        above = w.holder(w.vbox(self.at, "s3")) if self.at else None
        super().__init__(parent, question, above, field, verb=verb)
        self.begin_at(self.at.day if self.at else self.words)
        if self.at is not None:
            self.at.show_moment(at)
            self.at.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.verb.setEnabled(self.at is None or not self.at.over())

    def ask(self) -> tuple[str, datetime | None] | None:
        """Return the words and the time; None where it was left. The dialog is gone afterwards."""
        said = self.exec() == w.Dialog.DialogCode.Accepted
        self.deleteLater()
        return (self.words.toPlainText(), self.at.moment() if self.at else None) if said else None


class Answering(QObject):
    """Answers requests for the widget it belongs to; `then` is told the request as it is after that."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(parent)
        self._parent, self._shop, self._tasks, self._notices = parent, shop, tasks, notices

    def answer(self, number: int, verb: str, at: datetime) -> None:
        """Do what a button says: accept, offer another time than `at`, decline, or call off."""
        {"accept": self._accept, "call_off": self._call_off}.get(verb, lambda one: self._ask(one, verb, at))(number)

    def _accept(self, number: int) -> None:
        self._run(lambda: self._shop.site.reservations.accept(number))

    def _call_off(self, number: int) -> None:
        if w.confirm(
            self._parent,
            _("Is this reservation called off?"),
            _("It is only noted. Nobody is told."),
            verb=_("Note that it is called off"),
            danger=True,
        ):
            self._run(lambda: self._shop.site.reservations.call_off(number))

    def _ask(self, number: int, verb: str, at: datetime) -> None:
        offers, reservations = verb == "offer", self._shop.site.reservations
        question = _("Which time do you offer instead of {when}?") if offers else _("Decline the request for {when}?")
        button = _("Offer this time") if offers else _("Decline")
        dialog = AnswerDialog(
            self._parent, self._shop.clock, question.format(when=said_at(at)), button, at if offers else None
        )
        said = dialog.ask()
        if said is None:
            return
        words, other = said
        if other is not None:
            self._run(lambda: reservations.offer(number, other, words))
        else:
            self._run(lambda: reservations.decline(number, words))

    def _run(self, work: Callable[[], Reservation]) -> None:
        self._tasks.run(self, work, self._answered, lane=Lane.NETWORK)

    def _answered(self, one: Reservation) -> None:
        told = _("They were told in the talk.")
        if one.state == "called_off":
            told = _("Noted.")
        elif one.friend_id is None:
            told = _("Noted. They are not on LINE: call or write to them yourself.")
        self._notices.done(told)
