"""What is said: one to five message objects in LINE's own form, with placeholders in their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from shopdesk.line import Message


class MessageError(InvalidInputError):
    """The message cannot be sent as it is written."""

    code = "message"


@dataclass(frozen=True, slots=True)
class Draft:
    """Checked messages. `placeholders` are those their texts use: without any, everybody reads the same."""

    messages: tuple[Message, ...]
    placeholders: frozenset[str]

    @property
    def personal(self) -> bool:
        """Whether people read different texts."""
        return bool(self.placeholders)
