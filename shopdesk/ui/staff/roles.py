"""Who did something, and the roles, in the shop's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.staff import GATEWAY, NOBODY, OWNER, PAGE, PROGRAM, UNSIGNED

if TYPE_CHECKING:
    from shopdesk.staff import MemberRole

ROLES: tuple[MemberRole, ...] = ("owner", "manager", "counter")
_PROGRAMS = {
    OWNER.name: N_("Owner (without a PIN)"),
    PROGRAM.name: N_("ShopDesk by itself"),
    GATEWAY.name: N_("The gateway"),
    PAGE.name: N_("A public page"),
    NOBODY.name: N_("(locked)"),
    UNSIGNED.name: N_("nobody signed in"),
}


def role_words(role: MemberRole) -> str:
    """Return how a role is called."""
    return {"owner": _("Owner"), "manager": _("Manager"), "counter": _("Counter staff")}[role]


def actor_words(name: str) -> str:
    """Return who it was: a member's own name, or which program."""
    return _(_PROGRAMS[name]) if name in _PROGRAMS else name
