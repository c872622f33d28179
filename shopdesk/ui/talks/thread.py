"""The thread: what was said, the oldest above; it stays at its end while it is there, and reads on upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from shopdesk.clock import japan_day
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.talks.message_row import DayRow, MessageRow
from shopdesk.ui.talks.words import day_line
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from shopdesk.clock import Clock
    from shopdesk.talks import Said
    from shopdesk.ui.phone import Pictures

_NEAR_TOP = 240
_AT_END = 4


class Thread(QWidget):
    """`older` carries the id of the oldest message shown; `file_wanted` and `again_wanted` a message.

    `answered` is what a request for a reservation is answered: its number, the verb and the moment that was asked for.
    """

    older = Signal(int)
    file_wanted = Signal(object)
    again_wanted = Signal(object)
    answered = Signal(int, str, object)

    def __init__(self, clock: Clock, me: str, pictures: Pictures) -> None:
        super().__init__()
        self._clock, self._me, self._pictures = clock, me, pictures
        self._days: dict[date, DayRow] = {}
        self.rows: dict[int, MessageRow] = {}
        self._friend: int | None = None
        self._more = False
        self._from_end: int | None = None  # how far above the end it is read; None: at the end
        self._grew_below = False
        self._column = w.vbox()
        self._area = w.scroller(w.vbox(..., self._column, margin=("s4", "s3")))
        self._bar = self._area.verticalScrollBar()
        self._bar.valueChanged.connect(self._scrolled)
        self._bar.rangeChanged.connect(lambda _least, most: self._stand(most))
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("What was said"))
        self.setLayout(w.vbox((self._area, 1)))

    def paintEvent(self, _event: object) -> None:
        QPainter(self).fillRect(self.rect(), theme()["sunken"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self.rows.values():
            row.fit(self._area.viewport().width())

    @property
    def shown(self) -> int:
        """How many messages are shown."""
        return len(self.rows)

    def show_messages(self, friend_id: int, name: str, messages: Sequence[Said], *, more: bool) -> None:
        """Show a talk, or the same one anew; `more`: there are older messages."""
        if friend_id != self._friend:
            self._friend, self._from_end = friend_id, None
            self._let_go(list(self.rows.values()))
            self.rows = {}
        self._grew_below = bool(self.rows and messages) and messages[-1].id not in self.rows
        self._more = more
        kept = {one.id: self._row(one, name) for one in messages}
        self._let_go([row for number, row in self.rows.items() if kept.get(number) is not row])
        self.rows = kept
        self._lay(list(self._ordered(messages)))

    def _row(self, said: Said, name: str) -> MessageRow:
        known = self.rows.get(said.id)
        if known is not None and (known.said, known.name) == (said, name):
            return known
        made = MessageRow(said, name, self._me, self._pictures)
        made.fit(self._area.viewport().width())
        made.file_wanted.connect(self.file_wanted)
        made.again_wanted.connect(self.again_wanted)
        made.answered.connect(self.answered)
        return made

    def _ordered(self, messages: Sequence[Said]) -> Iterator[QWidget]:
        """Yield the rows, each day's under its own line."""
        today, last, before = japan_day(self._clock.now()), None, self._days
        self._days = {}
        for said in messages:
            day = japan_day(said.at)
            if day != last:
                last, words = day, day_line(day, today)
                known = before.get(day)
                self._days[day] = known if known is not None and known.words == words else DayRow(words)
                yield self._days[day]
            yield self.rows[said.id]
        self._let_go([row for day, row in before.items() if self._days.get(day) is not row])

    def _lay(self, wanted: list[QWidget]) -> None:
        for at, widget in enumerate(wanted):
            item = self._column.itemAt(at)
            if item is None or item.widget() is not widget:
                self._column.insertWidget(at, widget)

    def _let_go(self, gone: Sequence[QWidget]) -> None:
        for widget in gone:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _scrolled(self, value: int) -> None:
        from_end = self._bar.maximum() - value
        self._from_end = None if from_end <= _AT_END else from_end
        if self._more and value < _NEAR_TOP and self.rows and self._bar.maximum():
            self._more = False
            self.older.emit(next(iter(self.rows)))

    def _stand(self, most: int) -> None:
        """Stay at the end, or where it is being read, whatever came above or below."""
        if self._from_end is None:
            self._bar.setValue(most)
        elif not self._grew_below:
            self._bar.setValue(max(0, most - self._from_end))

    def to_end(self) -> None:
        """Go to the newest message."""
        self._from_end = None
        self._bar.setValue(self._bar.maximum())

    def repaint_pictures(self) -> None:
        """Lay bubbles out again whose picture has come."""
        for row in self.rows.values():
            if row.bubble is not None and row.said.kind in {"image", "video", "imagemap", "flex", "template"}:
                row.bubble.dress()
                row.bubble.update()
