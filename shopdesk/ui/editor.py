"""One thing being written: its head, its form, and beside it what the customer will see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.keys import SAVE, on_key
from shopdesk.ui.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.layouts import Item

WAITS_MS = 120
"""What is seen follows what is typed once the fingers rest so long."""


def editor_head(where: str, back: Callable[[], object], which: QWidget, title: QWidget, *acts: Item) -> QWidget:
    """Return the head of an editor: the way back to the list and `which` of it this is above the title, `acts` at the right."""
    crumb = w.hbox(w.link(where, back), which, ..., gap="s1")
    margin = ("page_side", "s4", "page_side", "mid")
    return w.holder(w.hbox((w.vbox(crumb, title), 1), "s4", *acts, margin=margin))


class Editor(QWidget):
    """`save` asks for what is written to be kept, `left` to go back. A subclass says what is `written`, and its `title`."""

    save = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._begun: object = None
        on_key(self, SAVE, self.save.emit)

    def dirty(self) -> bool:
        """Tell whether there is something that is not kept."""
        return self.written() != self._begun

    def written(self) -> object:
        """Return what is written, to be compared with what is kept."""
        raise NotImplementedError

    def title(self) -> str:
        """Return what it is called so far."""
        raise NotImplementedError


class FormEditor(Editor):
    """A form and beside it what the customer sees; `publish` asks for it to be kept and shown to people.

    A subclass makes its form and gives it to `lay_out`; `draw` follows it.
    """

    publish = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self.studio = Studio(self, shop, tasks, notices)
        self.head = w.elided("", "title")
        self.state = w.Badge(_("Draft"), "warning")
        self.keep = w.Button(_("Keep the draft"), does=self.save.emit)
        self.give = w.Button(_("Publish"), "primary", "check", does=self.publish.emit)
        self.resting = QTimer(self, singleShot=True, interval=WAITS_MS)
        self.resting.timeout.connect(self.show_face)

    def lay_out(self, head: QWidget, form: Sequence[Item], face: QWidget, width: int, choice: Item = None) -> None:
        """Lay out the head, and the form beside the face, `width` pixels wide; `choice` lets another face be chosen."""
        seen = w.hbox(w.label(_("What the customer sees"), "small", "text_2"), ..., choice)
        aside = w.holder(w.vbox(seen, "s2", (face, 1)))
        aside.setFixedWidth(width)
        self.paper = w.scroller(w.vbox(*form, margin=("", "s1", "s1", "page_top")))
        margin = ("page_side", "", "page_side", "page_top")
        self.setLayout(w.vbox(head, (w.holder(w.hbox((self.paper, 1), aside, gap="s3", margin=margin)), 1)))

    def begin(self, mark: w.Mark) -> None:
        """Show how it stands; what the form holds by now counts as kept."""
        self.state.show_mark(mark)
        self.studio.read()
        self._begun = self.written()
        self.show_face()

    def show_face(self) -> None:
        """Show what the customer will see of what is written now."""
        self.resting.stop()
        self.head.setText(self.title())
        self.draw()

    def draw(self) -> None:
        """Draw what is written as the customer sees it."""
        raise NotImplementedError
