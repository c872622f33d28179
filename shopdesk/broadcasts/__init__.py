"""Broadcasts: an audience frozen into rows, sent in committed batches, resumable, never twice."""

from shopdesk.broadcasts.person import BroadcastPart
from shopdesk.broadcasts.records import Excluded, PersonState, Preview, Recipient, Sample, State, Status, Way
from shopdesk.broadcasts.service import Broadcasts, EmptyAudienceError, LateError, QuotaError, StateError

__all__ = [
    "BroadcastPart",
    "Broadcasts",
    "EmptyAudienceError",
    "Excluded",
    "LateError",
    "PersonState",
    "Preview",
    "QuotaError",
    "Recipient",
    "Sample",
    "State",
    "StateError",
    "Status",
    "Way",
]
