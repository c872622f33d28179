"""One of LINE's stickers, by its set and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.messages import sticker, stickers
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.widgets.number_grid import NumberGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


class StickerEditor(Editor):
    """The form of a sticker."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self._package, self._number = str(message.get("packageId") or ""), str(message.get("stickerId") or "")
        self._sets = {one.package: one for one in stickers()}
        self.choice = w.Choice([(one.title, one.package) for one in self._sets.values()], self._package)
        self.choice.chosen.connect(self._turn_to)
        self.grid = NumberGrid(_("Stickers"), "s12")
        self.grid.chosen.connect(self._take)
        note = _("LINE shows its pictures only in LINE: look the number up in LINE's list of stickers for developers.")
        self._field = w.Field(_("Set of stickers"), self.choice, help_text=note)
        self.setLayout(w.vbox(self._field, "s2", self.grid, margin="s4"))
        self._turn_to(str(self.choice.value()))

    def _turn_to(self, package: str) -> None:
        found = self._sets.get(package)
        chosen = self._number if package == self._package else ""
        self.grid.show_numbers([str(one) for one in found.numbers] if found else [], chosen)

    def _take(self, number: str) -> None:
        self._package, self._number = str(self.choice.value()), number
        self.changed.emit()

    def message(self) -> Message:
        return sticker(self._package, self._number)

    def first(self) -> QWidget:
        return self.grid

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "packageId", self._field
        yield "stickerId", self._field
