"""A survey as a form: what it is called, its questions, and when, for whom and for what thanks it is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.surveys import LONGEST_OPTION, MOST_QUESTIONS, Form, Question, checked
from shopdesk.ui import widgets as w
from shopdesk.ui.form_parts import DayField, Lines, Told
from shopdesk.ui.surveys.question_card import QuestionCard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from shopdesk.coupons import Coupon
    from shopdesk.ui.studio import Studio

_NO_GIFT, _POINTS = 0, -1
_ONE_DAY = timedelta(days=1)


class SurveyForm(QWidget):
    """`edited` with each change, `at` the place of the question that is written; `form()` is what stands there."""

    edited = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio, self.cards = studio, list[QuestionCard]()
        self.at = 0
        self._before = Form("", "", ())
        self.name, self.title = w.TextField(), w.TextField()
        self.name.setMaxLength(LONGEST_OPTION)
        self.name_field = w.Field(_("Name of the survey"), self.name, note=_("only you see it"), check=self._unnamed)
        self.intro, self.thanks = Lines(lines=2), Lines(lines=2)
        self.keyword = w.TextField()
        self.opens, self.closes = DayField(_("First day")), DayField(_("Last day"))
        self.most = w.NumberField(None, 1, 1_000_000, width="counter_button")
        self.gift = w.Choice([(_("no gift"), _NO_GIFT)], _NO_GIFT, width=220)
        self.gift.setAccessibleName(_("Gift"))
        self.points = w.NumberField(5, 1, 1_000)
        self.points.setAccessibleName(_("Points"))
        self.anonymous = Told(
            _("Anonymous"), _("Nobody learns who said what; each still answers once. It is answered on its page only.")
        )
        self.poll = Told(_("Show the results"), _("Whoever has answered sees how all have answered: a poll."))
        self.wrong = w.Banner("danger", "")
        self.wrong.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        days = w.holder(w.hbox((self.opens, 1), w.label("〜"), (self.closes, 1)))
        self.days = w.Field(_("Takes answers"), days, optional=True, check=self._days_wrong)
        gift = w.holder(w.hbox(self.gift, self.points, ...))
        top = w.Card(
            self.name_field,
            w.Field(_("Title"), self.title, optional=True, note=_("customers see it")),
            w.Field(_("Before the first question"), self.intro, optional=True),
            gap="form_gap",
            pad=("s4", "s5", "s4", "s5"),
        )
        self._questions = w.vbox(gap="card_gap")
        self.add = w.Button(_("Add a question"), icon="plus", does=self.add_question)
        begins = w.Field(
            _("Word that begins it in the talk"),
            self.keyword,
            optional=True,
            help_text=_("A friend who sends it is asked at once."),
        )
        foot = w.Card(
            w.Field(_("Thanks at the end"), self.thanks, optional=True),
            w.Field(_("Gift"), gift, help_text=_("Once for each person who is known. Coupons must be published.")),
            self.days,
            w.Field(_("Answers at most"), self.most, optional=True),
            begins,
            self.anonymous,
            self.poll,
            gap="form_gap",
            pad=("s4", "s5", "s4", "s5"),
        )
        column = w.vbox(self.wrong, top, self._questions, w.hbox(self.add, ...), foot, ..., gap="card_gap")
        self.setLayout(column)

    def _connect(self) -> None:
        tell = lambda *_said: self.edited.emit()  # noqa: E731
        for field in (self.name, self.title, self.keyword, self.opens, self.closes):
            field.textEdited.connect(tell)
        for area in (self.intro, self.thanks):
            area.textChanged.connect(tell)
        for number in (self.most, self.points):
            number.changed.connect(tell)
        for day in (self.opens, self.closes):
            day.editingFinished.connect(self.days.valid)
        self.gift.chosen.connect(self._show_gift)
        self.poll.switch.clicked.connect(tell)
        self.anonymous.switch.clicked.connect(self._placed)

    # Questions

    def add_question(self, question: Question | None = None) -> QuestionCard:
        """Add a question at the end, an empty one to be written."""
        card = QuestionCard(self._studio, question or Question("", "", "one"))
        self.cards.append(card)
        self._questions.addWidget(card)
        card.edited.connect(lambda: self._enter(card))
        card.entered.connect(lambda: self._enter(card))
        card.moved.connect(lambda by: self._move(card, by))
        card.removed.connect(lambda: self._remove(card))
        if question is None:
            self._placed()
            card.title.setFocus()
        return card

    def _move(self, card: QuestionCard, by: int) -> None:
        at = self.cards.index(card)
        to = at + by
        if 0 <= to < len(self.cards):
            self.cards.insert(to, self.cards.pop(at))
            self._questions.insertWidget(to, card)
            self._placed()

    def _remove(self, card: QuestionCard) -> None:
        self.cards.remove(card)
        card.hide()
        card.deleteLater()
        self._placed()

    def _enter(self, card: QuestionCard) -> None:
        self.at = self.cards.index(card) if card in self.cards else 0
        self.edited.emit()

    def _placed(self) -> None:
        """Number the questions, and offer each those after it."""
        anonymous = self.anonymous.switch.isChecked()
        for at, card in enumerate(self.cards):
            later = [
                (_("to Q{n}").format(n=place + 1), other.key) for place, other in enumerate(self.cards) if place > at
            ]
            card.show_place(at, later, anonymous=anonymous)
        self.at = min(self.at, max(0, len(self.cards) - 1))
        self.add.setEnabled(len(self.cards) < MOST_QUESTIONS)
        w.tab_in_order(self.layout())
        self.edited.emit()

    # The whole

    def offer_gifts(self, coupons: Sequence[Coupon]) -> None:
        """Offer these coupons as the gift."""
        before = self.gift.value()
        named = [(_("Coupon: {name}").format(name=one.offer.name), one.id) for one in coupons]
        self.gift.set_entries([(_("no gift"), _NO_GIFT), (_("points on the card"), _POINTS), *named], before)

    def show_form(self, form: Form) -> None:
        """Show a form; nobody has edited it."""
        self.blockSignals(True)
        self._before, self.at = form, 0
        self.name.setText(form.name)
        self.title.setText("" if form.title == form.name else form.title)
        self.title.setPlaceholderText(form.name)
        self.intro.setPlainText(form.intro)
        self.thanks.setPlainText(form.thanks)
        self.keyword.setText(form.keyword)
        self.opens.show_day(japan_day(form.opens) if form.opens else None)
        self.closes.show_day(_last_day(form.closes) if form.closes else None)
        self.most.set_value(form.most)
        self.gift.set_value(_POINTS if form.gift_points else form.gift_coupon or _NO_GIFT)
        self.points.set_value(form.gift_points or 5)
        self.anonymous.switch.setChecked(form.anonymous)
        self.poll.switch.setChecked(form.poll)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards.clear()
        for one in form.questions or (Question("", "", "one"),):
            self.add_question(one)
        self._placed()
        keys = {one.name: card.key for one, card in zip(form.questions, self.cards, strict=False)}
        for one, card in zip(form.questions, self.cards, strict=False):
            card.show_leads(one, keys)
        self._show_gift(self.gift.value())
        for field in (self.name_field, self.days):
            field.set_error("")
        self.wrong.hide()
        self.blockSignals(False)

    def form(self) -> Form:
        """Return what stands in the form."""
        names = {card.key: card.called() for card in self.cards}
        name, gift = self.name.text().strip(), self.gift.value()
        return Form(
            name=name,
            title=self.title.text().strip() or name,
            questions=tuple(card.question(names) for card in self.cards),
            intro=self.intro.toPlainText().strip(),
            thanks=self.thanks.toPlainText().strip(),
            gift_coupon=gift if gift > 0 else None,
            gift_points=self.points.value() if gift == _POINTS else None,
            opens=self._moment(self.opens, self._before.opens),
            closes=self._moment(self.closes, self._before.closes, _ONE_DAY),
            most=self.most.value(),
            anonymous=self.anonymous.switch.isChecked(),
            poll=self.poll.switch.isChecked(),
            keyword=self.keyword.text().strip(),
        )

    def valid(self) -> bool:
        """Check all of it, say what is wrong, and tell whether it can be kept."""
        sound = self.name_field.valid() & self.days.valid()
        said = ""
        if sound:
            try:
                checked(self.form())
            except InvalidInputError as wrong:
                said = wrong.message
        self.wrong.say(said)
        self.wrong.setVisible(bool(said))
        return sound and not said

    def _show_gift(self, gift: int) -> None:
        self.points.setVisible(gift == _POINTS)
        self.edited.emit()

    @staticmethod
    def _moment(field: DayField, before: datetime | None, after: timedelta = timedelta()) -> datetime | None:
        """Return the moment of a day; one that was written with an hour keeps it while its day stays."""
        day = field.day()
        if day is None:
            return None
        if before is not None and day == (_last_day(before) if after else japan_day(before)):
            return before
        return start_of_japan_day(day) + after

    def _unnamed(self) -> str:
        return "" if self.name.text().strip() else _("Write a name for the survey.")

    def _days_wrong(self) -> str:
        if self.opens.unreadable() or self.closes.unreadable():
            return _("Write days like 2026/11/23.")
        first, last = self.opens.day(), self.closes.day()
        return (
            _("The last day lies before the first. Correct one of the two.") if first and last and last < first else ""
        )


def _last_day(ends: datetime) -> date:
    return japan_day(ends - timedelta(seconds=1))
