"""Why an answer did not go out, as it is kept: words that each reader is told in their own language."""

from __future__ import annotations

import re

from shopdesk.i18n import N_, _
from shopdesk.line import LineError, refusal

_SENTENCES = {
    "lost_reply": N_("LINE did not answer. The friend may have got it; sent again, it could come twice."),
    "lost_push": N_("LINE did not answer. Trying again within a day is safe: it comes once."),
    "monthly_limit": N_("This month's LINE messages are used up. Wait for next month or take a larger plan."),
    "slow_down": N_("LINE asks to go slower. Wait a minute and try again."),
    "late": N_("The time for a free reply was over. Sent again, it counts as one message."),
    "closed": N_("ShopDesk was closed while this went out. The friend may have got it."),
    "line_keys": N_("This shop is not connected to LINE yet. Enter channel ID and channel secret in the settings."),
    "line_token": N_(
        "LINE does not accept the keys of this shop. Copy channel ID and secret again from LINE Developers."
    ),
    "line_unreachable": N_("LINE cannot be reached. Check the internet connection and try again."),
}
_OF_LINE = re.compile(r"line (\d*) (.*)", re.DOTALL)


def refused(status: int | None, words: str) -> str:
    """Return what is kept of a refusal: LINE's status and its own words."""
    return f"line {status or ''} {words}"


def not_asked(error: LineError) -> str:
    """Return what is kept where LINE could not even be asked."""
    return error.code if error.code in _SENTENCES else error.message


def sentence(kept: str) -> str:
    """Return what is kept as a sentence; what is none of these words is a sentence already."""
    if kept in _SENTENCES:
        return _(_SENTENCES[kept])
    of_line = _OF_LINE.fullmatch(kept)
    return refusal(int(of_line[1]) if of_line[1] else None, of_line[2]) if of_line else kept
