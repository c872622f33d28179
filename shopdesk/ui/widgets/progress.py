"""Work that takes time: how much is done, how long it takes yet, what stopping does, and the stop button."""

from __future__ import annotations

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui.paint import RIGHT
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.layouts import hbox
from shopdesk.ui.widgets.marks import Bar, Share
from shopdesk.ui.widgets.surfaces import Card, Figure
from shopdesk.ui.widgets.text import elided, label


class ProgressCard(Card):
    """A card for work of seconds to minutes. `stopped` when the button is pressed."""

    stopped = Signal()

    def __init__(self, what: str, stopping: str = "", *, stop: str = "", part: str = "card") -> None:
        self._what, self._count = label(what, "small", bold=True), label("", "small", "text_2", align=RIGHT)
        self._bar, self._note = Bar(), elided(stopping, "caption", "text_3")
        self.stop = Button(stop or _("Stop"), icon="square", size="control_small", does=self._stop)
        head = hbox(self._what, (self._count, 1))
        super().__init__(head, "s2", self._bar, "s2", hbox((self._note, 1), self.stop), part=part)

    def show_progress(self, done: int, total: int | None, count: str) -> None:
        """Show how far it is; `count` is the words at the right: done, all and time left."""
        self._bar.set_shares(Share(done / total if total else 0, "accent"))
        self._count.setText(count)
        self.setAccessibleName(f"{self._what.text()} {count}")

    def say(self, what: str, note: str | None = None) -> None:
        """Show another name of the work."""
        self._what.setText(what)
        if note is not None:
            self._note.setText(note)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stopped.emit()


class BigProgress(Card):
    """The one progress of a page: a large number, a thick bar, a line below."""

    def __init__(self) -> None:
        self.figure, self._left = Figure("0", "", "figure_xl"), label("", "lead", align=RIGHT)
        self._bar = Bar(size="bar_large")
        self._start, self._note = label("", "small", "text_2"), label("", "small", "text_2", align=RIGHT)
        super().__init__(
            hbox((self.figure, 1), self._left), "s2", self._bar, "s3", hbox(self._start, (self._note, 1)), pad="s6"
        )

    def show_progress(
        self, number: str, unit: str, share: float, *, left: str = "", start: str = "", note: str = ""
    ) -> None:
        """Show the number done, its unit (`/ 1,774 people`), the share done and the words around them."""
        self.figure.show_number(number, unit)
        self._bar.set_shares(Share(share, "accent"))
        self._left.setText(left)
        self._start.setText(start)
        self._note.setText(note)
