"""What about a broadcast, its mail and the shop's pages waits for the shopkeeper, the most pressing first. Pure: no session and no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from shopdesk.broadcasts import Status
    from shopdesk.mailings import MailSums
    from shopdesk.site import Waiting

Need = Literal[
    "cooling", "late", "paused", "stuck", "unknown", "mail_paused", "mail_stuck", "mail_unsent", "mail_unknown"
]
PageNeed = Literal["reservations", "comments"]
# What goes on by itself asks for nobody.
_BY_ITSELF = "quiet_hours"


def needs(now: Status, mail: MailSums | None) -> tuple[Need, ...]:
    """Return the codes of what a person must decide or may still stop; nothing where all goes its way."""
    return (*_on_line(now), *(_by_mail(now, mail) if mail is not None else ()))


def page_needs(now: Waiting) -> tuple[PageNeed, ...]:
    """Return what of the shop's pages waits: somebody who asks for a reservation before somebody who has said something."""
    asked: dict[PageNeed, int] = {"reservations": now.reservations, "comments": now.comments}
    return tuple(code for code, count in asked.items() if count)


def _on_line(now: Status) -> tuple[Need, ...]:
    asked: dict[Need, bool] = {
        "cooling": now.cooling_until is not None and now.reason != "late",
        "late": now.reason == "late",
        "paused": now.state == "paused" and now.reason != _BY_ITSELF,
        "stuck": now.stuck,
        "unknown": bool(now.unknown) and now.state != "sending",
    }
    return tuple(code for code, so in asked.items() if so)


def _by_mail(now: Status, mail: MailSums) -> tuple[Need, ...]:
    asked: dict[Need, bool] = {
        "mail_paused": mail.state == "paused" and mail.reason != _BY_ITSELF,
        "mail_stuck": mail.reason == "no_mailer",
        "mail_unsent": mail.state == "draft" and now.state == "finished",
        "mail_unknown": bool(mail.unknown) and mail.state != "waiting",
    }
    return tuple(code for code, so in asked.items() if so)
