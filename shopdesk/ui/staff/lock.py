"""The locked screen: who are you, and nothing else of the shop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.database import OfflineError
from shopdesk.i18n import _
from shopdesk.ui.icons import Icon
from shopdesk.ui.staff.who import Who
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Banner, Button, Card, Prose, hbox, holder, label, scroller, vbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from shopdesk.clock import Clock
    from shopdesk.staff import Member, Staff
    from shopdesk.ui.tasks import Tasks


class LockScreen(QWidget):
    """Signs in whoever types the own PIN: `signed_in` carries the member who now acts, `given_up` that nobody does.

    With `notes`, `notes_wanted` tells that visits are to be noted while the data, where the PINs lie, cannot be reached.
    """

    signed_in = Signal(object)
    given_up = Signal()
    notes_wanted = Signal()

    def __init__(self, staff: Staff, tasks: Tasks, clock: Clock, *, notes: bool = False) -> None:
        super().__init__()
        self._notes = notes
        self._staff, self._tasks = staff, tasks
        self._wanted: Callable[[Member], bool] = lambda _member: True
        self.who = Who(staff, tasks, clock, _("Open"))
        self.who.given.connect(self._sign_in)
        self._title, self._advice = label("", "title"), Prose(tone="text_2")
        self.back = Button(_("Back"), does=self.give_up)
        forgotten = Prose(
            _("PIN forgotten? The owner sets a new one under Settings → Staff."), role="caption", tone="text_3"
        )
        self.away = Banner(
            "warning",
            _("The shop's data is out of reach"),
            _("Nobody can sign in just now."),
            action=_("Note visits without signing in"),
            does=self.notes_wanted.emit,
        )
        self._away_line = holder(vbox(self.away, "s3"))
        self._away_line.hide()
        head = hbox(Icon("lock", "accent_text", "icon_medium"), self._title, ..., self.back, gap="s3")
        self._card = Card(head, "s1", self._advice, "s3", self._away_line, (self.who, 1), "s3", forgotten, pad="s6")
        self.setLayout(vbox(scroller(hbox(..., vbox(..., self._card, ...), ..., margin="s2"))))
        self.setFocusProxy(self.who)
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self._card.setFixedWidth(theme().px("lock_width"))

    def ask(
        self,
        title: str,
        advice: str,
        *,
        verb: str = "",
        who: Callable[[Member], bool] = lambda _member: True,
        back: bool = False,
    ) -> None:
        """Ask who is there. `verb` is what the PIN does, '' for opening; `who` says which members are offered; with `back` it can be left."""
        self._title.setText(title)
        self.who.pad.verb.set_words(verb or _("Open"))
        self._advice.set_runs(advice)
        self._wanted = who
        self.back.setVisible(back)
        self.who.offer([])
        self.refresh()

    def refresh(self) -> None:
        """Read again who works here; whoever is typing a PIN is not disturbed where that is as it was."""
        self._tasks.run(self, self._staff.members.all, self._offer, failed=self._not_read, key="members")

    def _not_read(self, error: Exception) -> None:
        self._show_away(error)
        self._tasks.default_failed(error)

    def _show_away(self, error: Exception) -> None:
        self._away_line.setVisible(self._notes and isinstance(error, OfflineError))

    def take_badge(self, scanned: str) -> None:
        """Choose whose badge was scanned; the PIN is still asked."""
        self.who.take_badge(scanned)

    def give_up(self) -> None:
        """Leave the question, where it can be left."""
        if not self.back.isHidden():
            self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.who.setFocus()

    def _offer(self, members: list[Member]) -> None:
        self._away_line.hide()
        wanted = [one for one in members if self._wanted(one)]
        known = [tile.member for tile in self.who.tiles]
        if [(one.id, one.name, one.role) for one in wanted] != [(one.id, one.name, one.role) for one in known]:
            self.who.offer(wanted)

    def _sign_in(self, member_id: int, pin: str) -> None:
        work = partial(self._staff.sign_in, member_id, pin)
        self._tasks.run(self, work, self._signed_in, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._show_away(error)
        self.who.refuse(error)

    def _signed_in(self, member: Member) -> None:
        self.who.offer([])
        self.signed_in.emit(member)
