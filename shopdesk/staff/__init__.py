"""Who works here, what they may do, and what they did."""

from shopdesk.staff.members import LastOwnerError, Members, PinWaitsError, WrongPinError
from shopdesk.staff.records import GATEWAY, OWNER, PAGE, PROGRAM, UNSIGNED, Actor, AuditEntry, Member, MemberRole
from shopdesk.staff.rights import MOST_ADJUSTED_ALONE, MOST_SENT_ALONE, RIGHTS, Act, Right, Role, needs
from shopdesk.staff.service import NOBODY, NeedsOwnerError, NeedsSecondError, NotAllowedError, Staff

__all__ = [
    "GATEWAY",
    "MOST_ADJUSTED_ALONE",
    "MOST_SENT_ALONE",
    "NOBODY",
    "OWNER",
    "PAGE",
    "PROGRAM",
    "RIGHTS",
    "UNSIGNED",
    "Act",
    "Actor",
    "AuditEntry",
    "LastOwnerError",
    "Member",
    "MemberRole",
    "Members",
    "NeedsOwnerError",
    "NeedsSecondError",
    "NotAllowedError",
    "PinWaitsError",
    "Right",
    "Role",
    "Staff",
    "WrongPinError",
    "needs",
]
