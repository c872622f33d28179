"""What the home page knows: read in one go, without the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.secrets import KeyRingError, KeysFileError

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.automations import Automation
    from shopdesk.broadcasts import Status
    from shopdesk.exports import Schedule
    from shopdesk.friends import Counts, Growth
    from shopdesk.imports import PastImport, SeenFile, WatchedFolder
    from shopdesk.mailings import MailSums
    from shopdesk.orders import Day, Totals
    from shopdesk.quarantine import Quarantine
    from shopdesk.settings import Plan
    from shopdesk.shop import Shop
    from shopdesk.site import Waiting
    from shopdesk.talks import Counts as TalkCounts

DAYS = 28
BROADCASTS = 50
WAITING = 20
BACKUP_OLD = timedelta(days=7)


@dataclass(frozen=True)
class Today:
    """The shop at one moment. `sales` is empty where `growth` has something to show; `backup` is the newest one, `mails` by broadcast.

    `automations` are those that nobody comes into any more. `uncounted` are visits that tills noted and that could not be counted.
    """

    now: datetime
    customers: int
    friends: Counts
    growth: tuple[Growth, ...]
    sales: tuple[Day, ...]
    totals: Totals
    imports: tuple[PastImport, ...]
    broadcasts: tuple[Status, ...]
    automations: tuple[Automation, ...]
    mails: dict[int, MailSums]
    waiting: tuple[SeenFile, ...]
    folders: tuple[WatchedFolder, ...]
    exports: tuple[Schedule, ...]
    quarantine: Quarantine
    talks: TalkCounts
    pages: Waiting
    plan: Plan
    has_keys: bool
    uncounted: int
    backup: datetime | None

    @property
    def brand_new(self) -> bool:
        """Whether nothing has been brought in yet."""
        return not (self.customers or self.imports or self.broadcasts or self.friends.friends)

    @property
    def needs_backup(self) -> bool:
        """Whether the newest backup is old, or there is none."""
        return self.backup is None or self.now - self.backup > BACKUP_OLD

    @property
    def last_import(self) -> PastImport | None:
        """The newest import that was not undone."""
        return next((one for one in self.imports if one.undone_at is None), None)


def read_today(shop: Shop) -> Today:
    """Read everything the home page shows but what only LINE knows."""
    growth = tuple(shop.friends.growth(DAYS))
    grows = any(day.added for day in growth)
    backups = shop.backups()
    broadcasts = tuple(shop.broadcasts.list(BROADCASTS))
    troubled = tuple(shop.automations.troubled())
    return Today(
        now=shop.clock.now(),
        customers=shop.customers.count(),
        friends=shop.friends.counts(),
        growth=growth if grows else (),
        sales=() if grows else tuple(shop.orders.by_day(DAYS)),
        totals=shop.orders.totals(),
        imports=tuple(shop.imports.past()),
        broadcasts=broadcasts,
        automations=troubled,
        mails=shop.mailings.statuses(one.id for one in broadcasts),
        waiting=tuple(shop.imports.watching.files("offered", "unsure", limit=WAITING)),
        folders=tuple(shop.imports.watching.folders()),
        exports=tuple(shop.exports.schedules.all()),
        quarantine=shop.installation.quarantine(),
        talks=shop.talks.counts(),
        pages=shop.site.waiting(),
        plan=shop.settings.plan(),
        has_keys=has_keys(shop),
        uncounted=shop.cards.uncounted.count(),
        backup=backups[0].at if backups else None,
    )


def has_keys(shop: Shop) -> bool:
    """Whether LINE's keys are there; a locked key ring or a bad keys file counts as none, the settings say why."""
    try:
        return shop.line.tokens.has_keys
    except (KeyRingError, KeysFileError):
        return False
