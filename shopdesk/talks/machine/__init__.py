"""The answering machine: greetings, keywords, hours and questions, for free, until a person takes over."""

from shopdesk.talks.machine.hearing import Hearing
from shopdesk.talks.machine.records import (
    DURING,
    MATCHES,
    Answered,
    Decision,
    During,
    Kept,
    Match,
    Near,
    NewRule,
    Occasion,
    Rule,
    Setup,
    Trial,
)
from shopdesk.talks.machine.rules import RuleError
from shopdesk.talks.machine.service import Machine
from shopdesk.talks.machine.surveying import Surveying
from shopdesk.talks.machine.wishes import Granted, Wishes
from shopdesk.talks.machine.wording import title

__all__ = [
    "DURING",
    "MATCHES",
    "Answered",
    "Decision",
    "During",
    "Granted",
    "Hearing",
    "Kept",
    "Machine",
    "Match",
    "Near",
    "NewRule",
    "Occasion",
    "Rule",
    "RuleError",
    "Setup",
    "Surveying",
    "Trial",
    "Wishes",
    "title",
]
