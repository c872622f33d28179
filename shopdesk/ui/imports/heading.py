"""What stands above every view of the page: its title, the ways to past and regular imports, the three steps."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.widgets import Button, Header, Steps, hbox, holder, vbox

CHOOSE, CHECK, DONE = range(3)
Place = Literal["import", "past", "regular"]


class Heading(QWidget):
    """`past_wanted` and `regular_wanted` also lead back from there; `step` carries the step that was clicked."""

    past_wanted = Signal()
    regular_wanted = Signal()
    step = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.regular = Button(_("Regular"), icon="calendar", does=self.regular_wanted.emit)
        self.past = Button(_("Past imports"), icon="clock", does=self.past_wanted.emit)
        self._header = Header(_("Import"), "", actions=(self.regular, self.past))
        self._steps = Steps(_("Choose a file"), _("Look at it"), _("Import it"))
        self._steps.chosen.connect(self.step)
        self._row = holder(hbox((self._steps, 1), margin=("page_side", "", "page_side", "s3")))
        self.setLayout(vbox(self._header, self._row))

    def show_place(self, place: Place, step: int | None = None, *, leaves: bool = True) -> None:
        """Say where we are; without a `step` there are none. With `leaves` the buttons can be pressed."""
        for button, key, name, picture in (
            (self.past, "past", _("Past imports"), "clock"),
            (self.regular, "regular", _("Regular"), "calendar"),
        ):
            button.set_words(_("To the import") if key == place else name)
            button.set_icon("arrow-left" if key == place else picture)
            button.setEnabled(leaves)
        self._header.say(*_titles()[place])
        self._row.setVisible(step is not None)
        if step is not None:
            self._steps.show_step(step)


def _titles() -> dict[Place, tuple[str, str]]:
    return {
        "import": (
            _("Import"),
            _("Reads order files of your cart or of Excel. Nothing is written before you have looked."),
        ),
        "past": (_("Past imports"), _("Each import can be undone as a whole.")),
        "regular": (_("Regular imports and exports"), _("What happens by itself, and what needs you.")),
    }
