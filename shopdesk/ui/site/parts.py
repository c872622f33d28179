"""The parts of a page as forms, one below the other: added, moved, taken out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from shopdesk.i18n import _
from shopdesk.site import Part
from shopdesk.ui import widgets as w
from shopdesk.ui.picture_field import PictureField
from shopdesk.ui.site.words import PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.ui.studio import Studio


class PartForm(QFrame):
    """One part. `edited` with each change; `moved` carries -1 for up, 1 for down, 0 for out."""

    edited = Signal()
    moved = Signal(int)

    def __init__(self, part: Part, studio: Studio) -> None:
        super().__init__()
        self.kind = part.kind
        self.setProperty("part", "card")
        icon, name = PARTS[part.kind]
        up = w.icon_button("chevron-up", _("Move it up"), partial(self.moved.emit, -1))
        down = w.icon_button("chevron-down", _("Move it down"), partial(self.moved.emit, 1))
        out = w.icon_button("x", _("Take it out"), partial(self.moved.emit, 0))
        head = w.hbox(w.Icon(icon, "text_3", "icon_small"), w.label(_(name), "small", bold=True), ..., up, down, out)
        self.text, self.target, self.picture = self._fields(part, studio)
        self.setLayout(w.vbox(head, *self._laid_out(), gap="s2", margin=("s3", "s2", "s3", "s3")))

    def _fields(
        self, part: Part, studio: Studio
    ) -> tuple[w.TextField | w.TextArea, w.TextField | None, PictureField | None]:
        if part.kind == "text":
            area = w.TextArea(lines=5)
            area.setPlainText(part.text)
            area.setAccessibleName(_("Text"))
            area.textChanged.connect(self.edited)
            return area, None, None
        text = w.TextField(part.text)
        text.textEdited.connect(self.edited)
        if part.kind == "picture":
            field = PictureField(studio)
            field.show_picture(part.target)
            field.edited.connect(self.edited)
            return text, None, field
        if part.kind == "heading":
            text.setAccessibleName(_("Heading"))
            return text, None, None
        target = w.TextField(part.target, "https://")
        target.textEdited.connect(self.edited)
        return text, target, None

    def _laid_out(self) -> list[QWidget]:
        if self.picture is not None:
            note = _("Read aloud to who cannot see it.")
            return [self.picture, w.Field(_("What it shows"), self.text, optional=True, help_text=note)]
        if self.target is not None:
            return [w.Field(_("What stands on the button"), self.text), w.Field(_("Where it leads"), self.target)]
        return [self.text]

    def written(self) -> Part:
        """Return what stands in the form."""
        text = self.text.toPlainText() if isinstance(self.text, w.TextArea) else self.text.text()
        target = self.picture.picture if self.picture else self.target.text() if self.target else ""
        return Part(self.kind, text, target)


class PartList(QWidget):
    """`edited` with each change."""

    edited = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.forms: list[PartForm] = []
        self._column = w.vbox(gap="s3")
        buttons = [
            w.Button(_(name), icon="plus", size="control_small", does=partial(self.add, Part(kind)))
            for kind, (_icon, name) in PARTS.items()
        ]
        self.setLayout(w.vbox(self._column, "s3", w.hbox(w.label(_("Add"), "small", "text_2"), *buttons, ...)))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts; nobody has edited them."""
        for form in self.forms:
            self._take_away(form)
        self.forms = []
        for one in parts:
            self._put(self._make(one), len(self.forms))

    def parts(self) -> tuple[Part, ...]:
        """Return what stands in the forms."""
        return tuple(form.written() for form in self.forms)

    def add(self, part: Part) -> None:
        """Add a part at the end, with the caret in it."""
        form = self._make(part)
        self._put(form, len(self.forms))
        (form.picture.choose if form.picture else form.text).setFocus()
        self.edited.emit()

    def _make(self, part: Part) -> PartForm:
        form = PartForm(part, self._studio)
        form.edited.connect(self.edited)
        form.moved.connect(partial(self._move, form))
        return form

    def _put(self, form: PartForm, at: int) -> None:
        self.forms.insert(at, form)
        self._column.insertWidget(at, form)
        w.tab_in_order(self.layout())

    def _take_away(self, form: PartForm) -> None:
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()

    def _move(self, form: PartForm, by: int) -> None:
        at = self.forms.index(form)
        if by and not 0 <= at + by < len(self.forms):
            return
        self.forms.remove(form)
        if by:
            self._column.removeWidget(form)
            self._put(form, at + by)
        else:
            self._take_away(form)
        self.edited.emit()
