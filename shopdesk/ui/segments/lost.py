"""A condition that no row can show: what it asks is not there any more, or is asked otherwise now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.segments import sentence
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people

if TYPE_CHECKING:
    from shopdesk.segments import Condition, Path


class LostRow(QWidget):
    """Keeps the condition as it is, since any other would take other people; `gone` asks for its removal."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self._condition = condition
        what, why = (
            w.Prose(sentence(condition)),
            _("This cannot be asked any more. Remove it, then add another condition."),
        )
        self.count = w.label("", "small", "text_2", align=w.RIGHT)
        self.remove = w.icon_button("x", _("Remove this condition"), lambda: self.gone.emit(self))
        said = w.vbox(what, w.Prose(why, role="small", tone="danger_text"))
        self.setLayout(w.hbox((said, 1), self.count, self.remove))

    def rule(self, at: Path, places: dict[Path, Any]) -> Condition:
        """Return the condition, and note in `places` where it stands."""
        places[at] = self
        return self._condition

    def show_count(self, count: int) -> None:
        """Show how many people it takes by itself."""
        self.count.setText(people(count))

    def begin(self) -> None:
        """Put the focus where it is removed."""
        self.remove.setFocus()
