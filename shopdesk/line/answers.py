"""What comes back from LINE: an answer, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """LINE's answer to one request. Ids are empty where the header was missing; `date` is LINE's own clock, in UTC."""

    status: int
    request_id: str = ""
    accepted_request_id: str = ""
    date: datetime | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Lost:
    """No usable answer came: whether LINE took the request is not known."""

    why: Literal["timeout", "connection", "certificate"]
