"""Where customers see a coupon: their own under its code, and the page on which whoever opens it may take one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk import scancodes
from shopdesk.coupons.refusals import NotPublishedError
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.coupons.records import Coupon, Token
    from shopdesk.settings import Settings


class Addresses:
    """Addresses of coupons, which outlast the day: none stands on a temporary one.

    Everything here raises NoFixedAddressError where the shop has no fixed public address.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of_token(self, token: Token) -> str:
        """Return where the person of a token sees their coupon."""
        return f"{self._base()}/coupon/{token.code}"

    def of_nothing(self) -> str:
        """Return an address of the same form that opens nothing: for looking at a message that nobody gets."""
        return f"{self._base()}/coupon/{'0' * scancodes.LENGTH}"

    def of_page(self, coupon: Coupon) -> str:
        """Return where whoever opens it may take one. Raises NotPublishedError where the coupon is not given by link."""
        if coupon.state != "published" or not coupon.offer.by_link:
            raise NotPublishedError(
                _("This coupon is not given by link. Publish it, and let it be taken by link, first.")
            )
        return f"{self._base()}/coupon/{coupon.page_key}"

    def of_picture(self, picture: str, width: int) -> str:
        """Return where a kept picture is fetched."""
        return f"{self._base()}/media/{picture}/{width}"

    def _base(self) -> str:
        found = self._settings.fixed_address()
        if not found:
            raise NoFixedAddressError(
                _(
                    "A coupon's page needs a fixed public address; a temporary one would soon lead nowhere. Set public_url in the settings first."
                )
            )
        return found
