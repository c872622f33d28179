"""One question as a form."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from shopdesk.i18n import _
from shopdesk.surveys import CHOICES, CONTACTS, LONGEST_NAME, LONGEST_TITLE, Option, Question
from shopdesk.ui import widgets as w
from shopdesk.ui.surveys.option_row import END, NEXT, Leads, OptionRow
from shopdesk.ui.surveys.scale_leads import ScaleLeads
from shopdesk.ui.surveys.words import FILLS, kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.surveys import Kind
    from shopdesk.ui.studio import Studio

_keys = count(1)
_MOST = 999_999_999


class QuestionCard(w.Card):
    """`edited` with each change, `entered` when somebody writes in it, `moved` up (-1) or down (1), `removed` when it is to go."""

    edited = Signal()
    entered = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, studio: Studio, question: Question) -> None:
        self.key = next(_keys)
        self._studio, self.rows = studio, list[OptionRow]()
        self._anonymous = False
        self.number = w.label("", "body_bold", "accent_text")
        self.kind = w.Choice(kinds(), question.kind, width=170)
        self.kind.setAccessibleName(_("Kind of question"))
        self.required = w.CheckBox(_("must be answered"), question.required)
        self.title = w.TextField(question.title, _("Words of the question"))
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setAccessibleName(_("Words of the question"))
        self.name = w.TextField(question.name if question.name != question.title[:LONGEST_NAME] else "")
        self.name.setMaxLength(LONGEST_NAME)
        self.note = w.TextField(question.note)
        self.sets = w.TextField(question.sets)
        self.fills = w.Choice([(_(words), how) for how, words in FILLS.items()], question.fills, width=260)
        self.sensitive = w.CheckBox(_("It touches health, belief or the like"), question.sensitive)
        self.consent = w.TextField(question.consent)
        self.least = w.NumberField(question.least, 0, _MOST)
        self.most = w.NumberField(question.most, 0, _MOST)
        self.low, self.high = w.TextField(question.low), w.TextField(question.high)
        self.scale = ScaleLeads()
        self.then = Leads(_("goes on"))
        self.add = w.link(_("Add an answer"), self._add_empty)
        self._lay_out()
        for option in question.options or (Option(""), Option("")):
            self._add(option)
        self._connect()
        self._show_kind()

    def _lay_out(self) -> None:
        up = w.icon_button("chevron-up", _("Move up"), lambda: self.moved.emit(-1))
        down = w.icon_button("chevron-down", _("Move down"), lambda: self.moved.emit(1))
        remove = w.icon_button("trash-2", _("Remove this question"), lambda: self.removed.emit())  # noqa: PLW0108 - a signal taken before its widget is made is nobody's
        head = w.hbox(self.number, self.kind, "s2", self.required, ..., up, down, remove)
        self._options = w.vbox(gap="s2")
        self._choices = w.holder(w.vbox(self._options, "s1", w.hbox(self.add, ...)))
        self.least_field = w.Field(_("Smallest number"), self.least, optional=True)
        self.most_field = w.Field(_("Largest number"), self.most, optional=True)
        self._ends = w.holder(w.hbox(self.least_field, self.most_field, ..., gap="s5"))
        words = w.hbox((w.Field(_("At the low end"), self.low, optional=True), 1), gap="s5")
        words.addWidget(w.Field(_("At the high end"), self.high, optional=True), 1)
        self._scale = w.holder(w.vbox(words, w.Field(_("Where each number leads"), self.scale), gap="s3"))
        self.consent_field = w.Field(
            _("What the answer is used for"),
            self.consent,
            help_text=_("People agree to this before they answer."),
        )
        named = w.Field(_("Short name"), self.name, optional=True, help_text=_("Results and segments call it so."))
        sets = w.Field(_("Write it into"), self.sets, optional=True, help_text=_("A field of the customer's own."))
        then = w.Field(_("Then"), self.then)
        help_text = _("It is recorded, and taken back when the answer is deleted.")
        self.fills_field = w.Field(_("Into the customer's own data"), self.fills, help_text=help_text)
        self._sets = sets
        note = w.Field(_("Note below it"), self.note, optional=True)
        more = w.hbox((named, 1), (sets, 1), gap="s5")
        self.more = w.Fold(_("More about this question"), "", note, "s3", more, "s3", w.hbox(then, ...))
        super().__init__(
            head,
            self.title,
            self._choices,
            self._ends,
            self._scale,
            self.sensitive,
            self.consent_field,
            self.fills_field,
            self.more,
            gap="s3",
        )

    def _connect(self) -> None:
        tell = lambda *_said: self.edited.emit()  # noqa: E731
        for field in (self.title, self.name, self.note, self.sets, self.consent, self.low, self.high):
            field.textEdited.connect(tell)
            field.installEventFilter(self)
        for number in (self.least, self.most):
            number.changed.connect(self._show_ends)
        self.kind.chosen.connect(lambda _kind: self._show_kind())
        self.sensitive.toggled.connect(lambda _on: self._show_kind())
        self.required.toggled.connect(tell)
        self.then.chosen.connect(tell)
        self.scale.chosen.connect(tell)
        self.fills.chosen.connect(tell)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return False

    # The answers to choose

    def _add_empty(self) -> None:
        self._add(Option(""))
        self._show_kind()
        self.rows[-1].label.setFocus()

    def _add(self, option: Option) -> None:
        row = OptionRow(self._studio, option)
        self.rows.append(row)
        self._options.addWidget(row)
        row.edited.connect(self.edited)
        row.label.installEventFilter(self)
        row.removed.connect(lambda: self._remove(row))

    def _remove(self, row: OptionRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.edited.emit()

    def _show_kind(self) -> None:
        kind, sensitive = self.kind.value(), self.sensitive.isChecked()
        self._choices.setVisible(kind in CHOICES)
        for row in self.rows:
            row.show_kind(pictured=kind == "picture", tagged=not self._anonymous)
        self._ends.setVisible(kind in {"number", "rating", "several"})
        self.least_field.rename(_("So many at least") if kind == "several" else _("Smallest number"))
        self.most_field.rename(_("So many at most") if kind == "several" else _("Largest number"))
        if kind == "rating" and self.least.value() is None and self.most.value() is None:
            self.least.set_value(1)
            self.most.set_value(5)
        self._scale.setVisible(kind == "rating")
        self.consent_field.setVisible(sensitive or kind in CONTACTS)
        self.fills_field.setVisible(kind in CONTACTS and not self._anonymous)
        self.required.setEnabled(not sensitive)
        self._sets.setVisible(not self._anonymous)
        self._show_ends()

    def _show_ends(self) -> None:
        if self.kind.value() == "rating":
            self.scale.show_range(self.least.value(), self.most.value())
        w.tab_in_order(self.layout())
        self.edited.emit()

    # What the form around it says and asks

    def show_place(self, at: int, later: Sequence[tuple[str, int]], *, anonymous: bool) -> None:
        """Show its number, offer the questions that come later, and hide what an anonymous survey does not have."""
        self.number.setText(_("Q{n}").format(n=at + 1))
        self.scale.offer(later)
        for leads in (self.then, *(row.leads for row in self.rows)):
            leads.offer(later)
        if anonymous != self._anonymous:
            self._anonymous = anonymous
            self._show_kind()

    def show_leads(self, question: Question, keys: Mapping[str, int]) -> None:
        """Show where its answers lead; `keys` are the numbers of the questions by their names."""
        to = {"": NEXT, "end": END, **keys}
        branches = {answer: to.get(name, NEXT) for answer, name in question.branches}
        self.then.set_value(to.get(question.then, NEXT))
        self.scale.show_leads(branches)
        for row in self.rows:
            row.leads.set_value(branches.get(row.label.text(), NEXT))

    def called(self) -> str:
        """Return the name by which others know it."""
        return self.name.text().strip() or self.title.text().strip()[:LONGEST_NAME]

    def question(self, names: Mapping[int, str]) -> Question:
        """Return what stands here; `names` are those of all questions by their own numbers."""
        kind: Kind = self.kind.value()
        sensitive, choices = self.sensitive.isChecked(), kind in CHOICES
        told = {NEXT: "", END: "end", **names}
        rows = [row for row in self.rows if row.label.text().strip()] if choices else []
        leads = [(row.label.text().strip(), row.leads.value()) for row in rows]
        if kind == "rating":
            leads = self.scale.chosen_of(self.least.value(), self.most.value())
        ranged = kind in {"number", "rating", "several"}
        return Question(
            name=self.called(),
            title=self.title.text().strip(),
            kind=kind,
            note=self.note.text().strip(),
            required=self.required.isChecked() and not sensitive,
            options=tuple(row.option(pictured=kind == "picture", tagged=not self._anonymous) for row in rows),
            least=self.least.value() if ranged else None,
            most=self.most.value() if ranged else None,
            low=self.low.text().strip() if kind == "rating" else "",
            high=self.high.text().strip() if kind == "rating" else "",
            sensitive=sensitive,
            consent=self.consent.text().strip() if sensitive or kind in CONTACTS else "",
            sets="" if self._anonymous else self.sets.text().strip(),
            fills=self.fills.value() if kind in CONTACTS and not self._anonymous else "",
            branches=tuple((answer, told[to]) for answer, to in leads if told.get(to)),
            then=told.get(self.then.value(), ""),
        )
