"""What every part of the broadcasts works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopdesk.broadcasts.audience import FRIEND
from shopdesk.broadcasts.capping import Capped
from shopdesk.broadcasts.reading import Moment
from shopdesk.changes import Topic
from shopdesk.staff import MOST_SENT_ALONE, Act

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.broadcasts.audience import Barred
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.line import Line
    from shopdesk.links import Links
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

LEASE = "sender"


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, who is to be told, LINE, and what else a broadcast asks.

    `mailed` gives the customers who got the mail of a broadcast: mails come after broadcasts.
    """

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    line: Line
    leases: Leases
    installation: Installation
    settings: Settings
    segments: Segments
    coupons: Coupons
    links: Links
    mailed: Callable[[int], Select[Any]]

    def moment(self, now: datetime | None = None) -> Moment:
        """Return what a broadcast's status depends on besides its rows."""
        return Moment(
            now or self.clock.now(), self.leases.held(LEASE), self.settings.plan(), self.settings.quiet_hours()
        )

    def barred(self, now: datetime, but: int = 0) -> list[Barred]:
        """Return the condition that a friend has had so many broadcasts, `but` this one, that the shop's cap leaves them out."""
        capped = Capped.at(self.settings.cap(), now)
        return [(capped.reached_by(FRIEND.user_id, but), "capped")] if capped else []

    def require_size(self, people: int) -> None:
        """Ask whether who acts may write to so many: a manager up to 500, and as many as the shop lets one person decide.

        Raises:
            NeedsOwnerError, NeedsSecondError: somebody else has to confirm it.
        """
        if people > MOST_SENT_ALONE:
            self.staff.require(Act.SEND_MANY)
        alone = int(self.settings.get("second_ok_above"))
        if alone and people > alone:
            self.staff.require_second()

    def tell(self) -> None:
        """Say that broadcasts have changed."""
        self.changes.tell(Topic.BROADCASTS)
