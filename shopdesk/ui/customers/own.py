"""The shop's own fields: made, renamed, deleted; and one of them filled in for a person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from shopdesk.i18n import _
from shopdesk.ui.amounts import people
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Button,
    Choice,
    Dialog,
    Field,
    Prose,
    TextField,
    clear,
    confirm,
    hbox,
    holder,
    icon_button,
    label,
    line,
    scroller,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers import OwnField
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

LIST_HEIGHT = 220


def kinds() -> dict[str, str]:
    """Return how each kind of field is said."""
    return {"text": _("text"), "number": _("number"), "date": _("day")}


class FieldsDialog(Dialog):
    """The fields with their names to write over, and a new one below. `changed` after each change."""

    changed = Signal()

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, sentence: Callable[[Exception], str]) -> None:
        self._shop, self._tasks, self._sentence = shop, tasks, sentence
        self.rows = vbox()
        self.name = TextField(hint=_("Example: favourite colour"))
        self.kind = Choice([(words, kind) for kind, words in kinds().items()])
        self._field = Field(_("New field"), self.name)
        add = Button(_("Make"), does=self._make)
        area = scroller(vbox(self.rows, ..., margin="s1"))
        area.setMinimumHeight(LIST_HEIGHT)
        below = hbox(self.kind, add, ...)
        hint = Prose(_("They stand at every customer, and in the list as columns."), role="small", tone="text_2")
        super().__init__(
            parent, _("The shop's own fields"), hint, "s2", area, "s3", self._field, below, verb=_("Close")
        )
        self.verb.setDefault(False)
        self.back.hide()
        self.begin_at(self.name)
        self.read()

    def read(self) -> None:
        """Read the fields again."""
        self._tasks.run(self, self._shop.customers.fields.all, self.show_fields, key="fields")

    def show_fields(self, fields: Sequence[OwnField]) -> None:
        """Show these fields."""
        clear(self.rows)
        for one in fields:
            self.rows.addWidget(self._row(one))
        if not fields:
            self.rows.addWidget(Prose(_("There is no field yet."), tone="text_2"))

    def _row(self, field: OwnField) -> QWidget:
        name = TextField(field.name)
        name.setAccessibleName(_("Name of the field"))
        name.editingFinished.connect(lambda: self._rename(field, name.text()))
        used = label(f"{kinds()[field.kind]} · {people(field.people)}", "caption", "text_3")
        away = icon_button(
            "trash-2", _("Delete the field “{name}”").format(name=field.name), partial(self._delete, field)
        )
        return holder(vbox(hbox((name, 1), used, away, margin=("", "s1")), line()))

    def _do(self, work: Callable[[], object]) -> None:
        def done(_result: object) -> None:
            self._field.set_error("")
            self.changed.emit()
            self.read()

        self._tasks.run(self, work, done, failed=self._refused, lane=Lane.WRITE)

    def _refused(self, error: Exception) -> None:
        self._field.set_error(self._sentence(error))
        self.read()

    def _make(self) -> None:
        name, kind, fields = self.name.text(), self.kind.value(), self._shop.customers.fields
        self.name.clear()
        self._do(lambda: fields.make(name, kind))

    def _rename(self, field: OwnField, name: str) -> None:
        if name.strip() and name.strip() != field.name:
            self._do(lambda: self._shop.customers.fields.rename(field.id, name))

    def _delete(self, field: OwnField) -> None:
        question = _("Delete the field “{name}”?").format(name=field.name)
        follows = _("What {people} have in it goes with it. This cannot be undone.").format(people=people(field.people))
        if confirm(self, question, follows, verb=_("Delete"), danger=True):
            self._do(lambda: self._shop.customers.fields.delete(field.id))


class ValueDialog(Dialog):
    """Asks what a person has in one of the fields."""

    def __init__(self, parent: QWidget, field: OwnField, held: str) -> None:
        self.value = TextField(held.replace("-", "/") if field.kind == "date" else held)
        hint = {"number": _("Only digits."), "date": _("Example: 1990/12/3")}.get(field.kind, "")
        body = Field(field.name, self.value, help_text=hint)
        super().__init__(parent, _("Change “{field}”").format(field=field.name), body, verb=_("Save"))
        self.begin_at(self.value)


def ask_value(parent: QWidget, field: OwnField, held: str) -> str | None:
    """Ask what a person has in a field; None where it stays."""
    dialog = ValueDialog(parent, field, held)
    made = dialog.value.text() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return made
