"""What needs somebody else's word: one place asks for it, whichever page wanted the work, and does the work then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from shopdesk.i18n import _
from shopdesk.staff import NeedsOwnerError, NeedsSecondError, PinWaitsError, WrongPinError
from shopdesk.ui.staff.who import Who
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Dialog, Prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.shop import Shop
    from shopdesk.staff import Member
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Task, Tasks


class ConfirmDialog(Dialog):
    """Why somebody else is asked, their names, and the pad. Its own verb is the pad's."""

    def __init__(self, parent: QWidget, why: str, who: Who) -> None:
        self.who = who
        super().__init__(parent, _("Somebody else confirms this"), Prose(why, tone="text_2"), "s3", who, verb="")
        self.verb.hide()
        self.begin_at(who.pad)

    def reject(self) -> None:
        """Go back; not while a PIN is looked at, since the work may be under way by then."""
        if self.who.pad.usable:
            super().reject()

    def dress(self) -> None:
        """Be wide enough for names beside the pad."""
        self._card.setFixedWidth(theme().px("lock_width"))


class Confirming:
    """Sees to tasks that were refused for want of an owner's or a second person's word: `Tasks.second_word`."""

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices, window: QWidget) -> None:
        self._shop, self._tasks, self._notices, self._window = shop, tasks, notices, window

    def sees_to(self, error: Exception, task: Task) -> bool:
        """Ask whoever can confirm it; where that is nobody, the task has failed."""
        if not isinstance(error, NeedsOwnerError | NeedsSecondError):
            return False
        me, only_owners = self._shop.staff.actor.member_id, isinstance(error, NeedsOwnerError)

        def then(members: list[Member]) -> None:
            able = [one for one in members if one.role == "owner" or (one.role == "manager" and not only_owners)]
            others = [one for one in able if one.id != me]
            if others:
                self._ask(error, task, others)
            else:
                task.answer(None, error)

        self._tasks.run(self._window, self._shop.staff.members.all, then)
        return True

    def _ask(self, error: Exception, task: Task, others: Sequence[Member]) -> None:
        if not task.awaited:
            return
        parent = task.owner.window() if isinstance(task.owner, QWidget) else self._window
        who = Who(self._shop.staff, self._tasks, self._shop.clock, _("Confirm"))
        dialog = ConfirmDialog(parent, self._notices.sentence(error), who)
        who.offer(others)
        who.given.connect(lambda member, pin: self._again(task, dialog, member, pin))
        dialog.rejected.connect(lambda: task.answer(None, error))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _again(self, task: Task, dialog: ConfirmDialog, member: int, pin: str) -> None:
        def work() -> Any:
            with self._shop.staff.confirmed_by(member, pin):
                return task.work()

        def answer(result: object, error: Exception | None) -> None:
            if isValid(dialog):
                dialog.accept()
            task.answer(result, error)

        def failed(error: Exception) -> None:
            if isinstance(error, WrongPinError | PinWaitsError) and isValid(dialog):
                dialog.who.refuse(error)
            else:
                answer(None, error)

        self._tasks.run(self._window, work, lambda result: answer(result, None), failed=failed, lane=task.lane)
