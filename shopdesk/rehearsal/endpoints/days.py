"""Days as LINE's figures know them: `yyyyMMdd` in Japan, ready on the day after."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import Answer, RefusedError, done

if TYPE_CHECKING:
    from shopdesk.rehearsal.calls import Call

_DAY = re.compile(r"[0-9]{8}")


def day_of(call: Call, name: str = "date", *, default: date | None = None) -> date:
    """Return the day a parameter names. Raises RefusedError 400."""
    said = call.query.get(name)
    if said is None and default is not None:
        return default
    if said is None or not _DAY.fullmatch(said):
        raise _bad(name)
    try:
        return date(int(said[:4]), int(said[4:6]), int(said[6:]))
    except ValueError:
        raise _bad(name) from None


def _bad(name: str) -> RefusedError:
    return RefusedError(400, f"The value for the '{name}' parameter is invalid")


def not_ready(day: date, call: Call, first: date) -> Answer | None:
    """Return LINE's answer for a day that is too young, or from before it had figures; None for any other."""
    if day >= japan_day(call.at):
        return done({"status": "unready"})
    return done({"status": "out_of_service"}) if day < first else None
