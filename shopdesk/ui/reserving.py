"""Answering requests for reservations, from the talk and from the list of all: accepted at once, another time and a no after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from shopdesk.clock import japan_day
from shopdesk.i18n import N_, _
from shopdesk.japanese import phone_local
from shopdesk.ui import widgets as w
from shopdesk.ui.days import clock_time, day_of_week
from shopdesk.ui.directions import isolated
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
    """Asks what is said in the talk beside a no, or beside another time than `at`, which it asks for, too."""

    wider = 2

    def __init__(
        self, parent: QWidget, clock: Clock, question: str, verb: str, at: datetime | None, *, in_talk: bool
    ) -> None:
        self.at = MomentField(clock) if at is not None else None
        self.words = w.TextArea(lines=2) if in_talk else None
        field = w.Field(_("What you add"), self.words, optional=True) if self.words else None
        above = w.holder(w.vbox(self.at, "s3" if field else "")) if self.at else None
        super().__init__(parent, question, above, field, verb=verb)
        first = self.at.day if self.at else self.words
        if first is not None:
            self.begin_at(first)
        if self.at is not None:
            self.at.show_moment(at)
            self._asked = self.at.moment()
            self.at.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.verb.setEnabled(self.at is None or not (self.at.over() or self.at.moment() == self._asked))

    def ask(self) -> tuple[str, datetime | None] | None:
        """Return the words and the time; None where it was left. The dialog is gone afterwards."""
        said = self.exec() == w.Dialog.DialogCode.Accepted
        self.deleteLater()
        words = self.words.toPlainText() if self.words else ""
        return (words, self.at.moment() if self.at else None) if said else None


class TellDialog(w.Dialog):
    """Says what somebody who is not on LINE is still to be told, and where they are reached: `copied` carries what was copied."""

    wider = 2
    copied = Signal(str)

    def __init__(self, parent: QWidget, one: Reservation) -> None:
        title = {
            "accepted": _("Tell {name} that {when} is reserved"),
            "offered": _("Ask {name} whether {when} would do"),
            "declined": _("Tell {name} that {when} is not possible"),
        }[one.state].format(name=isolated(one.wanted.name), when=said_at(one.offered_at or one.wanted.at))
        why = w.Prose(
            _("They are not linked with LINE: nobody has told them yet. Call or write to them."), tone="text_2"
        )
        phone, mail = phone_local(one.wanted.phone) if one.wanted.phone else "", one.wanted.mail
        write = w.Button(_("Write a mail"), size="control_small", does=lambda: _write_to(mail))
        rows = [self._row(phone), self._row(mail, write)]
        super().__init__(parent, title, why, "s3", w.vbox(*rows, gap="s2"), verb=_("Close"))
        self.back.hide()

    def _row(self, where: str, *more: w.Button) -> QWidget | None:
        if not where:
            return None
        copy = w.Button(_("Copy"), size="control_small", does=lambda: self._copy(where))
        return w.holder(w.hbox((w.elided(where, bold=True), 1), *more, copy))

    def _copy(self, where: str) -> None:
        QGuiApplication.clipboard().setText(where)
        self.copied.emit(where)


def _write_to(mail: str) -> None:
    address = QUrl()
    address.setScheme("mailto")
    address.setPath(mail)  # as a path: nothing in it becomes a copy to somebody else
    QDesktopServices.openUrl(address)


class Answering(QObject):
    """Answers requests for the widget it belongs to; `then` is told the request as it is after that."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(parent)
        self._parent, self._shop, self._tasks, self._notices = parent, shop, tasks, notices

    def answer(self, number: int, verb: str, at: datetime, *, in_talk: bool = True) -> None:
        """Do what a button says: accept, offer another time than `at`, decline, or call off; `in_talk` where they are told there."""
        if verb == "accept":
            self._accept(number)
        elif verb == "call_off":
            self._call_off(number)
        else:
            self._ask(number, verb, at, in_talk=in_talk)

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

    def _ask(self, number: int, verb: str, at: datetime, *, in_talk: bool) -> None:
        offers, reservations = verb == "offer", self._shop.site.reservations
        question = _("Which time do you offer instead of {when}?") if offers else _("Decline the request for {when}?")
        button = _("Offer this time") if offers else _("Decline")
        question, clock = question.format(when=said_at(at)), self._shop.clock
        said = AnswerDialog(self._parent, clock, question, button, at if offers else None, in_talk=in_talk).ask()
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
        in_talk = one.friend_id is not None and one.state != "called_off"
        self._notices.done(_("They were told in the talk.") if in_talk else _("Noted."))
        if one.friend_id is None and one.state != "called_off" and (one.wanted.phone or one.wanted.mail):
            dialog = TellDialog(self._parent, one)
            dialog.copied.connect(lambda _where: self._notices.done(_("Copied.")))
            dialog.exec()
            dialog.deleteLater()
