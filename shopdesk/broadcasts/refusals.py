"""Why a broadcast is not begun or changed."""

from __future__ import annotations

from shopdesk.errors import ShopDeskError


class EmptyAudienceError(ShopDeskError):
    """Nobody would get it."""

    code = "empty_audience"


class QuotaError(ShopDeskError):
    """The month's messages do not suffice."""

    code = "quota"


class LateError(ShopDeskError):
    """A scheduled broadcast is found long after its time."""

    code = "late"


class StateError(ShopDeskError):
    """The broadcast is not in a state for that."""

    code = "state"
