"""Segments as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.segments.rules import Rule


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence in one weight."""

    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a rule takes, each counted in exactly one of the four others.

    Whoever opted out is counted there, however they stand on LINE.
    """

    count: int
    reachable_on_line: int
    not_linked: int
    opted_out: int
    blocked: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of a rule as it stands with one person; `answer` is what the person has there."""

    sentence: str
    holds: bool
    answer: str
    depth: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many people only the first of two rules takes, both, and only the second."""

    first: int
    both: int
    second: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved rule with its name."""

    id: int
    name: str
    rule: Rule
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A rule many shops want, with the title of its chip; `asks` where the products are still to be chosen."""

    key: str
    title: str
    rule: Rule
    asks: bool = False
