"""The roles in the shop's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.staff import MemberRole

ROLES: tuple[MemberRole, ...] = ("owner", "manager", "counter")


def role_words(role: MemberRole) -> str:
    """Return how a role is called."""
    return {"owner": _("Owner"), "manager": _("Manager"), "counter": _("Counter staff")}[role]
