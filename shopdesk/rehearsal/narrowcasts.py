"""Narrowcasts under way: LINE takes them first and decides and sends after."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

FILTERING = timedelta(seconds=1)
SENDING = timedelta(seconds=2)
MEMORY = timedelta(days=14)
TOO_FEW = 2
PARTIAL = 5
_WHY = {
    TOO_FEW: "There weren't enough recipients.",
    PARTIAL: "Message delivery has been canceled to prevent messages from being delivered only to a subset.",
}


@dataclass(frozen=True, slots=True)
class Narrowcast:
    """One that was accepted: how many it reached, or LINE's number for why it reached nobody."""

    accepted: datetime
    reached: int
    error: int | None = None

    def progress(self, now: datetime) -> dict[str, object]:
        """Return LINE's body for how far it is."""
        body: dict[str, object] = {"phase": "waiting", "acceptedTime": moment(self.accepted)}
        if now < self.accepted + FILTERING:
            return body
        if now < self.accepted + SENDING and self.error is None:
            return {**body, "phase": "sending", "targetCount": self.reached}
        done = moment(self.accepted + SENDING)
        if self.error is not None:
            why = {"errorCode": self.error, "failedDescription": _WHY[self.error]}
            return {**body, "phase": "failed", "completedTime": done, **why}
        counts = {"successCount": self.reached, "failureCount": 0, "targetCount": self.reached}
        return {**body, "phase": "succeeded", "completedTime": done, **counts}


@dataclass(slots=True)
class Narrowcasts:
    """Narrowcasts by request id."""

    by_request: dict[str, Narrowcast] = field(default_factory=dict)

    def get(self, request_id: str, now: datetime) -> Narrowcast | None:
        """Return one of the last 14 days, or None."""
        found = self.by_request.get(request_id)
        return found if found and now - found.accepted < MEMORY else None


def moment(at: datetime) -> str:
    """Return a time in UTC as LINE writes it."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
