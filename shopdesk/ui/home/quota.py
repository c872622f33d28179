"""This month's messages as LINE counts them, and what of it is worth a banner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.broadcasts import Status
    from shopdesk.line import Quota
    from shopdesk.reach import Point
    from shopdesk.ui.home.today import Today


@dataclass(frozen=True)
class Asked:
    """What LINE said when it was asked: the quota, or a sentence why there is none; and what keeps messages from arriving."""

    at: datetime
    quota: Quota | None = None
    problem: str = ""
    troubles: tuple[Point, ...] = ()

    @property
    def low(self) -> bool:
        """Whether little is left of the month."""
        return self.quota is not None and self.quota.low

    @property
    def well(self) -> bool:
        """Whether nothing is wrong: then it is asked again only after a while."""
        return not (self.problem or self.troubles)

    @property
    def locked_out(self) -> bool:
        """Whether LINE does not take the shop's keys; that stands in the list of what is to do."""
        return any(one.key == "keys" and not one.passes for one in self.troubles)


@dataclass(frozen=True)
class Notice:
    """The one banner on top: state, what is so, what to do, and where that is done."""

    state: str
    fact: str
    advice: str
    action: str
    page: str
    section: str = ""


def notice(today: Today, asked: Asked | None) -> Notice | None:
    """Return the most pressing thing that is not already the page's welcome; None when all is well."""
    if today.quarantine.quarantined:
        return Notice(
            "danger",
            _("Nothing is sent from this copy."),
            _("{why} Look at what would go out, then let it send.").format(why=today.quarantine.reason or ""),
            _("Look"),
            "settings",
        )
    left = asked.quota.left if asked and asked.quota else None
    upcoming = _next(today)
    if left is not None and upcoming is not None and upcoming.planned > left:
        return Notice(
            "warning",
            _("{n} messages are left this month.").format(n=f"{left:,}"),
            _("The next one, “{name}”, goes to {people} people, so they do not suffice.").format(
                name=upcoming.name, people=f"{upcoming.planned:,}"
            ),
            _("See recipients and plan"),
            "broadcasts",
        )
    if asked and asked.problem and today.has_keys and not asked.locked_out:
        return Notice("warning", asked.problem, "", _("Open the settings"), "settings", "line")
    if not today.has_keys and not today.brand_new:
        return Notice(
            "info",
            _("LINE is not connected yet."),
            _("Messages can be sent once it is."),
            _("Connect LINE"),
            "settings",
            "line",
        )
    return None


def _next(today: Today) -> Status | None:
    waiting = [one for one in today.broadcasts if one.state in {"waiting", "paused"}]
    return min(waiting, key=lambda one: (one.scheduled_at or today.now, one.id)) if waiting else None
