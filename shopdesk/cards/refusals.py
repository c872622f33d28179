"""Why a card or a code is not taken: each its own sentence for the counter."""

from __future__ import annotations

from typing import ClassVar

from shopdesk.errors import ShopDeskError


class CardRefusedError(ShopDeskError):
    """A till was refused something. It is noted, with the card where that is known."""

    noted: ClassVar[str] = ""
    """Under what it is noted, where that says more than the code."""

    def __init__(self, message: str, card_id: int | None = None) -> None:
        super().__init__(message)
        self.card_id = card_id


class NotOursError(CardRefusedError):
    """No card of this shop has this code or number."""

    code = "not_ours"


class NeedsCardNumberError(CardRefusedError):
    """Nobody can be looked up, and what was typed is not surely a card's."""

    code = "needs_card_number"


class ExpiredCodeError(CardRefusedError):
    """A passing code of one of our cards, shown too long ago or not yet due."""

    code = "expired"


class RevokedError(CardRefusedError):
    """The code was replaced by a new one, or its customer was erased."""

    code = "revoked"


class AlreadyCountedError(CardRefusedError):
    """This visit was counted before."""

    code = "already_counted"


class LimitError(CardRefusedError):
    """More than the shop allows: points in a day, points on the card, refused codes in a minute."""

    code = "limit"


class NeedsPassingCodeError(CardRefusedError):
    """Points are used only against the code that the customer's phone shows, a fresh one each time."""

    code = "needs_passing_code"


class ReplayedError(NeedsPassingCodeError):
    """The code on the phone was used already: perhaps a picture of it, at another till."""

    noted = "replayed"


class BlankCardError(ShopDeskError):
    """A printed card of ours that is nobody's yet."""

    code = "blank_card"


class BlankTakenError(ShopDeskError):
    """A card was somebody's by the time it was to be given away."""

    code = "blank_taken"


class NonceReusedError(ShopDeskError):
    """The same nonce came with another request."""

    code = "nonce_reused"


class AlreadyIssuedError(ShopDeskError):
    """The customer has a card."""

    code = "already_issued"


class TooLateError(ShopDeskError):
    """An entry may be voided by whoever made it, for ten minutes."""

    code = "too_late"
