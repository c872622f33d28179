"""The door to LINE: the only place where its SDK is used. Nothing of the SDK is imported before the first call."""

from shopdesk.line import limits
from shopdesk.line.answers import Answer, Lost
from shopdesk.line.client import Bot, Line, Profile, Quota
from shopdesk.line.models import Message, body, checked
from shopdesk.line.problems import (
    LineError,
    MonthlyLimitError,
    NoKeysError,
    NotAllowedError,
    RefusedByLineError,
    UnreachableError,
    Verdict,
    WrongTokenError,
    judge,
    refusal,
    said,
)
from shopdesk.line.sending import Sending

__all__ = [
    "Answer",
    "Bot",
    "Line",
    "LineError",
    "Lost",
    "Message",
    "MonthlyLimitError",
    "NoKeysError",
    "NotAllowedError",
    "Profile",
    "Quota",
    "RefusedByLineError",
    "Sending",
    "UnreachableError",
    "Verdict",
    "WrongTokenError",
    "body",
    "checked",
    "judge",
    "limits",
    "refusal",
    "said",
]
