"""Broadcasts: an audience frozen into rows, sent in committed batches, resumable, never twice."""

from shopdesk.broadcasts.follows import by_mail_after
from shopdesk.broadcasts.lateness import LATE, OVERDUE, by_day, is_late
from shopdesk.broadcasts.person import BroadcastPart
from shopdesk.broadcasts.process import SendingProcess, start as start_sending
from shopdesk.broadcasts.records import (
    Drafted,
    Note,
    PersonState,
    Preview,
    Recipient,
    Sample,
    Share,
    State,
    Status,
    Taken,
    Variant,
    Way,
    Why,
)
from shopdesk.broadcasts.refusals import EmptyAudienceError, LateError, QuotaError, StateError
from shopdesk.broadcasts.retrying import TRIES, pause_s
from shopdesk.broadcasts.schedules import Due
from shopdesk.broadcasts.service import Broadcasts
from shopdesk.broadcasts.steps import Made, People, Steps
from shopdesk.broadcasts.telling import usual_words

__all__ = [
    "LATE",
    "OVERDUE",
    "TRIES",
    "BroadcastPart",
    "Broadcasts",
    "Drafted",
    "Due",
    "EmptyAudienceError",
    "LateError",
    "Made",
    "Note",
    "People",
    "PersonState",
    "Preview",
    "QuotaError",
    "Recipient",
    "Sample",
    "SendingProcess",
    "Share",
    "State",
    "StateError",
    "Status",
    "Steps",
    "Taken",
    "Variant",
    "Way",
    "Why",
    "by_day",
    "by_mail_after",
    "is_late",
    "pause_s",
    "start_sending",
    "usual_words",
]
