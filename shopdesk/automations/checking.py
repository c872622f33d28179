"""What an automation may be. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.automations.records import NewAutomation

LONGEST_NAME = 60
MOST_STEPS, MOST_DAYS = 10, 365


def checked(wanted: NewAutomation) -> NewAutomation:
    """Return an automation as it is kept.

    Raises:
        InvalidInputError: a name is missing or too long, the steps are none, too many or not in order, or one says nothing.
    """
    name = japanese.tidy(wanted.name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInputError(_("Give it a name of at most {most} characters.").format(most=LONGEST_NAME))
    if not 0 < len(wanted.steps) <= MOST_STEPS:
        raise InvalidInputError(_("Write 1 to {most} messages.").format(most=MOST_STEPS))
    before = -1
    for number, step in enumerate(wanted.steps, 1):
        if not 0 <= step.days <= MOST_DAYS:
            said = _("Message {number}: choose 0 to {most} days after the answer.")
            raise InvalidInputError(said.format(number=number, most=MOST_DAYS))
        if step.days <= before:
            said = _("Message {number}: each message comes on a later day than the one before. Choose more days.")
            raise InvalidInputError(said.format(number=number))
        if not step.said.messages:
            raise InvalidInputError(_("Message {number} says nothing yet. Write it.").format(number=number))
        before = step.days
    return replace(wanted, name=name, options=tuple(dict.fromkeys(wanted.options)))
