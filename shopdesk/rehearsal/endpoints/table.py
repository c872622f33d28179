"""All endpoints, found by method and path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.rehearsal.endpoints import (
    account_link,
    chat,
    contents,
    counts,
    coupons,
    insight,
    login,
    memberships,
    narrowcast,
    oauth,
    reading,
    rich_menu_insight,
    rich_menu_links,
    rich_menus,
    sending,
    webhook_settings,
)

if TYPE_CHECKING:
    from shopdesk.rehearsal.calls import Endpoint

# Where two patterns fit a path the earlier one wins: `user/all/richmenu/…` stands before `user/{userId}/richmenu/…`.
ENDPOINTS: list[Endpoint] = [
    *sending.ENDPOINTS,
    *narrowcast.ENDPOINTS,
    *reading.ENDPOINTS,
    *counts.ENDPOINTS,
    *insight.ENDPOINTS,
    *contents.ENDPOINTS,
    *chat.ENDPOINTS,
    *coupons.ENDPOINTS,
    *rich_menus.ENDPOINTS,
    *rich_menu_links.ENDPOINTS,
    *rich_menu_insight.ENDPOINTS,
    *account_link.ENDPOINTS,
    *login.ENDPOINTS,
    *memberships.ENDPOINTS,
    *oauth.ENDPOINTS,
    *webhook_settings.ENDPOINTS,
]
_FIXED = {(one.method, one.path): one for one in ENDPOINTS if "{" not in one.path}
_VARIABLE = [(re.compile(re.sub(r"\{\w+\}", "([^/]+)", one.path)), one) for one in ENDPOINTS if "{" in one.path]
_PATHS = {one.path for one in ENDPOINTS}


def find(method: str, path: str) -> tuple[Endpoint | None, tuple[str, ...]]:
    """Return the endpoint and the variable parts of its path, or None."""
    fixed = _FIXED.get((method, path))
    if fixed:
        return fixed, ()
    for pattern, endpoint in _VARIABLE:
        found = pattern.fullmatch(path) if endpoint.method == method else None
        if found:
            return endpoint, found.groups()
    return None, ()


def is_path(path: str) -> bool:
    """Tell whether LINE has this path, by whatever method."""
    return path in _PATHS or any(pattern.fullmatch(path) for pattern, _one in _VARIABLE)
