"""What friends ask for with a word or a button and get at once, for free: their shop card, a coupon whose page they have open, the shop's pages.

Also the word that a QR code of the shop types for them is answered: it says where they found the shop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from shopdesk import scancodes
from shopdesk.cards import POSTBACK, asks_for_card
from shopdesk.coupons import CouponError, LimitReachedError, key_asked, key_in
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import N_, for_customers
from shopdesk.messages import actions, buttons, draft, literal, own_of, text
from shopdesk.talks.reading import customer_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.cards import Cards
    from shopdesk.coupons import Coupons
    from shopdesk.friends import Met
    from shopdesk.line import LineEvent, Message
    from shopdesk.links import Links
    from shopdesk.messages import Draft, Messages, Own
    from shopdesk.settings import Settings

_UNKNOWN = N_("To get it here, first link LINE with your data at {shop}: send 連携. Or ask the staff of the shop.")


class Granted(NamedTuple):
    """What is answered to a wish, and the occasion under which it stands in the talk."""

    written: Draft
    occasion: str


class Granting(Protocol):
    """What a feature above the talks answers an event with, None where it is no wish for something of its own."""

    def __call__(self, session: Session, event: LineEvent, friend: Met, /) -> Granted | None:
        """Return the answer, to be written down in this transaction."""
        ...


class Wishes:
    """Grants wishes in the transaction of the event; also in a talk that a person has taken over, who need not do it then."""

    def __init__(self, cards: Cards, coupons: Coupons, links: Links, messages: Messages, settings: Settings) -> None:
        self._cards, self._coupons, self._links = cards, coupons, links
        self._messages, self._settings = messages, settings
        self.more: tuple[Granting, ...] = ()

    def grant(self, session: Session, event: LineEvent, friend: Met) -> Granted | None:
        """Return the answer to a wish, None where the event is none."""
        said = str(event.part("message").get("text") or "")
        pressed = event.part("postback").get("data")
        if pressed != POSTBACK and not asks_for_card(said):
            granted = self.grant_typed(session, event, friend)
            return granted or next(filter(None, (one(session, event, friend) for one in self.more)), None)
        answer = self._card(session, friend.customer_id)
        return Granted(draft([answer]), "card") if answer is not None else None

    def grant_typed(self, session: Session, event: LineEvent, friend: Met) -> Granted | None:
        """Return the answer to a button, or to what a page or QR code of the shop typed for a friend: nobody writes that by themselves."""
        said = str(event.part("message").get("text") or "")
        if (came := self._links.sources.welcome(session, said)) is not None:
            return Granted(draft([self._welcome(came.offer)]), "source")
        key = key_asked(event.part("postback").get("data")) or key_in(said)
        return Granted(draft([self._coupon(session, key, friend.customer_id)]), "coupon") if key else None

    def own_of(self, session: Session, written: Draft, friend_id: int) -> Own:
        """Give a friend the coupons of an answer and return what in it is theirs. Raises as `messages.own_of`."""
        return own_of(session, self._coupons, written, customer_of(session, friend_id))

    def _card(self, session: Session, customer_id: int | None) -> Message | None:
        """Return the way to a card; nothing where the shop has none: then it is a word like others."""
        if customer_id is None:
            return self._words(_UNKNOWN) if self._cards.pages.offered(session) else None
        number, address = self._cards.pages.wished(session, customer_id)
        if not number:
            return None
        if not address:
            return self._words(
                N_("Your card at {shop} is No. {number}. Say this number when you pay: it earns points."),
                number=scancodes.printed_number(number),
            )
        said = for_customers(N_("Your shop card. Show it when you pay."))
        return buttons(said, said, (actions.open_link(for_customers(N_("Open the card")), address),))

    def _coupon(self, session: Session, key: str, customer_id: int | None) -> Message:
        if customer_id is None:
            return self._words(_UNKNOWN)
        coupons = self._coupons
        try:
            found = coupons.on_page(key).coupon
            coupons.addresses.of_page(found)  # before anything is given that could not be shown
            token = coupons.claim_in(session, key, customer_id)
        except LimitReachedError:
            return self._words(N_("You have had this coupon as often as one person may, or it is used up."))
        except (CouponError, NoFixedAddressError):
            return self._words(N_("This coupon is not given out any more."))
        return self._messages.coupon_card(found.offer, coupons.addresses.of_token(token))

    def _welcome(self, offer: str) -> Message:
        """Thank somebody who came by a QR code, and say what was promised beside it."""
        if offer:
            return self._words(N_("Thank you for adding {shop}. Show this talk at the shop: {offer}"), offer=offer)
        return self._words(N_("Thank you for adding {shop}. You hear from us here."))

    def _words(self, said: str, **values: str) -> Message:
        shop = str(self._settings.get("shop_name")) or for_customers(N_("our shop"))
        return text(literal(for_customers(said).format(shop=shop, **values)))
