"""What is refused before the first call, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.messages import check_lengths, for_person

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.broadcasts.previews import Dry
    from shopdesk.broadcasts.records import Status
    from shopdesk.line import Line

LATE = timedelta(minutes=60)


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


def require_in_time(now: Status, at: datetime) -> None:
    """Refuse to begin what was to go out more than an hour ago. Raises LateError."""
    if now.scheduled_at and not now.started_at and at - now.scheduled_at > LATE:
        raise LateError(
            _("This was to go out at {time}. Look whether it still makes sense, then send it all the same.").format(
                time=f"{in_japan(now.scheduled_at):%Y-%m-%d %H:%M}"
            )
        )


def refuse_hopeless(dry: Dry, line: Line) -> None:
    """Stop what cannot work: nobody in it, a text too long, a message LINE refuses, too few messages left.

    Raises:
        EmptyAudienceError, MessageError, QuotaError: as said.
        LineError: LINE refuses the messages or cannot be asked.
    """
    if not dry.planned:
        why = "; ".join(f"{one.sentence}: {one.count:,}" for one in dry.excluded)
        raise EmptyAudienceError(
            _("Nobody would get this ({why}). Choose other people, or link friends first.").format(why=why)
            if why
            else _("There is nobody in it. Choose other people.")
        )
    for name in dry.longest_names:
        check_lengths(dry.draft, name)
    line.validate(dry.way, for_person(dry.draft, dry.names[0] if dry.names else ""))
    left = line.quota().left
    if left is not None and left < dry.planned:
        raise QuotaError(
            _(
                "{planned} people would get it, but only {left} messages are left this month. "
                "Choose fewer people or take a larger plan."
            ).format(planned=f"{dry.planned:,}", left=f"{left:,}")
        )
