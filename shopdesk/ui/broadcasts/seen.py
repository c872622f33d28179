"""One look at the rows of a broadcast and of the mail beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.broadcasts import Drafted, SendingProcess, Status, Why
    from shopdesk.mailings import MailSums
    from shopdesk.messages import Letter
    from shopdesk.shop import Shop
    from shopdesk.ui.broadcasts.clicks import Clicks


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rows show. `alive`: a sender is at work; `mail` and `letter` are None where there is no mail.

    `clicks` are those of its links, together and each.
    """

    status: Status
    reasons: list[Why]
    alive: bool
    draft: Drafted
    mail: MailSums | None
    letter: Letter | None
    clicks: Clicks

    @property
    def mail_alone(self) -> bool:
        """Whether nobody in it is on LINE and its mail has begun."""
        return self.status.state == "draft" and self.mail is not None and self.mail.state != "draft"

    @property
    def over(self) -> bool:
        """Whether nothing moves any more without somebody asking for it."""
        mailing = self.mail is not None and self.mail.alive
        return (self.status.state in {"finished", "cancelled"} or self.mail_alone) and not self.alive and not mailing


def look_at(shop: Shop, broadcast_id: int, process: SendingProcess | None) -> Seen:
    """Read the rows; `process` is the sender that was started here."""
    service = shop.broadcasts
    alive = process is not None and process.running()
    alive = alive or (service.sender_lives() and not (process is not None and process.problem()))
    mailing = shop.mailings.get(broadcast_id)
    return Seen(
        service.status(broadcast_id),
        service.reasons(broadcast_id),
        alive,
        service.drafted(broadcast_id),
        shop.mailings.statuses([broadcast_id]).get(broadcast_id),
        mailing.letter if mailing else None,
        shop.links.of_broadcast(broadcast_id),
    )
