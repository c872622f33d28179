"""Automations as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime, time

    from shopdesk.messages import Draft

State = Literal["draft", "running", "paused", "ended"]
Trouble = Literal["", "survey_over", "anonymous", "question_gone"]
"""Why nobody comes into an automation that runs."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """What is said so many `days` after the answer, at a time of day in Japan; None for the time of the answer.

    `id` is the step that this is written over, None for a new one.
    """

    days: int
    at: time | None
    said: Draft
    id: int | None = None


@dataclass(frozen=True, slots=True)
class NewAutomation:
    """An automation as it is written. It begins for whoever answers the survey; with a `question`, who chooses one of its `options`."""

    name: str
    survey_id: int
    steps: tuple[NewStep, ...]
    question: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step and how far it is, counted in people.

    `waiting` have not had their turn yet; the first of them has it at `next_at`, None where nobody waits. `sending` are those for whom
    it is on its way in the broadcast `open`; LINE took it for `sent`; `left_out` did not get it (blocked, opted out, not on LINE, …),
    for `failed` LINE refused it or it was stopped, of `unknown` nobody knows.
    """

    id: int
    days: int
    at: time | None
    said: Draft
    waiting: int
    next_at: datetime | None
    sending: int
    open: int | None
    sent: int
    left_out: int
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Automation:
    """An automation. `survey` is the name of the one it begins with; answers since `since` count, None before it was started.

    `people` have come into it. `trouble` is a code of why nobody comes into it any more; `sentence` says that, or why a message of it
    stands still, and what to do.
    """

    id: int
    name: str
    state: State
    survey_id: int
    survey: str
    question: str
    options: tuple[str, ...]
    steps: tuple[Step, ...]
    since: datetime | None
    created_at: datetime
    people: int
    trouble: Trouble
    sentence: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many have given such an answer so far, and how many of them are friends on LINE. They do not come in: what counts is the future."""

    answered: int
    on_line: int
