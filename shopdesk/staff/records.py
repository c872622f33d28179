"""People who act, and the entries they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.staff.rights import Act, Role

MemberRole = Literal["owner", "manager", "counter"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or a program) in whose name a write happens; `grants` are rights beyond the role's own."""

    name: str
    role: Role
    member_id: int | None = None
    grants: frozenset[Act] = frozenset()


OWNER = Actor("owner", "owner")
PROGRAM = Actor("shopdesk", "program")
UNSIGNED = Actor("not signed in", "counter")
"""Whoever stands at a till where nobody can sign in: its data cannot be reached, and PINs lie there."""
GATEWAY = Actor("gateway", "gateway")
PAGE = Actor("page", "page")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here. `answers` lets counter staff answer talks, `exports` a manager carry data out."""

    id: int
    name: str
    role: MemberRole
    answers: bool
    exports: bool
    waits_until: datetime | None
    """No PIN of theirs is tried before this, after wrong ones."""


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
