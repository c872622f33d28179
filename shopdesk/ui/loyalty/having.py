"""What somebody has: their card, where there is one, and what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.words import stamps

if TYPE_CHECKING:
    from shopdesk.cards import Card
    from shopdesk.shop import Shop


def balance(card: Card) -> str:
    """Return what is on a card, with its rank."""
    return _(" · ").join(filter(None, (stamps(card.balance), isolated(card.rank))))


def card_of(shop: Shop, customer_id: int) -> Card | None:
    """Return a customer's card, None where they have none."""
    try:
        return shop.cards.card_of(customer_id)
    except NotFoundError:
        return None
