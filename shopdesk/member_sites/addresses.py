"""Where a site asks, and where it may be answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.member_sites.tables import MemberSiteRow


def issuer(address: str, key: str) -> str:
    """Return where a site sends its members, which is also who answers; `address` is the shop's fixed public one."""
    return f"{address}/signin/{key}"


def returns_of(row: MemberSiteRow) -> tuple[str, ...]:
    """Return the addresses to which a site may be answered."""
    return tuple(json.loads(row.returns))
