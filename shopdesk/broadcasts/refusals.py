"""What is refused before the first call, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.broadcasts.costs import counted_by_line, larger_plan
from shopdesk.broadcasts.lateness import is_late
from shopdesk.broadcasts.records import Note
from shopdesk.clock import in_japan
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.messages import NOTHING, addresses, check_lengths, for_person

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shopdesk.broadcasts.office import Office
    from shopdesk.broadcasts.previews import Dry
    from shopdesk.line import Quota
    from shopdesk.settings import Plan

_TOKEN = "-" * 22


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


def cancelled() -> StateError:
    """Return the refusal to go on with a cancelled broadcast."""
    return StateError(_("This broadcast was cancelled. Draft a new one to send it after all."))


def require_future(at: datetime | None, now: datetime) -> None:
    """Refuse a time that is over. Raises InvalidInputError."""
    if at is not None and at <= now:
        raise InvalidInputError(_("{time} is over. Choose a later time.").format(time=f"{in_japan(at):%Y-%m-%d %H:%M}"))


def require_in_time(due: datetime | None, now: datetime) -> None:
    """Refuse to begin what was to go out more than an hour ago. Raises LateError."""
    if is_late(due, now):
        raise LateError(
            _("This was to go out at {time}. Look whether it still makes sense, then send it all the same.").format(
                time=f"{in_japan(due):%Y-%m-%d %H:%M}" if due else ""
            )
        )


def refuse_hopeless(dry: Dry, office: Office) -> None:
    """Stop what cannot work: nobody in it, a text too long, a coupon not given out, a message LINE refuses, too few messages left.

    Raises:
        EmptyAudienceError, MessageError, CouponError, QuotaError: as said.
        LineError: LINE refuses the messages or cannot be asked.
    """
    _require_people(dry)
    require_good(dry)
    _require_unhindered(dry)
    _require_valid(dry, office)
    quota = office.line.quota()
    _require_quota(dry, quota, counted_by_line(office.settings.plan(), quota.limit))


def problems(dry: Dry, office: Office, quota: Quota | None, plan: Plan) -> tuple[Note, ...]:
    """Return everything that `refuse_hopeless` would stop at; what LINE says only where it can be asked (`quota`)."""
    checks: list[Callable[[], None]] = [
        lambda: _require_people(dry),
        lambda: require_good(dry),
        lambda: _require_unhindered(dry),
    ]
    if quota is not None:
        checks += [lambda: _require_quota(dry, quota, plan)]
        checks += [lambda: _require_valid(dry, office)] if dry.good and dry.hindrance is None else []
    found = []
    for check in checks:
        try:
            check()
        except ShopDeskError as error:
            found.append(Note(error.code, error.message))
    return tuple(found)


def _require_people(dry: Dry) -> None:
    if dry.planned:
        return
    why = "; ".join(f"{one.sentence}: {one.count:,}" for one in dry.excluded)
    raise EmptyAudienceError(
        _("Nobody would get this ({why}). Choose other people, or link friends first.").format(why=why)
        if why
        else _("There is nobody in it. Choose other people.")
    )


def require_good(dry: Dry) -> None:
    """Refuse what is wrong in itself, or too long for the people in it. Raises MessageError."""
    for part in dry.parts:
        for name in dry.longest_names or ("",):
            check_lengths(part.draft, name, public=dry.public)


def _require_unhindered(dry: Dry) -> None:
    if dry.hindrance is not None:
        raise dry.hindrance


def _require_valid(dry: Dry, office: Office) -> None:
    """Let LINE look at what the first people would get, with addresses that open nothing in place of their coupons and links."""
    for part in dry.parts:
        name, own = part.first[0] if part.first else ("", NOTHING)
        pages = {addresses.coupon(one): office.coupons.addresses.of_nothing() for one in part.draft.coupons}
        counted = {one: office.links.address(_TOKEN) for one in part.draft.links}
        office.line.validate(dry.way, for_person(part.draft, name, replace(own, addresses=pages, links=counted)))


def _require_quota(dry: Dry, quota: Quota, plan: Plan) -> None:
    left = quota.left
    if left is None or left >= dry.still:
        return
    said = _(
        "{planned} people would get it, but only {left} messages are left this month. "
        "Choose fewer people or take a larger plan."
    ).format(planned=f"{dry.still:,}", left=f"{left:,}")
    raise QuotaError(f"{said} {larger_plan(plan, dry.still - left)}".strip())
