"""All broadcasts with their states and sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.attention import needs
from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.broadcasts import Status
    from shopdesk.mailings import MailSums
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

STATES = {
    "draft": (N_("Draft"), "plain", ""),
    "scheduled": (N_("Scheduled"), "accent", "clock"),
    "waiting": (N_("Starting"), "accent", ""),
    "sending": (N_("Sending"), "accent", "send"),
    "paused": (N_("Paused"), "warning", "pause"),
    "finished": (N_("Sent"), "success", "check"),
    "cancelled": (N_("Stopped"), "plain", ""),
}
# What waits for the shopkeeper takes the place of the state.
NEEDS = {
    "cooling": (N_("Can be stopped"), "accent", "clock"),
    "late": (N_("Too late?"), "warning", "clock"),
    "stuck": (N_("Stands still"), "warning", "triangle-alert"),
    "unknown": (N_("Decide"), "warning", "circle-question-mark"),
    "mail_paused": (N_("Mail paused"), "warning", "pause"),
    "mail_stuck": (N_("Mail stands still"), "warning", "triangle-alert"),
    "mail_unsent": (N_("Mail not sent"), "warning", "circle-dashed"),
    "mail_unknown": (N_("Mail: decide"), "warning", "circle-question-mark"),
}
ALL = 10_000


def scheduled(one: Status) -> bool:
    """Tell whether it is to begin by itself at a time."""
    return one.state in {"draft", "waiting"} and one.scheduled_at is not None and one.cooling_until is None


@dataclass(frozen=True, slots=True)
class Listed:
    """A broadcast with its mail, None where it has none."""

    status: Status
    mail: MailSums | None

    @property
    def mark(self) -> tuple[str, str, str]:
        """Words, look and icon of its badge."""
        code = next((one for one in needs(self.status, self.mail) if one in NEEDS), "")
        if code:
            return NEEDS[code]
        alone, state = self.sums is not self.status, self.sums.state
        return STATES["sending" if alone and state == "waiting" else "scheduled" if scheduled(self.status) else state]

    @property
    def sums(self) -> Status | MailSums:
        """What is counted of it: its messages on LINE; where its mail alone has begun, its mails."""
        alone = self.status.mail_only or self.status.state == "draft"
        begun = self.mail is not None and self.mail.state != "draft"
        return self.mail if self.mail is not None and begun and alone else self.status


class Overview(QWidget):
    """The list. `opened` carries the status of the one chosen, `wanted` asks for a new one."""

    opened = Signal(object)
    wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop = shop
        self._new = w.Button(_("Make a broadcast"), "primary", "plus", does=self.wanted.emit)
        empty = w.EmptyState(
            "send",
            _("No broadcasts yet"),
            _("Choose who gets it, write the text, and see people, messages and yen before anything is sent."),
            w.Button(_("Make the first broadcast"), "primary", "plus", does=self.wanted.emit),
        )
        self._foot = w.label("", "small", "text_2")
        columns: list[w.Column[Listed]] = [
            w.Column(_("State"), self._state, 150),
            w.Column(_("Name"), lambda one: w.Cell(one.status.name, bold=True)),
            w.Column(_("Accepted"), lambda one: self._people(one, one.sums.accepted), 110, w.RIGHT),
            w.Column(_("Not sent"), self._lost, 110, w.RIGHT),
            w.Column(_("Left out"), lambda one: self._people(one, one.sums.excluded), 110, w.RIGHT),
            w.Column(_("When"), self._when, 130, w.RIGHT),
        ]
        foot = w.holder(w.hbox(self._foot, ...))
        self.list = w.ListCard(
            columns, lambda one: one.status.id, tasks, empty=empty, sentence=notices.sentence, foot=foot
        )
        self.list.table.opened.connect(lambda one: self.opened.emit(one.status))
        self.list.counted.connect(self._counted)
        header = w.Header(
            _("Broadcasts"),
            _("Messages to many at once: drafts, what is under way, and what became of it."),
            actions=(self._new,),
        )
        margin = ("page_side", "s1", "page_side", "page_top")
        self.setLayout(w.vbox(header, (w.holder(w.hbox((self.list, 1), margin=margin)), 1)))
        self._listing = w.Listing(self._count, self._anchors, self._fetch)
        self._shown = False

    def reload(self) -> None:
        """Read the list again."""
        if self._shown:
            self.list.refresh()
        else:
            self._shown = True
            self.list.show_listing(self._listing)

    def _count(self) -> int:
        return len(self._shop.broadcasts.list(ALL))

    def _anchors(self, step: int) -> Sequence[int]:
        return [one.id for one in self._shop.broadcasts.list(ALL)][step - 1 :: step]

    def _fetch(self, after: int | None, limit: int) -> Sequence[Listed]:
        found = self._shop.broadcasts.list(limit, after)
        mails = self._shop.mailings.statuses(one.id for one in found)
        return [Listed(one, mails.get(one.id)) for one in found]

    @staticmethod
    def _state(one: Listed) -> w.Cell:
        words, state, icon = one.mark
        return w.Cell(badge=w.Mark(_(words), state, icon=icon))

    @staticmethod
    def _people(listed: Listed, count: int) -> w.Cell:
        if listed.sums.state == "draft":
            return w.Cell("–", tone="text_3")
        return w.Cell(people(count))

    def _lost(self, listed: Listed) -> w.Cell:
        lost = listed.sums.failed + listed.sums.unknown
        return w.Cell(people(lost), tone="danger_text") if lost else self._people(listed, 0)

    @staticmethod
    def _when(listed: Listed) -> w.Cell:
        one = listed.status
        at = in_japan(one.started_at or one.scheduled_at or one.created_at)
        return w.Cell(_("{month}/{day} {time}").format(month=at.month, day=at.day, time=f"{at:%H:%M}"), tone="text_2")

    def _counted(self, count: int) -> None:
        self._new.setVisible(bool(count))
        self._foot.setText(_n("{n} broadcast", "{n} broadcasts", count).format(n=f"{count:,}"))
