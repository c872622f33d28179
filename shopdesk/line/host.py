"""Where LINE is: its own host, or the one `SHOPDESK_LINE_HOST` names (a rehearsal)."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from shopdesk.i18n import _
from shopdesk.line.problems import LineError

VARIABLE = "SHOPDESK_LINE_HOST"
REAL_HOST = "https://api.line.me"
DATA_HOST = "https://api-data.line.me"
DIALOG_HOST = "https://access.line.me"
_SOUND = re.compile(r"https?://([\w.-]+|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?", re.IGNORECASE)
_LAST_PORT = 65_535


class WrongHostError(LineError):
    """What `SHOPDESK_LINE_HOST` says is no host."""

    code = "line_host"


def wanted() -> str:
    """Return the host as it is said, not checked yet: a shop opens also where it is wrong."""
    return (os.environ.get(VARIABLE) or REAL_HOST).rstrip("/")


def is_real(host: str) -> bool:
    """Tell whether a sound host is the real LINE."""
    return urlsplit(host).hostname == urlsplit(REAL_HOST).hostname


def for_data(host: str) -> str:
    """Return where files are fetched: the real LINE has a host of its own for them."""
    return DATA_HOST if is_real(host) else host


def for_dialogs(host: str) -> str:
    """Return where LINE's own pages for people lie."""
    return DIALOG_HOST if is_real(host) else host


def require_sound(host: str) -> None:
    """Refuse what is not http(s)://host[:port]. Raises WrongHostError."""
    found = _SOUND.fullmatch(host)
    if found is None or int(found["port"] or 0) > _LAST_PORT:
        raise WrongHostError(
            _("{variable} is “{host}”. It must be http(s)://host[:port], or not be set at all.").format(
                variable=VARIABLE, host=host
            )
        )
