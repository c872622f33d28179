"""What is said: messages in LINE's own form, their placeholders and limits."""

from shopdesk.messages.records import Draft, MessageError
from shopdesk.messages.writing import check_lengths, draft, for_person, parse, readable, restored, stored, units

__all__ = [
    "Draft",
    "MessageError",
    "check_lengths",
    "draft",
    "for_person",
    "parse",
    "readable",
    "restored",
    "stored",
    "units",
]
