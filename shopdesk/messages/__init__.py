"""What is said: messages in LINE's own form, their placeholders and limits."""

from shopdesk.messages.letters import Letter, Sender, check_letter, composed, missing, sound_address
from shopdesk.messages.records import Draft, MessageError
from shopdesk.messages.writing import check_lengths, draft, for_person, parse, readable, restored, stored, units

__all__ = [
    "Draft",
    "Letter",
    "MessageError",
    "Sender",
    "check_lengths",
    "check_letter",
    "composed",
    "draft",
    "for_person",
    "missing",
    "parse",
    "readable",
    "restored",
    "sound_address",
    "stored",
    "units",
]
