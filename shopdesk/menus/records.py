"""Rich menus as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.line import Clicks

Does = Literal["link", "say", "card", "coupon", "survey", "talk", "tab"]
"""What a tap does: open an address, say words, show the shop card, give a coupon, begin a survey, open the keyboard, turn to another tab."""
Standing = Literal["draft", "waiting", "working", "shown", "covered", "ended"]
"""`working`: it is its turn, and it is not on LINE yet; `covered`: another one above it takes everybody it is for."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a tap does. `value` is the address, the words, the coupon's or survey's number, or the tab's key; '' for the others."""

    does: Does
    value: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A place to tap, in the pixels of the menu; `word` and `icon` (a file of `resources/icons`) are what is drawn there, or ''."""

    x: int
    y: int
    width: int
    height: int
    action: Action = Action("talk")
    icon: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a menu. `key` names it for good, `picture` is what `Menus.keep_picture` returned; '' lets one be drawn."""

    key: str
    title: str
    areas: tuple[Area, ...]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    """How a menu looks: pixels, the words on the bar below it, whether it is open at first, and its tabs."""

    width: int
    height: int
    bar: str
    tabs: tuple[Tab, ...]
    opened: bool = True
    colour: str = "red"


@dataclass(frozen=True, slots=True)
class Plan:
    """A menu with whom it is for (a segment's id, None for everybody) and from when until when, as far as that is set."""

    name: str
    design: Design
    segment_id: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu as it is written, and as it was published, None for never. `trouble` is why LINE does not take it, '' for nothing."""

    id: int
    plan: Plan
    published: Plan | None
    standing: Standing
    trouble: str
    changed_at: datetime

    @property
    def differs(self) -> bool:
        """Whether it was changed since it was published."""
        return self.published is not None and self.published != self.plan


@dataclass(frozen=True, slots=True)
class Problem:
    """What LINE would not take, as a sentence; the tab's key and the number of the area it is about, where it is about one."""

    sentence: str
    tab: str = ""
    area: int | None = None


@dataclass(slots=True)
class Settled:
    """What was done on LINE: menus put up and taken away, people who were given another one; names of menus that LINE refused."""

    up: int = 0
    away: int = 0
    people: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether all was as it should be."""
        return not (self.up or self.away or self.people or self.refused)


@dataclass(frozen=True, slots=True)
class TabClicks:
    """How often a tab's areas were tapped; `clicks` None where LINE does not tell."""

    tab: str
    clicks: Clicks | None
