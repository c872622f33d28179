"""A change to many people: asked for with the number first; and the list of those that were made, to take back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from shopdesk.customers import Change
from shopdesk.i18n import _, _n
from shopdesk.japanese import PREFECTURES
from shopdesk.ui.amounts import people
from shopdesk.ui.days import day_time
from shopdesk.ui.directions import isolated
from shopdesk.ui.widgets import (
    Badge,
    Button,
    Choice,
    Dialog,
    Field,
    Prose,
    TextField,
    elided,
    hbox,
    holder,
    label,
    line,
    listed,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers import BulkEdit, OwnField

LIST_HEIGHT = 320


def said(change: Change, fields: Sequence[OwnField]) -> str:
    """Return what a change does, as a list of edits says it."""
    value = isolated(change.value)
    if change.kind == "own":
        name = next((one.name for one in fields if one.id == change.field_id), _("(deleted field)"))
        words = _("{field}: “{value}”") if value else _("{field} emptied")
        return words.format(field=name, value=value)
    return {
        "tag": _("Tag “{tag}” put on").format(tag=value),
        "untag": _("Tag “{tag}” taken off").format(tag=value),
        "prefecture": _("Prefecture: {value}").format(value=value or "—"),
        "consent off": _("No more messages by mail") if change.value == "mail" else _("No more messages on LINE"),
    }[change.kind]


class ManyDialog(Dialog):
    """Asks what to change about so many people."""

    def __init__(self, parent: QWidget, number: int, fields: Sequence[OwnField]) -> None:
        self._number = number
        kinds: list[tuple[str, tuple[str, int]]] = [
            (_("Own field “{name}”").format(name=one.name), ("own", one.id)) for one in fields
        ]
        kinds += [(_("Prefecture"), ("prefecture", 0)), (_("No more messages"), ("consent off", 0))]
        self.kind = Choice(kinds)
        self.text = TextField(hint=_("Empty takes the value away"))
        self.prefecture = Choice([("—", ""), *((one, one) for one in PREFECTURES)])
        self.channel = Choice([(_("on LINE"), "line"), (_("by mail"), "mail")])
        self._value = QStackedWidget()
        for part in (self.text, self.prefecture, self.channel):
            self._value.addWidget(part)
        question = _n("Change {n} person", "Change {n} people", number).format(n=f"{number:,}")
        body = vbox(Field(_("What"), self.kind), "s2", Field(_("Value"), self._value))
        undo = Prose(_("It can be taken back at any time from the list of edits."), role="small", tone="text_2")
        super().__init__(parent, question, body, "s2", undo, verb=question)
        self.kind.chosen.connect(lambda _kind: self._turn())
        self.begin_at(self.kind)
        self._turn()

    def _turn(self) -> None:
        part = {"own": self.text, "prefecture": self.prefecture, "consent off": self.channel}[self.kind.value()[0]]
        self._value.setCurrentWidget(part)

    def change(self) -> Change:
        """Return what is asked for."""
        kind, field = self.kind.value()
        other = self.prefecture if kind == "prefecture" else self.channel
        value = self.text.text() if kind == "own" else other.value()
        return Change(kind, value, field)


def ask_change(parent: QWidget, number: int, fields: Sequence[OwnField]) -> Change | None:
    """Ask what to change about so many people; None where nothing is to change."""
    dialog = ManyDialog(parent, number, fields)
    made = dialog.change() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return made


class EditsDialog(Dialog):
    """The edits of many that were made, newest first, each with the way back."""

    def __init__(
        self, parent: QWidget, edits: Sequence[BulkEdit], fields: Sequence[OwnField], undo: Callable[[int], object]
    ) -> None:
        self._undo = undo
        rows = [self._row(one, said(one.change, fields), last=one is edits[-1]) for one in edits]
        none = Prose(_("Nothing was changed for many people yet."), tone="text_2")
        area = listed(vbox(*(rows or [none]), ..., margin=("", "", "s1", "")), LIST_HEIGHT)
        super().__init__(parent, _("Edits of many people"), area, verb=_("Close"))
        self.back.hide()

    def _row(self, edit: BulkEdit, words: str, *, last: bool) -> QWidget:
        who = _(" · ").join((people(edit.people), day_time(edit.at)))
        back = Button(_("Undo"), icon="undo-2", size="control_small", does=partial(self._take_back, edit.id))
        end: QWidget = Badge(_("taken back")) if edit.undone_at else back
        names = vbox(elided(words, bold=True), label(who, "caption", "text_3"))
        return holder(vbox(hbox((names, 1), end, gap="s3", margin=("", "s2")), None if last else line()))

    def _take_back(self, edit_id: int) -> None:
        self._undo(edit_id)
        self.accept()
