"""What is said: one to five message objects in LINE's own form, with placeholders in their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.line import limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from shopdesk.line import Message
    from shopdesk.line.limits import Unit


class MessageError(InvalidInputError):
    """The message cannot be sent as it is written."""

    code = "message"


@dataclass(frozen=True, slots=True)
class Draft:
    """Messages, which may still be wrong.

    `placeholders` are those their texts use, `coupons` those of which each reader gets their own, `links` the addresses that are
    counted, each reader's own too: without any, everybody gets the same.
    """

    messages: tuple[Message, ...]
    placeholders: frozenset[str]
    coupons: frozenset[int] = frozenset()
    links: frozenset[str] = frozenset()

    @property
    def personal(self) -> bool:
        """Whether people get different messages."""
        return bool(self.placeholders or self.coupons or self.links)


@dataclass(frozen=True, slots=True)
class Own:
    """What is one reader's own beside their name: values by placeholder, and addresses by how they are written.

    `addresses` are those of coupons (`addresses.coupon`), `links` those that are counted.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


NOTHING = Own()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing LINE would refuse, or nobody could read.

    Attributes:
        bubble: Which message, from 0; None where it is about all of them together.
        field: Where in that message, in LINE's own words: `template.columns[1].title`; empty for the whole message.
        code: What is wrong, for machines: `empty`, `too_long`, `too_many`, `no_public_address`, …
        sentence: What is so and what to change, in the reader's language.
    """

    bubble: int | None
    field: str
    code: str
    sentence: str

    @property
    def whole(self) -> str:
        """The sentence with the number of its message before it."""
        if self.bubble is None:
            return self.sentence
        return _("Message {number}: {problem}").format(number=self.bubble + 1, problem=self.sentence)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is and may be, counted in LINE's unit for that field: what a counter beside it shows."""

    bubble: int
    field: str
    used: int
    most: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a look at messages found, in the order of their fields."""

    problems: tuple[Problem, ...] = ()
    lengths: tuple[Length, ...] = ()

    @property
    def good(self) -> bool:
        """Whether LINE would take it."""
        return not self.problems

    def of(self, bubble: int, field: str) -> tuple[Problem, ...]:
        """Return the problems of one field, and of what lies inside it."""
        return tuple(
            one
            for one in self.problems
            if one.bubble == bubble and (one.field == field or one.field.startswith((f"{field}.", f"{field}[")))
        )

    def length(self, bubble: int, field: str) -> Length | None:
        """Return how long a field is and may be, None where it has no limit or is not there."""
        return next((one for one in self.lengths if (one.bubble, one.field) == (bubble, field)), None)


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """Messages kept under a name, in LINE's own form and with their placeholders."""

    id: int
    name: str
    messages: tuple[Message, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ReadyMessages:
    """A template that ships with ShopDesk; its title is in the reader's language, its messages are Japanese."""

    code: str
    title: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the shop keeps: its unguessable id, its name, and its size in pixels at 1040 wide."""

    id: str
    name: str
    width: int
    height: int
    created_at: datetime

    @property
    def card_width(self) -> int:
        """The widest size that fits where LINE takes no side above 1024 pixels: on Flex cards and on templates."""
        most = limits.CARD_PICTURE_PIXELS
        fitting = [w for w in limits.IMAGEMAP_WIDTHS if max(w, self.height * w / self.width) <= most]
        return max(fitting, default=min(limits.IMAGEMAP_WIDTHS))
