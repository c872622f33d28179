"""よくある質問: questions with their answers, how near one must come, and the offer to ask a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.occasion import OccasionCard
from shopdesk.ui.answers.rules import RuleList
from shopdesk.ui.answers.tab import Tab
from shopdesk.ui.answers.words import NEARNESS, nearness
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.shop_page import Desk

_BUTTON = "担当者に聞く"  # what the friends read, whatever the language of the program


class QuestionsTab(Tab):
    """The questions, then what is done where none is near enough."""

    def __init__(self, desk: Desk, studio: Studio) -> None:
        super().__init__(desk)
        empty = w.EmptyState(
            "circle-question-mark",
            _("No questions yet"),
            _(
                "Write down what you are asked often. Friends need not use the same words; nothing leaves this computer."
            ),
        )
        self.list = RuleList(
            self,
            _("Questions and answers"),
            _("Asked in other words, too. The likest question is answered."),
            _("New question"),
            empty,
        )
        self.list.edit.connect(self.edit)
        self.list.add.connect(lambda: self.add.emit(True))
        self._known: dict[str, Any] = {}
        self.near = w.Choice([(nearness(one), one) for one in NEARNESS], width=230)
        self.near.chosen.connect(lambda percent: self.keep("likeness_percent", str(percent)))
        self.thanks = OccasionCard(
            _("After the button"),
            _("What a friend is told who presses it. The machine keeps still in that talk from then on."),
            _("Nothing is said; you see that somebody waits."),
            studio,
        )
        self.thanks.write.connect(lambda: self.write.emit("ask_message"))
        self.thanks.silence.connect(lambda: self.silence("ask_message"))
        self.setLayout(w.vbox(self.list, self._offer(), self.thanks, ..., gap="card_gap"))

    def _offer(self) -> w.Narrow:
        self.asks = w.Switch(_("Offer to ask a person"))
        self.asks.clicked.connect(lambda on: self.keep("ask_button", _BUTTON if on else ""))
        self.button, self.offer = w.TextField(), w.TextArea(lines=2)
        self.button_field = w.Field(_("The button says"), self.button)
        self.offer_field = w.Field(_("Above the button"), self.offer)
        self.keep_offer = w.Button(_("Keep the wording"), does=self._keep_wording)
        self.keep_offer.setEnabled(False)
        for edited in (self.button.textEdited, self.offer.textChanged):
            edited.connect(lambda *_text: self._typed())
        self.button.returnPressed.connect(self._keep_wording)
        self._wording = w.holder(
            w.vbox(
                self.button_field, self.offer_field, w.hbox(..., self.keep_offer), gap="s3", margin=("", "s4", "", "")
            )
        )
        near = w.choice(
            _("Answered from"), _("“Try it” at the right says how near a text comes to a question."), self.near
        )
        asks = w.choice(
            _("Offer to ask a person"),
            _("Where no question is near enough: buttons with the nearest questions and one for a person."),
            self.asks,
        )
        return w.Narrow(near, "s4", w.line(), "s4", asks, self._wording)

    def show_state(self, state: State) -> None:
        found = state.settings
        self.list.show_rules([one for one in state.rules if one.match == "alike"], state.rules)
        percent = int(found["likeness_percent"])
        entries = sorted({*NEARNESS, percent}, reverse=True)
        self.near.set_entries([(nearness(one), one) for one in entries], percent)
        if not self._dirty():
            self._known = {key: str(found[key]) for key in ("ask_button", "ask_offer")}
            self.button.setText(self._known["ask_button"])
            self.offer.setPlainText(self._known["ask_offer"])
        self.asks.setChecked(bool(found["ask_button"]))
        self._wording.setVisible(bool(found["ask_button"]))
        self.thanks.setVisible(bool(found["ask_button"]))
        self.thanks.show_kept(state.occasions["ask_message"])
        self._typed()

    def _written(self) -> dict[str, str]:
        return {"ask_button": self.button.text().strip(), "ask_offer": self.offer.toPlainText().strip()}

    def _dirty(self) -> bool:
        return bool(self._known) and not self._wording.isHidden() and self._written() != self._known

    def _typed(self) -> None:
        self.keep_offer.setEnabled(self._dirty())

    def _keep_wording(self) -> None:
        """Keep both texts, the button first: it is the one that can be too long."""
        written, before, settings = self._written(), dict(self._known), self.shop.settings
        self.button_field.set_error("" if written["ask_button"] else _("Write what the button says."))
        if not written["ask_button"] or not self._dirty():
            return

        def put(texts: dict[str, str]) -> None:
            for key, said in texts.items():
                settings.set(key, said)

        def kept() -> None:
            self._known = written
            self._typed()
            self.notices.done(_("Kept."), lambda: self.do(lambda: put(before)))

        self.tasks.run(
            self,
            lambda: put(written),
            lambda _none: kept(),
            failed=lambda error: self.button_field.set_error(self.notices.sentence(error)),
            lane=Lane.WRITE,
        )
