"""Who types: told to the other computers now and then while somebody does, and shown while another one does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from shopdesk.i18n import _
from shopdesk.ui.directions import isolated
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.shop import Shop
    from shopdesk.talks import Talk
    from shopdesk.ui.tasks import Tasks

LASTS = timedelta(seconds=20)
"""As long as LINE shows the friend that somebody types."""
EVERY = timedelta(seconds=8)


class Typing(QObject):
    """Tells and reads who types in a talk."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks) -> None:
        super().__init__(parent)
        self._shop, self._tasks = shop, tasks
        self._told: dict[int, datetime] = {}

    def tell(self, friend_id: int) -> None:
        """Say that somebody types here; said once in a while is enough."""
        now, last = self._shop.clock.now(), self._told.get(friend_id)
        if last is None or now - last >= EVERY:
            self._told[friend_id] = now
            self._run(friend_id, on=True)

    def stop(self, friend_id: int) -> None:
        """Say that nobody types here any more, if that was said."""
        if self._told.pop(friend_id, None) is not None:
            self._run(friend_id, on=False)

    def forget(self, friend_id: int) -> None:
        """Take it that nobody types here any more: an answer that goes says so itself."""
        self._told.pop(friend_id, None)

    def _run(self, friend_id: int, *, on: bool) -> None:
        work = lambda: self._shop.talks.desk.typing(friend_id, on=on)  # noqa: E731
        self._tasks.run(self, work, failed=lambda _why: None, lane=Lane.NETWORK)

    def words(self, talk: Talk) -> str:
        """Return who else types; the same name at another computer is somebody else as long as nobody types here."""
        now = self._shop.clock.now()
        if not talk.typing_by or talk.typing_at is None or now - talk.typing_at > LASTS:
            return ""
        if talk.typing_by != self._shop.staff.actor.name:
            return _("{name} is typing …").format(name=isolated(talk.typing_by))
        return "" if talk.friend_id in self._told else _("Somebody types at another computer …")
