"""Answers on their way: one after the other, in the order in which they were written; what could not be written down comes back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.messages import image, sticker, text, typed as as_typed
from shopdesk.messages.addresses import own
from shopdesk.pictures import MOST_BYTES
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from shopdesk.line import Message
    from shopdesk.shop import Shop
    from shopdesk.talks import Said
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

PREVIEW_WIDTH, WIDTH = 460, 1040


class Answer(NamedTuple):
    """What goes to whom; `typed` is the text it was made of, '' for what was chosen, or `composed` with the forms."""

    friend_id: int
    messages: tuple[Message, ...]
    typed: str = ""
    composed: bool = False


class Sending(QObject):
    """`refused` carries an answer that was not even written down: its text belongs back into the field."""

    refused = Signal(object)

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(parent)
        self._shop, self._tasks, self._notices = shop, tasks, notices
        self._waiting: deque[Answer] = deque()
        self._busy = False

    def say(self, friend_id: int, typed: str) -> None:
        """Send a text as it was typed: `{name}` becomes the name, other braces are braces."""
        self.send(Answer(friend_id, (text(as_typed(typed)),), typed))

    def sticker(self, friend_id: int, package: str, number: str) -> None:
        """Send one of LINE's stickers."""
        self.send(Answer(friend_id, (sticker(package, number),)))

    def picture(self, friend_id: int, file: Path) -> None:
        """Keep a file in LINE's sizes and send it."""

        def work() -> Message:
            kept = self._shop.messages.pictures.add(_content(file), file.stem)
            return image(own(kept.id, WIDTH), own(kept.id, PREVIEW_WIDTH))

        then = lambda made: self.send(Answer(friend_id, (made,)))  # noqa: E731
        self._tasks.run(self, work, then, lane=Lane.NETWORK)

    def send(self, answer: Answer) -> None:
        """Send as soon as what was written before has gone."""
        self._waiting.append(answer)
        self._next()

    def again(self, message_id: int) -> None:
        """Send once more what LINE did not take."""
        self._tasks.run(self, lambda: self._shop.talks.again(message_id), lane=Lane.NETWORK)

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        answer = self._waiting.popleft()

        def work() -> Sequence[Said]:
            return self._shop.talks.reply(answer.friend_id, self._shop.messages.draft(answer.messages))

        def failed(error: Exception) -> None:
            self._notices.error(error)
            self.refused.emit(answer)
            self._done()

        self._tasks.run(self, work, lambda _said: self._done(), failed=failed, lane=Lane.NETWORK)

    def _done(self) -> None:
        self._busy = False
        self._next()


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidInputError(_("“{file}” cannot be read. Choose it again.").format(file=file.name)) from error
