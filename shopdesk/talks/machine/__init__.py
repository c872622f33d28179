"""The answering machine: greetings, keywords, hours and questions, for free, until a person takes over."""

from shopdesk.talks.machine.hearing import Hearing
from shopdesk.talks.machine.records import DURING, MATCHES, Decision, During, Match, Near, NewRule, Rule, Trial
from shopdesk.talks.machine.service import Machine
from shopdesk.talks.machine.wording import title

__all__ = [
    "DURING",
    "MATCHES",
    "Decision",
    "During",
    "Hearing",
    "Machine",
    "Match",
    "Near",
    "NewRule",
    "Rule",
    "Trial",
    "title",
]
