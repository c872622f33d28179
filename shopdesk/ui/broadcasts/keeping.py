"""Keeping a draft while it is written, and looking at its dry run each time it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.broadcasts import Drafted
from shopdesk.messages import as_written
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shopdesk.messages import Letter
    from shopdesk.shop import Shop
    from shopdesk.ui.broadcasts.finer import Parts
    from shopdesk.ui.broadcasts.recipients import Audience
    from shopdesk.ui.messages.editors import Message
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

WAITS_MS = 700


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the window: the messages as their forms give them, whom they are for, and the mail beside them."""

    messages: list[Message]
    others: list[Message] | None
    to: Audience
    parts: Parts
    name: str
    public_url: str
    letter: Letter | None
    letter_counts: bool = False
    mail_only: bool = False

    def drafted(self) -> Drafted:
        """Return it as a draft, right or wrong; takes up to seconds for many cards. Raises MessageError: it cannot be kept."""
        others = None if self.mail_only else self.others
        return Drafted(
            as_written(() if self.mail_only else self.messages, self.public_url),
            self.to.segment,
            everyone=self.to.everyone,
            each=self.to.each,
            name=self.name,
            messages_b=as_written(others, self.public_url) if others else None,
            split=self.parts.split if others else 0,
            holdout=0 if self.mail_only else self.parts.holdout,
            counts=self.parts.counts and not self.mail_only,
            mail_only=self.mail_only,
            follows=self.to.follows,
        )


@dataclass(slots=True)
class _Flight:
    """A draft on its way into the database, and what was written of it meanwhile."""

    after: Written | None = None


class Keeper(QObject):
    """One draft. `keeping` when it goes into the database, `kept` when it lies there, `refused` with why it does not.

    `looked` carries the dry run. What is on its way when another draft is begun arrives as its own.
    """

    keeping = Signal()
    kept = Signal()
    refused = Signal(str)
    looked = Signal(object)

    def __init__(
        self, parent: QWidget, shop: Shop, tasks: Tasks, notices: Notices, wanted: Callable[[], Written | None]
    ) -> None:
        super().__init__(parent)
        self._shop, self._tasks, self._notices, self._wanted = shop, tasks, notices, wanted
        self.id: int | None = None
        self._last: Written | None = None
        self._flight: _Flight | None = None
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, broadcast_id: int | None, kept: Written | None) -> None:
        """Keep this one from now on; None a new one."""
        self._timer.stop()
        self._flight = None
        self.id, self._last = broadcast_id, kept

    def soon(self) -> None:
        """Keep it once nobody has typed for a moment."""
        self._timer.start()

    @property
    def fresh(self) -> bool:
        """Whether what is written has been kept."""
        return not self._timer.isActive() and self._flight is None

    def keep(self) -> None:
        """Keep it now where there is something to keep, then look at the dry run."""
        self._timer.stop()
        wanted = self._wanted()
        if wanted is None:
            return
        if self._flight is not None:  # the one on its way has the draft's number yet to bring
            self._flight.after = wanted
        elif wanted == self._last:
            self.look()
        else:
            self._keep(wanted)

    def _keep(self, wanted: Written) -> None:
        flight = self._flight = _Flight()
        self.keeping.emit()
        shop, known = self._shop, self.id

        def then(made: int) -> None:
            if self._flight is flight:
                self._flight = None
                self.id, self._last = made, wanted
                self.kept.emit()
                self._go_on(flight.after)
            elif flight.after is not None:  # another one was opened meanwhile
                after = flight.after
                self._tasks.run(self, lambda: _stored(shop, made, after), lane=Lane.WRITE)

        def failed(error: Exception) -> None:
            if self._flight is not flight:
                self._notices.error(error)
                return
            self._flight = None
            self.refused.emit(self._notices.sentence(error))

        self._tasks.run(self, lambda: _stored(shop, known, wanted), then, failed=failed, lane=Lane.WRITE)

    def _go_on(self, after: Written | None) -> None:
        if after is None or after == self._last:
            self.look()
        else:
            self._keep(after)

    def look(self) -> None:
        """Look at the dry run of what is kept."""
        known = self.id
        if known is not None:
            work = lambda: self._shop.broadcasts.preview(known)  # noqa: E731
            self._tasks.run(self, work, self.looked.emit, lane=Lane.NETWORK, key="preview")


def _stored(shop: Shop, known: int | None, written: Written) -> int:
    wanted, made = written.drafted(), known
    if made is None:
        made = shop.broadcasts.draft(
            wanted.messages,
            segment=wanted.segment,
            everyone=wanted.everyone,
            each=wanted.each,
            name=wanted.name,
            messages_b=wanted.messages_b,
            split=wanted.split,
            holdout=wanted.holdout,
            counts=wanted.counts,
            mail_only=wanted.mail_only,
        )
    else:
        shop.broadcasts.revise(made, wanted)
    shop.mailings.write(
        made, written.letter, counts=written.letter_counts
    )  # after it: a broadcast to everyone takes no mail
    return made
