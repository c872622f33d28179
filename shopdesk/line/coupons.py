"""The coupons that LINE keeps: created, listed, closed. None can be changed, and none is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shopdesk.i18n import _
from shopdesk.line.client import TIMEOUT
from shopdesk.line.problems import NotAllowedError, RefusedByLineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.line.client import Line

_A_PAGE = 100
_GONE = 410


class LineCoupon(NamedTuple):
    """A coupon of LINE's, as its list tells it."""

    coupon_id: str
    title: str


def create_coupon(line: Line, wanted: dict[str, Any]) -> str:
    """Create a coupon of LINE's own form and return LINE's id of it; it can be sent from now on, and does not go out by itself.

    Raises:
        NotAllowedError: the account may not.
        LineError: LINE refuses it or cannot be reached.
    """
    from linebot.v3.messaging import CouponCreateRequest  # noqa: PLC0415 - a second that only this pays

    request = CouponCreateRequest.from_dict(wanted)
    try:
        made = line.call(lambda api: api.create_coupon_with_http_info(request, _request_timeout=TIMEOUT))
    except NotAllowedError as refused:
        raise NotAllowedError(
            _(
                "LINE does not let this account make coupons. Send ShopDesk's own coupon instead: it needs no permission."
            )
        ) from refused
    return str(made.coupon_id)


def list_coupons(line: Line) -> Iterator[LineCoupon]:
    """Yield the coupons that run or are yet to begin, those made in LINE Official Account Manager too. Raises LineError."""
    page: dict[str, str] = {}
    while True:
        found = line.call(
            lambda api, page=page: api.list_coupon_with_http_info(  # type: ignore[misc]
                status=["RUNNING"], limit=_A_PAGE, _request_timeout=TIMEOUT, **page
            )
        )
        yield from (LineCoupon(one.coupon_id, one.title) for one in found.items)
        if not found.next:
            return
        page = {"start": found.next}


def close_coupon(line: Line, coupon_id: str) -> None:
    """Close a coupon for good, also for those who have it already; one that is closed stays so. Raises LineError."""
    try:
        line.call(lambda api: api.close_coupon_with_http_info(coupon_id, _request_timeout=TIMEOUT))
    except RefusedByLineError as refused:
        if getattr(refused.__cause__, "status", None) != _GONE:
            raise
