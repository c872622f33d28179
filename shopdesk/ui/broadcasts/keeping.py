"""Keeping a draft while it is written, and looking at its dry run each time it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.broadcasts import Drafted
from shopdesk.errors import ShopDeskError
from shopdesk.messages import draft
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shopdesk.broadcasts import Broadcasts
    from shopdesk.ui.broadcasts.editors import Message
    from shopdesk.ui.broadcasts.finer import Parts
    from shopdesk.ui.broadcasts.recipients import Audience
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

WAITS_MS = 700


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the window: the messages as their forms give them, and whom they are for."""

    messages: list[Message]
    others: list[Message] | None
    to: Audience
    parts: Parts
    name: str
    public_url: str

    def drafted(self) -> Drafted:
        """Return it as a draft; takes up to seconds for many cards. Raises MessageError, RefusedByLineError."""
        return Drafted(
            draft(self.messages, self.public_url),
            self.to.segment,
            everyone=self.to.everyone,
            each=self.to.each,
            name=self.name,
            messages_b=draft(self.others, self.public_url) if self.others else None,
            split=self.parts.split if self.others else 0,
            holdout=self.parts.holdout,
        )


class Keeper(QObject):
    """One draft. `keeping` when it goes into the database, `kept` when it lies there, `refused` with why it does not.

    `looked` carries the dry run.
    """

    keeping = Signal()
    kept = Signal()
    refused = Signal(str)
    looked = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        service: Broadcasts,
        tasks: Tasks,
        notices: Notices,
        wanted: Callable[[], Written | None],
    ) -> None:
        super().__init__(parent)
        self._service, self._tasks, self._notices, self._wanted = service, tasks, notices, wanted
        self.id: int | None = None
        self._last: Written | None = None
        self._busy = False
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, broadcast_id: int | None, kept: Written | None) -> None:
        """Keep this one from now on; None a new one."""
        self._timer.stop()
        self.id, self._last = broadcast_id, kept

    def soon(self) -> None:
        """Keep it once nobody has typed for a moment."""
        self._timer.start()

    @property
    def fresh(self) -> bool:
        """Whether what is written has been kept."""
        return not self._timer.isActive() and not self._busy

    def keep(self) -> None:
        """Keep it now where it can be kept, then look at the dry run."""
        self._timer.stop()
        try:
            wanted = self._wanted()
        except ShopDeskError as error:
            self.refused.emit(error.message)
            return
        if wanted is None:
            return
        if wanted == self._last:
            self.look()
        elif self._busy:  # the one on its way has the draft's number yet to bring
            self._timer.start()
        else:
            self._keep(wanted)

    def _keep(self, wanted: Written) -> None:
        self._busy = True
        self.keeping.emit()
        service, known = self._service, self.id

        def then(made: int) -> None:
            self._busy = False
            if self.id == known:  # else another one was opened meanwhile
                self.id, self._last = made, wanted
                self.kept.emit()
                self.look()

        def failed(error: Exception) -> None:
            self._busy = False
            self.refused.emit(self._notices.sentence(error))

        self._tasks.run(self, lambda: _stored(service, known, wanted), then, failed=failed, lane=Lane.WRITE)

    def look(self) -> None:
        """Look at the dry run of what is kept."""
        known = self.id
        if known is not None:
            work = lambda: self._service.preview(known)  # noqa: E731
            self._tasks.run(self, work, self.looked.emit, lane=Lane.NETWORK, key="preview")


def _stored(service: Broadcasts, known: int | None, written: Written) -> int:
    wanted = written.drafted()
    if known is not None:
        service.revise(known, wanted)
        return known
    return service.draft(
        wanted.messages,
        segment=wanted.segment,
        everyone=wanted.everyone,
        each=wanted.each,
        name=wanted.name,
        messages_b=wanted.messages_b,
        split=wanted.split,
        holdout=wanted.holdout,
    )
