"""People who act, and the entries they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or a program) in whose name a write happens."""

    name: str
    role: str


OWNER = Actor("owner", "owner")
PROGRAM = Actor("shopdesk", "program")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What was done: ids and field names, never personal values."""

    id: int
    at: datetime
    actor: str
    role: str
    action: str
    object: str
    ids: str
    fields: str
