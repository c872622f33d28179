"""Why a coupon is not given or not taken, each reason with a code of its own: the counter shows them apart."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from shopdesk.clock import in_japan, japan_day
from shopdesk.database import OfflineError
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class CouponError(ShopDeskError):
    """A coupon is not given or not taken."""

    code = "coupon"


class NotOursError(CouponError):
    """The code is none of this shop's."""

    code = "not_ours"


class AlreadyUsedError(CouponError):
    """It was used before: when, at which till and by whom."""

    code = "already_used"

    def __init__(self, message: str, at: datetime, till: str, staff: str) -> None:
        super().__init__(message)
        self.at, self.till, self.staff = at, till, staff


class NotWonError(CouponError):
    """The lottery went the other way."""

    code = "not_won"


class NotYetError(CouponError):
    """Its time has not come."""

    code = "not_yet"


class ExpiredError(CouponError):
    """Its time is over."""

    code = "expired"


class ClosedError(CouponError):
    """The shop ended it."""

    code = "coupon_closed"


class NotPublishedError(CouponError):
    """It is still a draft."""

    code = "not_published"


class WrongDayError(CouponError):
    """It is not for this day of the week."""

    code = "wrong_day"


class WrongHourError(CouponError):
    """It is not for this hour."""

    code = "wrong_hour"


class BelowMinimumError(CouponError):
    """The sale is too small, or nobody said how large it is."""

    code = "below_minimum"


class LimitReachedError(CouponError):
    """As many as there may be, in all or for one person."""

    code = "limit_reached"


class TooManyTriesError(CouponError):
    """This till was refused too many codes within a minute."""

    code = "limit"


class NonceReusedError(CouponError):
    """The same request number came with something else."""

    code = "nonce_reused"


class TooLateError(CouponError):
    """What can be taken back for ten minutes is older."""

    code = "too_late"


class PromisedError(CouponError):
    """What people hold cannot be made worse."""

    code = "promised"


class NotForLineError(CouponError):
    """LINE has no coupon like this."""

    code = "not_for_line"


@contextmanager
def only_online() -> Iterator[None]:
    """Say of what is to be used, where the data cannot be reached, that this waits until it can."""
    try:
        yield
    except OfflineError as error:
        raise OfflineError(
            _(
                "The shop's data cannot be reached, so nothing can be used just now: whether it was used before cannot be checked. "
                "Try again when the connection is back; nothing is used twice by that."
            )
        ) from error


def not_ours() -> NotOursError:
    """Return the refusal of a code that opens nothing here."""
    return NotOursError(_("This is no coupon of this shop. Scan the code again, or look for the person."))


def not_won() -> NotWonError:
    """Return the refusal of a ticket that lost."""
    return NotWonError(_("This lottery ticket did not win."))


def already_used(at: datetime, till: str, staff: str, now: datetime) -> AlreadyUsedError:
    """Return the refusal that says when and where it was used."""
    local = in_japan(at)
    if japan_day(at) == japan_day(now):
        said = _("This coupon was used already, at {time} at {till}.")
        return AlreadyUsedError(said.format(time=f"{local:%H:%M}", till=till), at, till, staff)
    said = _("This coupon was used already, on {day} at {time} at {till}.")
    return AlreadyUsedError(said.format(day=f"{local:%Y/%m/%d}", time=f"{local:%H:%M}", till=till), at, till, staff)
