"""Whether whoever signs in with LINE has the same user id there as for the shop's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.line import Line


class OtherProviderError(ShopDeskError):
    """Whoever signs in has another user id there than for the shop's account."""

    code = "other_provider"


def require_same_provider(line: Line, user_id: str) -> None:
    """Be sure that the account knows a friend who has signed in.

    Raises:
        OtherProviderError: it does not: the Login channel belongs to somebody else.
        LineError: LINE cannot be asked.
    """
    if all(profile is None for _user, profile in line.profiles([user_id])):
        raise OtherProviderError(
            _("The LINE Login channel is of another provider than the account. Make one under the same provider.")
        )
