"""A condition on any column: said in words, and asked for in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QStackedWidget

from shopdesk.customers import COLUMNS, OWN, Condition
from shopdesk.i18n import _
from shopdesk.japanese import PREFECTURES, date as read_date
from shopdesk.ui.customers.columns import sexes
from shopdesk.ui.directions import isolated
from shopdesk.ui.widgets import Choice, Dialog, Field, NumberField, TextField, vbox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import OwnField
    from shopdesk.ui.customers.columns import Shown

YES = {"consent_line", "consent_mail"}
MOST = 999_999_999


def line_words() -> dict[str, str]:
    """Return how each LINE state is said as a condition."""
    return {"friend": _("LINE friend"), "blocked": _("Has blocked us"), "none": _("Not linked with LINE")}


def verbs(kind: str) -> list[tuple[str, str]]:
    """Return what can be asked of a column of this kind: (words, verb) each."""
    blank, filled = (_("is empty"), "blank"), (_("is filled in"), "filled")
    return {
        "text": [(_("contains"), "contains"), (_("is exactly"), "equal"), blank, filled],
        "choice": [(_("is"), "equal"), blank, filled],
        "number": [(_("is at least"), "at_least"), (_("is at most"), "at_most"), (_("is"), "equal")],
        "time": [(_("is on or after"), "since"), (_("is before"), "before"), blank, filled],
        "yes": [(_("is"), "equal")],
        "tag": [(_("has the tag"), "equal"), (_("has no tag"), "blank"), (_("has any tag"), "filled")],
    }[kind]


def kind_of(key: str, fields: Sequence[OwnField]) -> str:
    """Return what kind of column a key names."""
    if key.startswith(OWN):
        field = next((one for one in fields if f"{OWN}{one.id}" == key), None)
        return "number" if field is not None and field.kind == "number" else "text"
    return COLUMNS[key].kind


def said(condition: Condition, titles: Mapping[str, Shown], fields: Sequence[OwnField]) -> str:
    """Return a condition as a chip says it."""
    if condition == Condition("orders", "at_least", 2):
        return _("Bought twice or more")
    if condition.column == "line" and condition.verb == "equal":
        return line_words().get(str(condition.value), str(condition.value))
    if condition.column == "tag" and condition.verb == "equal":
        return _("Tag “{tag}”").format(tag=isolated(str(condition.value)))
    title = titles[condition.column].title if condition.column in titles else condition.column
    words = {verb: words for words, verb in verbs(kind_of(condition.column, fields))}.get(condition.verb, "")
    if condition.verb in {"blank", "filled"}:
        return _("{column} {verb}").format(column=title, verb=words)
    value = isolated(value_words(condition))
    if condition.verb == "equal":
        return _("{column}: {value}").format(column=title, value=value)
    return _("{column} {verb} {value}").format(column=title, verb=words, value=value)


def value_words(condition: Condition) -> str:
    """Return the value of a condition as people read it."""
    if condition.column in YES:
        return _("yes") if condition.value else _("no")
    if condition.column == "sex":
        return sexes().get(str(condition.value), str(condition.value))
    return f"{condition.value:,}" if isinstance(condition.value, int) else str(condition.value).replace("-", "/")


class ConditionDialog(Dialog):
    """Asks for one condition: column, verb, value."""

    def __init__(
        self, parent: QWidget, titles: Mapping[str, Shown], fields: Sequence[OwnField], sources: Sequence[str]
    ) -> None:
        self._fields, self._sources = fields, sources
        self.column = Choice([(one.title, key) for key, one in titles.items()])
        self.compare = Choice([("", "")])
        self.text, self.number = TextField(), NumberField(None, 0, MOST, width="")
        self.one = Choice([("", "")])
        self.day = TextField(hint=_("Example: 2026/4/1"))
        self._value = QStackedWidget()
        for part in (self.text, self.number, self.one, self.day):
            self._value.addWidget(part)
        self.field = Field(_("Value"), self._value, check=self._sentence)
        body = vbox(Field(_("Column"), self.column), "s2", Field(_("Comparison"), self.compare), "s2", self.field)
        super().__init__(parent, _("Add a condition"), body, verb=_("Add"))
        self.column.chosen.connect(lambda _key: self._turn())
        self.compare.chosen.connect(lambda _verb: self._show_value())
        self.begin_at(self.column)
        self._turn()

    def _turn(self) -> None:
        """Show what can be asked of the chosen column."""
        self.compare.set_entries(verbs(kind_of(self.column.value(), self._fields)))
        self._show_value()

    def _show_value(self) -> None:
        key, kind = self.column.value(), kind_of(self.column.value(), self._fields)
        self.field.setVisible(self.compare.value() not in {"blank", "filled"})
        self.field.set_error("")
        entries = self._entries(key)
        if entries:
            self.one.set_entries(entries)
        part = self.one if entries else {"number": self.number, "time": self.day}.get(kind, self.text)
        self._value.setCurrentWidget(part)

    def _entries(self, key: str) -> list[tuple[str, object]]:
        if key in YES:
            return [(_("yes"), 1), (_("no"), 0)]
        found: dict[str, list[tuple[str, object]]] = {
            "line": [(words, state) for state, words in line_words().items()],
            "sex": [(words, sex) for sex, words in sexes().items() if sex],
            "source": [(one, one) for one in self._sources],
            "prefecture": [(one, one) for one in PREFECTURES] if self.compare.value() == "equal" else [],
            "birth_month": [(_("month {n}").format(n=n), n) for n in range(1, 13)],
        }
        return found.get(key, [])

    def _said(self) -> str | int | None:
        part = self._value.currentWidget()
        if part is self.number or part is self.one:
            found: str | int | None = (self.number if part is self.number else self.one).value()
            return found
        if part is self.day:
            day = read_date(self.day.text().strip())
            return day.isoformat() if day else None
        return self.text.text().strip() or None

    def _sentence(self) -> str:
        if self.compare.value() in {"blank", "filled"} or self._said() is not None:
            return ""
        return _("Write what to compare with; a day like 2026/4/1.")

    def condition(self) -> Condition:
        """Return what is asked for."""
        verb, value = self.compare.value(), self._said()
        return Condition(self.column.value(), verb, "" if value is None or verb in {"blank", "filled"} else value)

    def accept(self) -> None:
        if self.field.valid():
            super().accept()


def ask_condition(
    parent: QWidget, titles: Mapping[str, Shown], fields: Sequence[OwnField], sources: Sequence[str]
) -> Condition | None:
    """Ask for a condition; None where there is none."""
    dialog = ConditionDialog(parent, titles, fields, sources)
    made = dialog.condition() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return made
