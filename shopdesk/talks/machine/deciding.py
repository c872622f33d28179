"""What the machine answers to one text: pure, with everything it goes by as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.japanese import fold
from shopdesk.talks.machine.likeness import likeness
from shopdesk.talks.machine.records import Decision, Near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from shopdesk.talks.machine.records import During, Match, Rule, Setup

MOST_NEAR = 3


def decide(setup: Setup, said: str, at: datetime, *, told: bool = False, offered: bool = False) -> Decision | None:
    """Return what to do about a text, None for nothing. The first of these that fits:

    the wish for a person, a keyword rule in the order of the rules, the likest question, the message out of hours, the
    assistant, or without one the offer to ask a person.

    Args:
        setup: What the machine goes by.
        said: The text; '' for a message that has none.
        at: When it was said.
        told: The message out of hours was said to this friend lately.
        offered: A person was offered to this friend lately.
    """
    open_ = is_open(setup, at)
    folded = fold(said)
    if folded and folded == fold(setup.ask_button):
        return Decision("person")
    holding = [one for one in setup.rules if holds(one.during, open_=open_)]
    for rule in holding:
        if folded and rule.match != "alike" and matches(rule.match, rule.words, folded):
            return Decision("rule", rule)
    near = nearest(said, (one for one in holding if one.match == "alike")) if folded else ()
    if near and near[0].likeness >= setup.likeness:
        return Decision("question", near[0].rule, near)
    return _unmatched(setup, near, open_=open_, text=bool(folded), told=told, offered=offered)


def is_named(setup: Setup, said: str, at: datetime) -> bool:
    """Say whether a text is, as a whole, a keyword or a question of the rule that answers it: it plainly means that."""
    decision = decide(setup, said, at)
    return decision is not None and decision.rule is not None and fold(said) in map(fold, decision.rule.words)


def is_open(setup: Setup, at: datetime) -> bool:
    """Say whether the shop is open; one without hours always is."""
    return setup.hours is None or setup.hours.open_at(at)


def holds(during: During, *, open_: bool) -> bool:
    """Say whether a rule holds now."""
    return during == "always" or (during == "open") is open_


def matches(match: Match, words: Sequence[str], folded: str) -> bool:
    """Say whether keywords meet a folded text: whole (as LINE itself does), all of them in it, or any."""
    met: dict[Match, Callable[[Iterable[str]], bool]] = {
        "exact": lambda wanted: folded in set(wanted),
        "contains": lambda wanted: all(one in folded for one in wanted),
        "any": lambda wanted: any(one in folded for one in wanted),
    }
    return met[match](map(fold, words))


def nearest(said: str, questions: Iterable[Rule]) -> tuple[Near, ...]:
    """Return the questions that are a little like a text, the likest first."""
    found = [Near(one, max(likeness(said, word) for word in one.words)) for one in questions]
    alike = sorted((one for one in found if one.likeness > 0), key=lambda one: -one.likeness)
    return tuple(alike[:MOST_NEAR])


def _unmatched(
    setup: Setup, near: tuple[Near, ...], *, open_: bool, text: bool, told: bool, offered: bool
) -> Decision | None:
    if not open_ and setup.closed_message and not told:
        return Decision("closed", nearest=near)
    if text and setup.assistant:
        return Decision("assistant", nearest=near)
    if text and setup.questions and setup.ask_button and setup.ask_offer and not offered:
        return Decision("offer", nearest=near)
    return None
