"""Errors are sentences: each says what is so and what to do, and carries a code for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from shopdesk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path


class ShopDeskError(Exception):
    """Something the shopkeeper can act on.

    Subclasses set `code`; the message is already translated and names no personal data
    that the reader did not give.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str) -> None:
        self.message = " ".join(message.splitlines())  # a file's name may hold line breaks, a sentence none
        super().__init__(self.message)


class NotFoundError(ShopDeskError):
    """The thing asked for does not exist (any more)."""

    code = "not_found"


class InvalidInputError(ShopDeskError):
    """What was typed or given cannot be used as it is."""

    code = "invalid"


def no_such_file(file: Path) -> InvalidInputError:
    """Return the refusal of a file that is not there."""
    return InvalidInputError(_("There is no file {file}. Look at its name and folder.").format(file=file))
