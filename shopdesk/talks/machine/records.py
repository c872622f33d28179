"""What the answering machine goes by, and what it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.line import Message
    from shopdesk.messages import Draft
    from shopdesk.settings import OpeningHours

Match = Literal["exact", "contains", "any", "alike"]
"""How a rule's words meet a text: the whole text is one of them; all, or any, of them are in it; or it asks nearly the same."""
MATCHES: tuple[Match, ...] = ("exact", "contains", "any", "alike")
During = Literal["always", "open", "closed"]
DURING: tuple[During, ...] = ("always", "open", "closed")
Kind = Literal["rule", "question", "closed", "person", "offer", "assistant", "greeting", "greeting_again"]

Occasion = Literal["greeting", "greeting_again", "closed_message", "ask_message"]
"""When the machine says what the shop has set: a setting of the same name holds it."""

TOLD_AGAIN_AFTER = timedelta(hours=6)
OFFERED_AGAIN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule to be. `words` are keywords, or for `alike` the ways in which one question is asked, the plainest first."""

    name: str
    match: Match
    words: tuple[str, ...]
    written: Draft
    during: During = "always"


@dataclass(frozen=True, slots=True)
class Rule(NewRule):
    """A rule that is kept; `id` 0 is nobody's."""

    id: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the machine goes by, as it is set.

    Args:
        rules: The active ones, in their order.
        hours: None: always open.
        greeting: What is said to a new friend: a text, `template:NAME` or a JSON list of messages; '' for nothing.
        greeting_again: The same for those who come back.
        closed_message: The same out of hours.
        ask_button: What the button says with which a person is asked for; '' for no such offer.
        ask_offer: What is said above it.
        ask_message: What whoever pressed it is told.
        likeness: From 0 to 1; a question that is as like as this is answered.
        assistant: Whether what no rule answers goes to the shop's assistant.
    """

    rules: tuple[Rule, ...]
    hours: OpeningHours | None
    greeting: str
    greeting_again: str
    closed_message: str
    ask_button: str
    ask_offer: str
    ask_message: str
    likeness: float
    assistant: bool

    @property
    def silent(self) -> bool:
        """Whether it never says anything."""
        said = (self.greeting, self.greeting_again, self.closed_message if self.hours else "")
        return not (self.rules or self.assistant or any(said))

    @property
    def questions(self) -> tuple[Rule, ...]:
        """The rules that answer questions by likeness."""
        return tuple(one for one in self.rules if one.match == "alike")


@dataclass(frozen=True, slots=True)
class Near:
    """A question, and how like it a text is: 0 to 1."""

    rule: Rule
    likeness: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What the machine does, by which rule where it is one, and the questions that came nearest."""

    kind: Kind
    rule: Rule | None = None
    nearest: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What the machine would say; `decision` is None where it would keep still."""

    decision: Decision | None
    open: bool
    written: Draft | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is set for an occasion: messages as they are written, and the name of the template they come from ('' for none)."""

    messages: tuple[Message, ...]
    template: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer the machine has given: to whom, to which words ('' for none), by which rule, and what became of it."""

    id: int
    at: datetime
    friend_id: int
    friend: str
    asked: str
    rule: str
    words: str
    state: str
