"""What each reader of a broadcast gets that is theirs alone, written in the transaction that writes their request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from shopdesk.broadcasts.tables import SentCouponRow
from shopdesk.database import portions
from shopdesk.errors import ShopDeskError
from shopdesk.links import sound
from shopdesk.messages import Own, addresses, card_values, counted, restored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office
    from shopdesk.broadcasts.tables import BroadcastRow
    from shopdesk.coupons import Coupons, Token
    from shopdesk.links import Links
    from shopdesk.messages import Draft


class Reader(NamedTuple):
    """A person of a broadcast: their row, the customer they are (None: not known), which text is theirs, and LINE's id of them."""

    id: int
    customer_id: int | None
    variant: str
    user_id: str


def said_of(office: Office, row: BroadcastRow) -> dict[str, Draft]:
    """Return the messages of each variant of a broadcast, their addresses counted where it wants that."""
    kept = {"a": row.messages, **({"b": row.messages_b} if row.messages_b else {})}
    said = {variant: restored(one) for variant, one in kept.items()}
    if row.counts:
        base = office.settings.fixed_address()
        said = {variant: counted(one, base) for variant, one in said.items()}
    return said


def make_links(session: Session, links: Links, row: BroadcastRow, drafts: Iterable[Draft]) -> None:
    """Make the links of a broadcast that counts them, in the transaction that decides who gets it."""
    for to in sorted({sound(one) for one in _links_of(drafts)}):
        links.made(session, to, row.name, row.id)


def coupons_of(drafts: Iterable[Draft]) -> list[int]:
    """Return the coupons that messages bring."""
    return sorted(frozenset().union(*(one.coupons for one in drafts)))


def hindrance(
    session: Session, office: Office, drafts: Collection[Draft], *, locked: bool = False
) -> ShopDeskError | None:
    """Return why the coupons and links of messages cannot be given just now, None where they can; `locked`: until the transaction ends."""
    coupons = office.coupons
    try:
        if _links_of(drafts):
            office.links.address("")
        for one in coupons_of(drafts):
            coupons.require_given_out(session, one, locked=locked)
            coupons.addresses.of_nothing()
    except ShopDeskError as error:
        return error
    return None


def owned(
    session: Session, office: Office, broadcast_id: int, drafts: Mapping[str, Draft], readers: Sequence[Reader]
) -> dict[int, Own]:
    """Give the readers their coupons and links and return what is theirs, by their rows; who may have no more of a coupon is not in it.

    Raises:
        ShopDeskError: as `hindrance` says.
    """
    coupons = office.coupons
    placeholders = frozenset().union(*(one.placeholders for one in drafts.values()))
    values = card_values(session, placeholders, {one.customer_id for one in readers if one.customer_id is not None})
    theirs: dict[int, dict[str, str]] = {one.id: {} for one in readers}
    for coupon_id in coupons_of(drafts.values()):
        getting = [one for one in readers if one.id in theirs and coupon_id in drafts[one.variant].coupons]
        for reader, token in zip(getting, _tokens(session, coupons, coupon_id, getting), strict=True):
            if token is None:
                del theirs[reader.id]
            else:
                theirs[reader.id][addresses.coupon(coupon_id)] = coupons.addresses.of_token(token)
    left = [one for one in readers if one.id in theirs]
    links = _links(session, office.links, broadcast_id, drafts, left)
    return {one.id: Own(values.get(one.customer_id or 0, {}), theirs[one.id], links.get(one.id, {})) for one in left}


def _links_of(drafts: Iterable[Draft]) -> frozenset[str]:
    return frozenset().union(*(one.links for one in drafts))


def _links(
    session: Session, links: Links, broadcast_id: int, drafts: Mapping[str, Draft], readers: Sequence[Reader]
) -> dict[int, dict[str, str]]:
    """Return each reader's own addresses in place of those that are counted; the same where a request is written anew."""
    written = _links_of(drafts.values())
    if not written:
        return {}
    made = links.of_people(session, broadcast_id, [one.user_id for one in readers])
    return {
        one.id: {
            address: links.address(token)
            for address in drafts[one.variant].links
            if (token := made.get((sound(address), one.user_id)))
        }
        for one in readers
    }


def _tokens(session: Session, coupons: Coupons, coupon_id: int, readers: Sequence[Reader]) -> list[Token | None]:
    """Another code where a person's request is written anew, for LINE never took the first; else a coupon."""
    row = SentCouponRow
    had: dict[int, int] = {}
    for some in portions([one.id for one in readers]):
        found = select(row.person_id, row.ticket_id).where(row.coupon_id == coupon_id, row.person_id.in_(some))
        had |= dict(session.execute(found).all())
    again = [one.id for one in readers if one.id in had]
    new = [one for one in readers if one.id not in had]
    tokens: dict[int, Token | None] = dict(
        zip(again, coupons.codes_in(session, [had[one] for one in again]), strict=True)
    )
    if new:
        issued = coupons.issue_in(session, coupon_id, [one.customer_id for one in new])
        tokens |= {one.id: token for one, token in zip(new, issued, strict=True)}
        rows = [
            {"person_id": one.id, "coupon_id": coupon_id, "ticket_id": token.ticket_id}
            for one, token in zip(new, issued, strict=True)
            if token is not None
        ]
        if rows:
            session.execute(insert(row), rows)
    return [tokens[one.id] for one in readers]
