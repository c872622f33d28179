"""All requests for reservations: those that wait for an answer first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _, _n
from shopdesk.japanese import phone_local
from shopdesk.ui import widgets as w
from shopdesk.ui.directions import isolated
from shopdesk.ui.reserving import said_at, state_mark
from shopdesk.ui.site.rows import Rows, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.shop import Shop
    from shopdesk.site import Reservation
    from shopdesk.ui.reserving import Answering
    from shopdesk.ui.tasks import Tasks


class Requests(Rows):
    """`talk_wanted` carries the friend whose talk is to be opened."""

    talk_wanted = Signal(int)

    def __init__(self, shop: Shop, tasks: Tasks, answering: Answering) -> None:
        said = _("Let the shop page take them: “Requests for reservations” in its form.")
        super().__init__(w.EmptyState("calendar", _("Nobody has asked for a reservation"), said))
        self._shop, self._tasks, self._answering = shop, tasks, answering

    def reload(self) -> None:
        """Read them again."""
        self._tasks.run(self, self._shop.site.reservations.list, self._show, key="requests")

    def _show(self, found: Sequence[Reservation]) -> None:
        self.show_rows([self._row(one) for one in found])

    def _row(self, one: Reservation) -> QWidget:
        wanted = one.wanted
        people = _n("{n} person", "{n} people", wanted.people).format(n=wanted.people)
        head = w.label(f"{said_at(wanted.at)}  {people}", bold=True)
        reach = (phone_local(wanted.phone) if wanted.phone else "", wanted.mail)
        who = " · ".join(isolated(part) for part in (wanted.name, *reach) if part)
        words = w.vbox(head, w.elided(who, "small", "text_2"), gap="s1")
        if wanted.note:
            words.addWidget(w.Prose(wanted.note, role="small"))
        if one.offered_at is not None:
            offered = _("Offered: {when}").format(when=said_at(one.offered_at))
            words.addWidget(w.label(offered, "small", "text_2"))
        badge = w.Badge("")
        badge.show_mark(state_mark(one.state))
        return row(words, badge, *self._buttons(one))

    def _buttons(self, one: Reservation) -> list[w.Button]:
        found = []
        if one.friend_id is not None:
            found.append((_("Open the talk"), partial(self.talk_wanted.emit, one.friend_id)))
        if one.state in {"open", "offered"}:
            verbs = (("decline", _("Decline…")), ("offer", _("Another time…")), ("accept", _("Accept")))
            answer, in_talk = self._answering.answer, one.friend_id is not None
            found += [(words, partial(answer, one.id, verb, one.wanted.at, in_talk=in_talk)) for verb, words in verbs]
        elif one.state == "accepted":
            found.append((_("It was called off"), partial(self._answering.answer, one.id, "call_off", one.wanted.at)))
        return [w.Button(words, size="control_small", does=does) for words, does in found]
