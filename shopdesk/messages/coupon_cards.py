"""A coupon of the shop's own as a card that opens its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.coupons import conditions, ends_said, headline
from shopdesk.i18n import N_, for_customers
from shopdesk.messages import actions, addresses
from shopdesk.messages.designs import Card, cards

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.coupons import Offer
    from shopdesk.line import Message
    from shopdesk.messages.records import Picture


def coupon_card(offer: Offer, address: str, until: datetime | None = None, picture: Picture | None = None) -> Message:
    """Return the card of a coupon.

    Args:
        offer: What it promises; what stands in it is shown as it is, braces are no placeholders.
        address: The page it opens: one person's, or the one on which whoever opens it may take one.
        until: When it ends for this person, None for with the coupon.
        picture: The kept picture of the offer, None where it has none.
    """
    values = {
        "title": offer.name,
        "text": offer.text,
        "code": headline(offer, for_customers),
        "until": ends_said(offer, until, for_customers),
        "note": "\n".join(filter(None, [*conditions(offer, for_customers), offer.terms])),
    }
    shown = Card(
        "coupon",
        {**Card.new("coupon").values, **{name: _plain(said) for name, said in values.items()}},
        addresses.own(picture.id, picture.card_width) if picture else "",
        (actions.open_link(for_customers(N_("Open the coupon")), address),),
    )
    return cards(_plain(for_customers(N_("Coupon: {name}")).format(name=offer.name)), [shown])


def _plain(said: str) -> str:
    return said.replace("{", "{{").replace("}", "}}")
