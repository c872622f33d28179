"""A broadcast on both its channels: LINE first, then the mail beside it; where nobody in it is on LINE the mail goes alone.

Whoever opened nothing of it can be written to once more by the other way (`follow`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from shopdesk.broadcasts import EmptyAudienceError
from shopdesk.messages import Letter, as_written, literal, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.broadcasts import Status
    from shopdesk.messages import Draft
    from shopdesk.shop import Shop

_OVER = {"finished", "cancelled"}


def prepare(shop: Shop, broadcast_id: int, decide: Callable[[int], Status]) -> None:
    """Let `decide` freeze who gets it on LINE; nobody is right where people get a mail.

    Raises:
        EmptyAudienceError: nobody gets it, not by mail either.
        ShopDeskError: what `decide` raises.
    """
    try:
        decide(broadcast_id)
    except EmptyAudienceError:
        if not _mail_goes(shop, broadcast_id):
            raise


def send(shop: Shop, broadcast_id: int, messages: Callable[[int], Status] | None = None) -> Status:
    """Send, or go on sending, both in the foreground; safe to repeat. Return how far LINE is.

    Args:
        shop: Whose.
        broadcast_id: Which one.
        messages: How LINE is served; `shop.broadcasts.send` by default.

    Raises:
        MailingError: the mail cannot be sent as things are; nobody got anything.
        ShopDeskError: as `Broadcasts.send` and `Mailings.send`.
    """
    mail = _has_open_mail(shop, broadcast_id)
    if mail:
        shop.mailings.require_ready(broadcast_id)  # before the first call, not after everybody on LINE has theirs
    try:
        over = (messages or shop.broadcasts.send)(broadcast_id).state == "finished"
    except EmptyAudienceError:
        if not _mail_goes(shop, broadcast_id):
            raise
        over = True
        if shop.broadcasts.status(broadcast_id).scheduled_at is not None:
            shop.broadcasts.schedule(broadcast_id, None)  # else its time comes again and again
    if mail and over:
        shop.mailings.send(broadcast_id)
    return shop.broadcasts.status(broadcast_id)


def follow(shop: Shop, broadcast_id: int, by: Literal["line", "mail"]) -> int:
    """Draft the follow-up of a broadcast to whoever got it and opened no link, and return its id; where there is one, that.

    It says the same, as far as the other way can; a draft is there to be changed. Safe to repeat, also after a crash in the middle.

    Raises:
        NotFoundError: there is no such broadcast.
        StateError: nobody got it the first way, its links were not counted, or it is a follow-up itself.
    """
    said, mail = shop.broadcasts.drafted(broadcast_id).messages, shop.mailings.get(broadcast_id)
    if by == "line":
        said = said if said.messages or mail is None else as_written([text(mail.letter.text)])
        return shop.broadcasts.follow_up(broadcast_id, said, by_mail=False)
    made = shop.broadcasts.follow_up(broadcast_id, as_written(()), by_mail=True)
    if shop.mailings.get(made) is None:
        letter = mail.letter if mail else _as_letter(shop, broadcast_id, said)
        shop.mailings.write(made, letter, counts=True)
    return made


def _as_letter(shop: Shop, broadcast_id: int, said: Draft) -> Letter:
    """What a broadcast says, as a mail: its texts, and the links of its buttons and pictures below them."""
    _together, links = shop.links.of_broadcast(broadcast_id)
    texts = "\n\n".join(str(one["text"]) for one in said.messages if isinstance(one.get("text"), str))
    below = [literal(one.link.destination) for one in links if one.link.destination not in texts]
    subject = literal(shop.broadcasts.drafted(broadcast_id).name)
    return Letter(subject, "\n\n".join(filter(None, (texts, *below))))


def ask(shop: Shop, broadcast_id: int, control: Literal["pause", "cancel"]) -> Status:
    """Stop both for now or for good, each after what is on its way; what is over already stays as it is.

    Raises:
        NotFoundError: there is no such broadcast.
        StateError: it is not in a state for that.
    """
    mail = _has_open_mail(shop, broadcast_id)
    if mail:
        shop.mailings.ask(broadcast_id, control)
    now = shop.broadcasts.status(broadcast_id)
    if mail and (now.state in _OVER or (now.state == "draft" and control == "pause")):
        return now
    return (shop.broadcasts.pause if control == "pause" else shop.broadcasts.cancel)(broadcast_id)


def _has_open_mail(shop: Shop, broadcast_id: int) -> bool:
    sums = shop.mailings.statuses([broadcast_id]).get(broadcast_id)
    return sums is not None and sums.state not in _OVER


def _mail_goes(shop: Shop, broadcast_id: int) -> bool:
    return _has_open_mail(shop, broadcast_id) and bool(shop.mailings.status(broadcast_id).remaining)
