"""Mailings as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.messages import Letter

State = Literal["draft", "waiting", "paused", "finished", "cancelled"]


@dataclass(frozen=True, slots=True)
class Mailing:
    """What the mail of a broadcast says; `counts`: the addresses in it are each reader's own, and tell who opened them."""

    broadcast_id: int
    letter: Letter
    counts: bool


@dataclass(frozen=True, slots=True)
class MailPlan:
    """The dry run: who of those that LINE does not reach gets a mail, who does not and why, and what one would read.

    `problems` are sentences that stop it before the first letter, `notes` do not; `lacks` are those of the problems that
    are mended in the settings. `left_out` pairs (code, sentence, people).
    """

    planned: int
    left_out: tuple[tuple[str, str, int], ...]
    sample: str
    problems: tuple[str, ...]
    lacks: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailSums:
    """How far it is: planned = accepted + failed + unknown + remaining + cancelled, all counted from its letters.

    `excluded` counts who gets none, `left_out` says why, as the dry run does; before it has begun both are those of the dry run.
    `accepted` means that the mail provider took it. `sentence` says why it waits, and what to do. `alive`: a process is
    mailing just now, this one or another.
    """

    state: State
    planned: int
    accepted: int
    failed: int
    unknown: int
    remaining: int
    cancelled: int
    excluded: int
    left_out: tuple[tuple[str, str, int], ...]
    reason: str
    sentence: str
    alive: bool


@dataclass(frozen=True, slots=True)
class MailDue:
    """A mail that is to go on by itself. `asks`: it has stood still for so long that a person decides."""

    broadcast_id: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that is committed and may go out."""

    id: int
    to: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a claimed letter: accepted, failed or unknown; `waiting` where it surely did not go out."""

    id: int
    state: Literal["accepted", "failed", "unknown", "waiting"]
    at: datetime
    reason: str = ""
    code: int | None = None
    said: str = ""
