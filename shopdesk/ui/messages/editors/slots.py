"""A card of a ready design as a form: its picture, its lines as fields, its buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.japanese import nfkc
from shopdesk.messages import DESIGNS, Card, Slot, design_of
from shopdesk.messages.designs.drawing import CARD_BUTTONS
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.actions import ActionList
from shopdesk.ui.messages.editors.picture_field import PictureField
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.ui.studio import Studio
    from shopdesk.ui.widgets.layouts import Item

_AMOUNT = re.compile(r"^(.*?)[\s:]*(-?[\d,]+)\s*円?\s*$")
_LINES = {"line": 1, "yen": 1, "text": 3, "amounts": 3}


def amounts_read(said: str) -> tuple[tuple[str, int], ...]:
    """Read lines of goods, each with its yen at the end; lines without a figure are left out."""
    found = (_AMOUNT.match(nfkc(one)) for one in said.splitlines())
    pairs = ((one[1].strip(), one[2].replace(",", "")) for one in found if one)
    return tuple((what, int(yen)) for what, yen in pairs if yen.strip("-"))


def _shown(slot: Slot, value: Any) -> str:
    if value is None:
        return ""
    if slot.form == "amounts":
        return "\n".join(f"{what} {yen:,}" for what, yen in value)
    return f"{value:,}" if slot.form == "yen" else str(value)


def _read(slot: Slot, said: str) -> Any:
    if slot.form == "amounts":
        return amounts_read(said)
    if slot.form == "yen":
        digits = re.sub(r"[^\d]", "", nfkc(said))
        return int(digits) if digits else ""
    return said


def _written(value: str | tuple[Any, ...]) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


class CardForm(QWidget):
    """The form of one card; `redesigned` carries the code of another design: the form is to be made anew."""

    changed = Signal()
    redesigned = Signal(object)

    def __init__(self, card: Card, place: str, studio: Studio) -> None:
        super().__init__()
        self._place, self._design, self._kept_picture = place, design_of(card.design), card.picture
        self.design = w.Choice([(_(one.title), one.code) for one in DESIGNS], card.design)
        self.design.chosen.connect(self.redesigned)
        self.picture: PictureField | None = None
        if self._design.ratio:
            width = lambda one: one.card_width  # noqa: E731
            self.picture = PictureField(_("Picture"), card.picture, studio, width, optional=True)
            self.picture.edited.connect(self.changed)
        self.slots = {one.name: self._field(one, card.values.get(one.name)) for one in self._design.slots}
        at = lambda number: f"{place}.footer.contents[{number}].action"  # noqa: E731
        self.buttons = ActionList(card.buttons, at, CARD_BUTTONS)
        self.buttons.changed.connect(self.changed)
        self.setLayout(w.vbox(w.Field(_("Design"), self.design), self.picture, *self._rows(), self.buttons, gap="s3"))

    def _field(self, slot: Slot, value: Any) -> Said:
        hints = {"yen": "1,980", "amounts": _("One line each: goods and yen")}
        made = Said(_(slot.title), _shown(slot, value), hints.get(slot.form, ""), lines=_LINES[slot.form])
        made.edited.connect(self.changed)
        return made

    def _rows(self) -> Iterator[Item]:
        """Short fields lie two beside each other."""
        waiting: Said | None = None
        for slot in self._design.slots:
            field = self.slots[slot.name]
            if _LINES[slot.form] > 1:
                if waiting is not None:
                    yield waiting
                waiting = None
                yield field
            elif waiting is None:
                waiting = field
            else:
                yield w.hbox((w.vbox(waiting, ...), 1), (w.vbox(field, ...), 1), gap="s3")
                waiting = None
        if waiting is not None:
            yield waiting

    def card(self) -> Card:
        """Return the card as it is written; what is blank is left away."""
        read = {slot.name: _read(slot, self.slots[slot.name].text()) for slot in self._design.slots}
        values = {name: value for name, value in read.items() if isinstance(value, int) or _written(value)}
        picture = self.picture.address() if self.picture else self._kept_picture
        return Card(self._design.code, values, picture, tuple(self.buttons.wanted()))

    def places(self) -> Iterator[tuple[str, w.Field]]:
        """Yield the fields with their places in the message: the lines that are written follow each other."""
        if self.picture is not None:
            yield f"{self._place}.hero", self.picture
        drawn = 0
        written = self.card().values
        for slot in self._design.slots:
            if slot.name in written:
                yield f"{self._place}.body.contents[{drawn}]", self.slots[slot.name]
                drawn += 1
        yield from self.buttons.places()
        if not drawn:
            yield self._place, self.slots["title"]

    def first(self) -> QWidget:
        """Return what the caret goes to."""
        return self.slots["title"].control
