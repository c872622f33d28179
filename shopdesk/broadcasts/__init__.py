"""Broadcasts: an audience frozen into rows, sent in committed batches, resumable, never twice."""

from shopdesk.broadcasts.person import BroadcastPart
from shopdesk.broadcasts.process import SendingProcess, start as start_sending
from shopdesk.broadcasts.records import (
    Drafted,
    PersonState,
    Preview,
    Recipient,
    Sample,
    State,
    Status,
    Way,
    Why,
)
from shopdesk.broadcasts.refusals import EmptyAudienceError, LateError, QuotaError, StateError
from shopdesk.broadcasts.service import Broadcasts

__all__ = [
    "BroadcastPart",
    "Broadcasts",
    "Drafted",
    "EmptyAudienceError",
    "LateError",
    "PersonState",
    "Preview",
    "QuotaError",
    "Recipient",
    "Sample",
    "SendingProcess",
    "State",
    "StateError",
    "Status",
    "Way",
    "Why",
    "start_sending",
]
