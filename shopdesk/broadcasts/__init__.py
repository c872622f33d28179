"""Broadcasts: an audience frozen into rows, sent in committed batches, resumable, never twice."""

from shopdesk.broadcasts.person import BroadcastPart
from shopdesk.broadcasts.records import Excluded, PersonState, Preview, Recipient, Sample, State, Status, Way
from shopdesk.broadcasts.refusals import EmptyAudienceError, LateError, QuotaError, StateError
from shopdesk.broadcasts.service import Broadcasts

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
