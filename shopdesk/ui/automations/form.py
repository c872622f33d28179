"""An automation as a form: after which answer it begins, and what is said when."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.automations import LONGEST_NAME, MOST_STEPS, NewAutomation, NewStep
from shopdesk.i18n import _
from shopdesk.messages import as_written
from shopdesk.surveys import CHOICES
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.automations.step_card import StepCard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shopdesk.automations import Automation, Estimate
    from shopdesk.surveys import Survey

_TEN = time(10)
"""When a new message comes."""
_LATER = 7
"""So many days after the step before a new one comes."""


class AutomationForm(QWidget):
    """`edited` with each change, `asked` with another answer, `entered` with another step at hand; `opened` carries the card of a step,
    `looked` a broadcast.
    """

    edited = Signal()
    asked = Signal()
    entered = Signal()
    opened = Signal(object)
    looked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._surveys: dict[int, Survey] = {}
        self.cards: list[StepCard] = []
        self.options: list[w.CheckBox] = []
        self.at = 0
        self.name = w.TextField()
        self.name.setMaxLength(LONGEST_NAME)
        self.name_field = w.Field(
            _("Name of the automation"), self.name, note=_("only you see it"), check=self._unnamed
        )
        self.survey, self.question = w.Choice([], width=200), w.Choice([], width=200)
        self._flow = w.Flow(gap="s4")
        self.options_field = w.Field(
            _("Who chooses one of these"), w.holder(w.hbox((self._flow, 1))), check=self._unchosen
        )
        self.reach = w.Prose(role="caption", tone="text_3")
        self.add = w.Button(_("Add a message"), icon="plus", does=self.add_step)
        self.trouble = w.Banner("warning", "")
        self.none = w.Banner(
            "info", _("There is no survey yet that says who answers."), _("Make one and publish it first.")
        )
        self._steps = w.vbox(gap="card_gap")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        answers = w.hbox(
            (w.Field(_("After this survey"), self.survey), 1), (w.Field(_("Question"), self.question), 1), gap="s5"
        )
        top = w.Card(
            self.name_field,
            w.holder(answers),
            self.options_field,
            self.reach,
            gap="form_gap",
            pad=("s6", "s5", "s6", "s5"),
        )
        self.setLayout(w.vbox(self.trouble, self.none, top, self._steps, w.hbox(self.add, ...), ..., gap="card_gap"))

    def _connect(self) -> None:
        self.name.textEdited.connect(lambda _said: self.edited.emit())
        self.survey.chosen.connect(lambda _one: self._show_questions(""))
        self.question.chosen.connect(lambda _one: self._show_options(()))

    # Showing

    def offer(self, surveys: Sequence[Survey], kept: int | None) -> None:
        """Offer those of these surveys that people were asked and that say who answers, and the one that is `kept`."""
        offered = [one for one in surveys if one.id == kept or (one.version and not one.form.anonymous)]
        self._surveys = {one.id: one for one in offered}
        self.survey.set_entries([(one.form.name, one.id) for one in offered])
        self.none.setVisible(not offered)

    def show_automation(self, found: Automation | None, survey_id: int | None, now: datetime) -> None:
        """Show an automation, or the beginning of a new one after a survey."""
        for card in tuple(self.cards):
            self._drop(card)
        self.at = 0
        self.name.setText(found.name if found else "")
        self.name_field.set_error("")
        self.survey.set_value(found.survey_id if found else survey_id)
        self._show_questions(found.question if found else "", found.options if found else ())
        new = NewStep(3, _TEN, as_written(()))
        for one in found.steps if found else (new,):
            self._add(NewStep(one.days, one.at, one.said, one.id))
        self.show_sums(found, now)
        ended = found is not None and found.state == "ended"
        for field in (self.name, self.survey, self.question, self.add, *self.options):
            field.setEnabled(not ended)
        for card in self.cards:
            card.lock(on=ended)

    def show_sums(self, found: Automation | None, now: datetime) -> None:
        """Show how far each step is; what is written stays."""
        by_id = {one.id: one for one in found.steps} if found else {}
        for card in self.cards:
            card.show_sums(by_id.get(card.id) if card.id is not None else None, now)

    def show_trouble(self, sentence: str) -> None:
        """Say why nobody comes in, '' where people do."""
        self.trouble.say(sentence)
        self.trouble.setVisible(bool(sentence))

    def show_reach(self, found: Estimate | int) -> None:
        """Say how many have given such an answer so far; of one that was started, how many have come in."""
        if isinstance(found, int):
            said = _("Came in so far: {people}. Where you choose another answer, it counts from then on.")
            self.reach.set_runs(said.format(people=people(found)))
            return
        said = _(
            "Answered so up to now: {people}, of them {on_line} friends on LINE. "
            "They do not come in: it begins for whoever answers after the start."
        )
        self.reach.set_runs(said.format(people=people(found.answered), on_line=people(found.on_line)))

    def _show_questions(self, chosen: str, options: Sequence[str] = ()) -> None:
        survey = self._surveys.get(self.survey.value() or 0)
        asked = [one for one in survey.form.questions if one.kind in CHOICES] if survey else []
        entries = [(_("any answer"), ""), *((one.title, one.name) for one in asked)]
        if chosen not in {name for _title, name in entries}:
            entries.append((chosen, chosen))  # it is asked no more: somebody chooses another one, nothing else does
        self.question.set_entries(entries, chosen)
        self._show_options(options)

    def _show_options(self, chosen: Sequence[str]) -> None:
        survey, name = self._surveys.get(self.survey.value() or 0), self.question.value()
        question = survey.form.question(name) if survey and name else None
        there = [one.label for one in question.options] if question else []
        labels = [*there, *(one for one in chosen if one not in there)]
        self.options = [w.CheckBox(label, label in chosen) for label in labels]
        for one in self.options:
            one.clicked.connect(self._changed)
        self._flow.show_items(*self.options)
        self.options_field.set_error("")
        self.options_field.setVisible(bool(labels))
        self._changed()

    def _changed(self) -> None:
        self.edited.emit()
        self.asked.emit()

    # Steps

    def add_step(self) -> None:
        """Add a message a week after the last one, to be written."""
        days = max((card.days.value() or 0 for card in self.cards), default=-_LATER) + _LATER
        card = self._add(NewStep(days, _TEN, as_written(())))
        self._enter(card)
        card.days.setFocus()

    def _add(self, step: NewStep) -> StepCard:
        card = StepCard(step)
        self.cards.append(card)
        self._steps.addWidget(card)
        card.edited.connect(lambda: self._enter(card))
        card.entered.connect(lambda: self._enter(card))
        card.opened.connect(lambda: self.opened.emit(card))
        card.looked.connect(self.looked)
        card.removed.connect(lambda: self._remove(card))
        self._placed()
        return card

    def _remove(self, card: StepCard) -> None:
        self._drop(card)
        self.at = min(self.at, len(self.cards) - 1)
        self._placed()
        self.edited.emit()

    def _drop(self, card: StepCard) -> None:
        self.cards.remove(card)
        self._steps.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _placed(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.place(number, only=len(self.cards) == 1)
        self.add.setVisible(len(self.cards) < MOST_STEPS)
        w.tab_in_order(self.layout())  # a new one comes before “Add a message”

    def _enter(self, card: StepCard) -> None:
        self.at = self.cards.index(card)
        self.edited.emit()

    # What stands there

    def automation(self) -> NewAutomation:
        """Return the automation that stands there."""
        chosen = tuple(one.accessibleName() for one in self.options if one.isChecked())
        steps = tuple(card.step() for card in self.cards)
        return NewAutomation(self.name.text(), self.survey.value() or 0, steps, self.question.value() or "", chosen)

    def valid(self) -> bool:
        """Check what is written, show what is wrong, and return whether all is well."""
        good = [self.name_field.valid(), self.options_field.valid()]
        if not good[0]:
            self.name.setFocus()
        elif not good[1]:
            self.options[0].setFocus()
        return all(good) and bool(self._surveys)

    def _unnamed(self) -> str:
        return "" if self.name.text().strip() else _("Give it a name.")

    def _unchosen(self) -> str:
        chosen = not self.options or any(one.isChecked() for one in self.options)
        return "" if chosen else _("Choose at least one answer.")
