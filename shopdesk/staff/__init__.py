"""Who works here, and what they did."""

from shopdesk.staff.records import OWNER, PROGRAM, Actor, AuditEntry
from shopdesk.staff.service import Staff

__all__ = ["OWNER", "PROGRAM", "Actor", "AuditEntry", "Staff"]
