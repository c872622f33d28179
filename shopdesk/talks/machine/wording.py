"""What the machine says, as messages: from a rule, or from what the shop has set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shopdesk.errors import NotFoundError
from shopdesk.i18n import N_, _
from shopdesk.messages import MessageError, actions, as_written, draft, literal, text, units, with_quick_replies
from shopdesk.talks.machine.records import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.line import Message
    from shopdesk.messages import Draft, Messages
    from shopdesk.talks.machine.records import Decision, Kind, Near, Setup

TEMPLATE = "template:"
_LONGEST_LABEL = 20
_TITLES: dict[Kind, str] = {
    "closed": N_("Out of hours"),
    "person": N_("A person is asked for"),
    "offer": N_("Offer of a person"),
    "assistant": N_("Assistant"),
    "greeting": N_("Greeting"),
    "greeting_again": N_("Greeting on coming back"),
}


class Wording:
    """Finds the messages of a decision."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def of(self, setup: Setup, decision: Decision, *, open_: bool) -> Draft | None:
        """Return what to say, None where the shop has set nothing to say.

        Raises:
            MessageError, RefusedByLineError: what is set is no message that LINE would take.
            NotFoundError: the template that is set is gone.
        """
        if decision.rule is not None:
            return self._messages.draft(decision.rule.written.messages)  # with the public address of now
        if decision.kind == "offer":
            return _offer(setup, decision.nearest)
        said = {
            "greeting": setup.greeting,
            "greeting_again": setup.greeting_again or setup.greeting,
            "closed": setup.closed_message,
            "person": setup.ask_message if open_ else setup.closed_message or setup.ask_message,
        }.get(decision.kind, "")
        return self._written(said) if said else None

    def _written(self, said: str) -> Draft:
        """Read what a setting holds: a JSON list of messages, the name of a template, or a text."""
        if said.startswith("["):
            return self._messages.parse(said)
        return self._messages.draft(self.kept(said).messages)

    def kept(self, said: str) -> Kept:
        """Return what a setting holds as it is written, whether LINE would take it or not. Raises MessageError, NotFoundError."""
        if not said:
            return Kept(())
        if said.startswith("["):
            return Kept(as_written(_list(said)).messages)
        if not said.startswith(TEMPLATE):
            return Kept((text(said),))
        name = said.removeprefix(TEMPLATE).strip()
        for one in self._messages.templates.list(name):
            if one.name == name:
                return Kept(tuple(one.messages), name)
        raise NotFoundError(_("There is no template “{name}” (any more).").format(name=name))


def as_setting(messages: Sequence[Message]) -> str:
    """Return messages as a setting holds them: a single text as it is where it is read as one again, else a JSON list."""
    said = str(messages[0].get("text") or "") if len(messages) == 1 and set(messages[0]) == {"type", "text"} else ""
    if not messages or (said and said == said.strip() and not said.startswith(("[", TEMPLATE))):
        return said
    return json.dumps(list(messages), ensure_ascii=False)


def _list(said: str) -> list[Message]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise MessageError(
            _("The message is not JSON. It must be a list of message objects in LINE's form.")
        ) from error
    return list(found)


def title(decision: Decision) -> str:
    """Return the name under which an answer stands in the talk: the rule's, or what it is."""
    return decision.rule.name if decision.rule is not None else _(_TITLES[decision.kind])


def _offer(setup: Setup, near: tuple[Near, ...]) -> Draft:
    """The nearest questions and the wish for a person, as quick replies that say what stands on them."""
    asked = [one.rule.words[0] for one in near]
    replies = [_button(one) for one in (*asked, setup.ask_button)]
    return draft([with_quick_replies(text(setup.ask_offer), replies)])


def with_person(setup: Setup, said: str) -> Draft:
    """Return a text with the wish for a person below it. Raises MessageError: LINE would not take it."""
    buttons = [_button(setup.ask_button)] if setup.ask_button else []
    return draft([with_quick_replies(text(literal(said)), buttons)])


def _button(said: str) -> actions.Action:
    """A quick reply that says a text; on it stands as much of the text as LINE allows."""
    label = said
    while units(label) > _LONGEST_LABEL:
        label = f"{label.removesuffix('…')[:-1]}…"
    return actions.say(literal(label), literal(said))
