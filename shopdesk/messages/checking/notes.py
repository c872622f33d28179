"""Where a rule looks, and where it notes what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopdesk.messages.checking.names import field_name
from shopdesk.messages.lengths import graphemes, units
from shopdesk.messages.records import Length, Problem

if TYPE_CHECKING:
    from shopdesk.line.limits import Room

_COUNTED = {"units": units, "graphemes": graphemes}


@dataclass(slots=True)
class Notes:
    """What was found in one message. `public`: whether the shop's own pictures and pages have a public address."""

    bubble: int
    public: bool
    problems: list[Problem] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a message, in LINE's own words: `template.columns[1].title`."""

    notes: Notes
    path: str = ""

    def inside(self, key: str) -> Place:
        """Return the place of a field."""
        return Place(self.notes, f"{self.path}.{key}" if self.path else key)

    def at(self, number: int) -> Place:
        """Return the place of an item of a list."""
        return Place(self.notes, f"{self.path}[{number}]")

    @property
    def name(self) -> str:
        """What a person calls the field."""
        return field_name(self.path)

    def wrong(self, code: str, sentence: str) -> None:
        """Note a problem here."""
        self.notes.problems.append(Problem(self.notes.bubble, self.path, code, sentence))

    def measure(self, text: str, room: Room) -> int:
        """Note how long the text here is, and return by how much it is too long (0: it fits)."""
        used = _COUNTED[room.unit](text)
        self.notes.lengths.append(Length(self.notes.bubble, self.path, used, room.most, room.unit))
        return max(0, used - room.most)
