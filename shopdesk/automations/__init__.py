"""Automations: messages that go out by themselves so many days after somebody has answered a survey, each once."""

from shopdesk.automations.checking import LONGEST_NAME, MOST_DAYS, MOST_STEPS
from shopdesk.automations.forms import as_json, read_automation
from shopdesk.automations.person import AutomationPart
from shopdesk.automations.records import Automation, Estimate, NewAutomation, NewStep, State, Step, Trouble
from shopdesk.automations.service import Automations

__all__ = [
    "LONGEST_NAME",
    "MOST_DAYS",
    "MOST_STEPS",
    "Automation",
    "AutomationPart",
    "Automations",
    "Estimate",
    "NewAutomation",
    "NewStep",
    "State",
    "Step",
    "Trouble",
    "as_json",
    "read_automation",
]
