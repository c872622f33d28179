"""One look at the rows of a broadcast and of the mail beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.ui.broadcasts.recipients import Audience

if TYPE_CHECKING:
    from shopdesk.broadcasts import Drafted, SendingProcess, Status, Why
    from shopdesk.mailings import MailSums
    from shopdesk.messages import Letter
    from shopdesk.shop import Shop
    from shopdesk.ui.broadcasts.clicks import Clicks


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rows show. `alive`: a sender is at work; `mail` and `letter` are None where there is no mail.

    `clicks` are those of its links, together and each, `mail_clicks` those of the links in its mail; `of` is the name of the
    broadcast that it follows, '' where it follows none.
    """

    status: Status
    reasons: list[Why]
    alive: bool
    draft: Drafted
    mail: MailSums | None
    letter: Letter | None
    letter_counts: bool
    clicks: Clicks
    mail_clicks: Clicks
    of: str

    @property
    def audience(self) -> Audience:
        """Who it is for."""
        kept = self.draft
        return Audience(kept.segment, kept.everyone, kept.each, kept.follows, self.of)

    @property
    def mail_alone(self) -> bool:
        """Whether nobody in it gets it on LINE and its mail has begun, or is to begin now."""
        if self.status.mail_only:
            return self.status.state != "draft"
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
    mailing, draft = shop.mailings.get(broadcast_id), service.drafted(broadcast_id)
    return Seen(
        service.status(broadcast_id),
        service.reasons(broadcast_id),
        alive,
        draft,
        shop.mailings.statuses([broadcast_id]).get(broadcast_id),
        mailing.letter if mailing else None,
        mailing is not None and mailing.counts,
        shop.links.of_broadcast(broadcast_id),
        shop.links.of_broadcast(broadcast_id, mailed=True),
        service.status(draft.follows).name if draft.follows is not None else "",
    )
