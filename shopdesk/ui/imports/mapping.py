"""Which column is which: a person decides about what is unclear, then the file is read again."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.imports.field_choice import WIDE, FieldChoice, FieldList
from shopdesk.ui.imports.tables import letters
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    Choice,
    Frame,
    card_head,
    clear,
    elided,
    hbox,
    holder,
    label,
    line,
    link,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports import ColumnRead, Field, ImportReport

_MANY = 8
"""More columns that nobody uses are shown on demand."""
_KNOWN_PEOPLE = 210
"""In px at the standard text size: room for the longest of three ways."""


class ColumnRow(QWidget):
    """One column: its heading over five of its cells, how sure it is, what it is used as, and what that does to people known."""

    decided = Signal()

    def __init__(self, column: ColumnRead, fields: FieldList) -> None:
        super().__init__()
        self.column = column
        heading = column.column or _("(no heading)")
        self.field = FieldChoice(fields, column.field)
        self.field.setAccessibleName(heading)
        self.field.chosen.connect(self._decide)
        self.policy: Choice | None = None
        self._heading, self._beside = heading, QWidget()
        self._beside.setLayout(vbox())
        self._beside.setFixedWidth(round(_KNOWN_PEOPLE * theme().scale))
        cells = _("  ·  ").join(cell or _("(empty)") for cell in column.samples)
        said = vbox(
            hbox(label(letters(column.index), "caption", "text_3"), (elided(heading, bold=True), 1)),
            "tiny",
            elided(cells, "small", "text_2"),
        )
        self.setLayout(hbox((said, 1), _mark(column), self.field, self._beside, gap="s3", margin=("s4", "mid")))
        self._decide()

    def way(self) -> str:
        """Return what becomes of this field of people who are known: fill, replace or keep."""
        return "fill" if self.policy is None or self.policy.isHidden() else str(self.policy.value())

    def _decide(self) -> None:
        personal = str(self.field.value()).startswith("customer.")
        if personal and self.policy is None:
            ways = [(_("Fill what is empty"), "fill"), (_("Replace"), "replace"), (_("Leave as it is"), "keep")]
            self.policy = Choice(ways, "fill", width=_KNOWN_PEOPLE)
            self.policy.chosen.connect(lambda _way: self.decided.emit())
            self.policy.setAccessibleName(_("{column}: customers who are here already").format(column=self._heading))
            beside = self._beside.layout()
            if beside is not None:
                beside.addWidget(self.policy)
        if self.policy is not None:
            self.policy.setVisible(personal)
        self.decided.emit()


def _mark(column: ColumnRead) -> Badge | None:
    if column.asked:
        return Badge(_("To check"), "warning", icon="circle-question-mark")
    return Badge(_("Sure"), "success", icon="check") if column.field else None


class Assigning(QWidget):
    """Asks about unclear columns, and lets every other be changed.

    `said` carries the mapping as JSON; `changed` too, each time it is another one with everything needed.
    `forgotten` when what was said before is to be forgotten.
    """

    said = Signal(str)
    changed = Signal(str)
    left = Signal()
    forgotten = Signal()

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields, self._titles = fields, {field.word: field.title for field in fields}
        self._needed: Sequence[str] = ()
        self.columns: Sequence[ColumnRead] = ()
        self._list = FieldList(fields)
        self.rows: list[ColumnRow] = []
        self._why = Banner("info", "")
        self.forget = Banner(
            "info",
            _("These columns are used as you said of an earlier file."),
            action=_("Forget that and recognise anew"),
            does=self.forgotten.emit,
        )
        self._cards = vbox(gap="card_gap")
        self.go = Button(_("Read with these columns"), "primary", size="control_large", does=self._say)
        leave = Button(_("Leave it"), size="control_large", does=self.left.emit)
        self._note, self.outcome = elided("", "small", "text_2"), elided("", bold=True)
        foot = holder(hbox((vbox(self.outcome, self._note), 1), leave, self.go))
        self.setLayout(vbox(Frame(None, self._why, self.forget, self._cards, ..., foot=foot)))

    def ask(self, report: ImportReport, needed: Sequence[str]) -> None:
        """Ask about one file; `needed` are the fields that it cannot do without."""
        clear(self._cards)
        self._needed, self.columns, self.rows = needed, report.columns, []
        self._list = FieldList(self._fields)
        asked = [one for one in report.columns if one.asked]
        sure = [one for one in report.columns if one.field and not one.asked]
        self._say_why(report, len(asked))
        self.forget.setVisible(report.files[0].remembered)
        self._add(_("To check"), asked)
        self._add(_("Recognised"), sure)
        unused = [one for one in report.columns if not one.field and not one.asked]
        if self._check() and len(unused) > _MANY:
            self._offer(unused)
        else:
            self._add(_("Not used"), unused)
        self.rows[0].field.setFocus()
        for row in self.rows:
            row.decided.connect(self._tell)
        self._tell()

    def show_outcome(self, words: str) -> None:
        """Say what an import with these columns would do."""
        self.outcome.setText(words)

    def _tell(self) -> None:
        """Say that the mapping is another one."""
        self.show_outcome("")
        if self._check():
            self.show_outcome(_("Reading with these columns…"))
            self.changed.emit(self.mapping())

    def _offer(self, unused: Sequence[ColumnRead]) -> None:
        """Name columns that are not used; their rows are made when somebody wants them."""

        def show() -> None:
            offer.hide()
            for row in self._add(_("Not used"), unused):
                row.decided.connect(self._tell)

        count = label(str(len(unused)), "small", "text_3")
        head = hbox(label(_("Not used"), "section"), count, ..., link(_("Show these columns"), show))
        offer = Card(head, pad=("s4", "s3"))
        self._cards.addWidget(offer)

    def _say_why(self, report: ImportReport, asked: int) -> None:
        name = report.files[0].file
        unclear = _n("{n} column of “{file}” is unclear.", "{n} columns of “{file}” are unclear.", asked)
        fact = unclear.format(n=asked, file=name) if asked else _("The columns of “{file}”").format(file=name)
        self._why.say(fact, _("What you say is remembered: the next such file is read without a question."))

    def _add(self, title: str, columns: Sequence[ColumnRead]) -> list[ColumnRow]:
        if not columns:
            return []
        rows = [ColumnRow(one, self._list) for one in columns]
        self.rows += rows
        used, known = label(_("Used as"), "caption", "text_3"), label(_("Customers here already"), "caption", "text_3")
        used.setFixedWidth(round(WIDE * theme().scale))
        known.setFixedWidth(round(_KNOWN_PEOPLE * theme().scale))
        count = label(str(len(rows)), "small", "text_3")
        head = card_head(hbox(label(title, "section"), count), ..., hbox(used, known, gap="s3"))
        body: list[QWidget] = []
        for row in rows:
            body += [row, line()]
        self._cards.addWidget(Card(head, *body[:-1], pad=""))
        return rows

    def _check(self) -> bool:
        """Say what is still missing; return whether nothing is."""
        given = {row.field.value() for row in self.rows}
        missing = [self._titles[word] for word in self._needed if word not in given]
        self.go.setEnabled(not missing)
        lacking = _("Still missing: {fields}. Choose a column for each.").format(fields=_(", ").join(missing))
        self._note.setText(lacking if missing else _("Everything needed is there. Nothing is written yet."))
        return not missing

    def _say(self) -> None:
        self.said.emit(self.mapping())

    def mapping(self) -> str:
        """Return which column is which as a mapping file's JSON."""
        columns: dict[str, Any] = {self._key(one): None for one in self.columns}
        columns |= {self._key(row.column): row.field.value() for row in self.rows}
        policies = {row.field.value(): row.way() for row in self.rows if row.way() != "fill"}
        return json.dumps({"columns": columns, "policies": policies}, ensure_ascii=False)

    def _key(self, column: ColumnRead) -> str:
        """A heading, or `#3` for a column whose heading is empty or not the only one of its name."""
        names = Counter(one.column for one in self.columns)
        alone = column.column and names[column.column] == 1 and "#" not in column.column
        return column.column if alone else f"#{column.index}"
