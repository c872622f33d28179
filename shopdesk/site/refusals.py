"""Why something on the shop's pages does not go."""

from __future__ import annotations

from shopdesk.errors import InvalidInputError, ShopDeskError


class DecidedError(ShopDeskError):
    """Somebody has answered this request already."""

    code = "decided"


class TooManyError(ShopDeskError):
    """So much of it waits that no more is taken."""

    code = "too_many"


class FormError(InvalidInputError):
    """What somebody wrote into a form of the pages cannot be taken; the sentence is for them, in their language."""
