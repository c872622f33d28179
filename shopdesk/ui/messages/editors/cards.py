"""Cards beside each other, each of a ready design; one alone is a single card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import Card, cards, design_of, read_cards
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.said import Said
from shopdesk.ui.messages.editors.slots import CardForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from shopdesk.messages import Problem, Report
    from shopdesk.ui.studio import Studio


def redesigned(card: Card, code: str) -> Card:
    """Return the card in another design, with what of it that design has too."""
    new = Card.new(code)
    names = {slot.name for slot in design_of(code).slots} - {"label"}
    same = {name: value for name, value in card.values.items() if name in names}
    return Card(code, {**new.values, **same}, card.picture, card.buttons)


class CardsEditor(Editor):
    """The form of up to twelve cards, one of which is open."""

    def __init__(self, message: Message, studio: Studio) -> None:
        super().__init__()
        self._studio, self._at = studio, 0
        self._cards = list(read_cards(message) or (Card.new("announcement"),))
        alt = str(message.get("altText") or "")
        self.alt = Said(_("In notifications"), "" if alt == self._proposed() else alt, self._proposed(), optional=True)
        self.alt.edited.connect(self.changed)
        self._tabs_box, self._form_box = w.hbox(), w.vbox()
        self.add = w.Button(_("Another card"), "quiet", "plus", "control_small", does=self._add)
        self.left = w.icon_button("arrow-left", _("Move this card to the left"), lambda: self._move(-1))
        self.right = w.icon_button("arrow-right", _("Move this card to the right"), lambda: self._move(1))
        self.copy = w.icon_button("copy", _("Duplicate this card"), self._duplicate)
        self.remove = w.icon_button("trash-2", _("Remove this card"), self._remove)
        tools = w.hbox(self.left, self.right, self.copy, self.remove, gap="")
        head = w.hbox((self._tabs_box, 1), self.add, tools)
        self.setLayout(w.vbox(head, "s3", self._form_box, "s3", self.alt, margin="s4"))
        self._show()

    def _proposed(self) -> str:
        """What notifications show unless something else is written: the title of the first card."""
        values = self._cards[0].values
        return str(values.get("title") or values.get("label") or "")

    # Cards

    def _show(self) -> None:
        """Make the tabs and the form of the card in front."""
        w.clear(self._tabs_box)
        self.tabs = w.Tabs(*(_("Card {n}").format(n=number + 1) for number in range(len(self._cards))))
        self.tabs.choose(self._at)
        self.tabs.changed.connect(self._turn_to)
        self._tabs_box.addWidget(self.tabs)
        w.clear(self._form_box)
        self.form = CardForm(self._cards[self._at], self._place(self._at), self._studio)
        self.form.changed.connect(self._written)
        self.form.redesigned.connect(self._redesign)
        self._form_box.addWidget(self.form)
        several = len(self._cards) > 1
        self.tabs.setVisible(several)
        for button in (self.left, self.right, self.remove):
            button.setVisible(several)
        self.left.setEnabled(self._at > 0)
        self.right.setEnabled(self._at < len(self._cards) - 1)
        for button in (self.add, self.copy):
            button.setEnabled(len(self._cards) < limits.BUBBLES)

    def _place(self, number: int) -> str:
        return f"contents.contents[{number}]" if len(self._cards) > 1 else "contents"

    def _turn_to(self, number: int) -> None:
        if number != self._at:
            self._at = number
            self._show()
            self.changed.emit()  # what is said at the fields is said anew

    def _changed_cards(self, at: int) -> None:
        self._at = at
        self._show()
        self._propose()
        self.changed.emit()

    def _add(self) -> None:
        self._cards.append(Card.new(self._cards[self._at].design))
        self._changed_cards(len(self._cards) - 1)
        self.form.first().setFocus()

    def _duplicate(self) -> None:
        self._cards.insert(self._at + 1, self._cards[self._at])
        self._changed_cards(self._at + 1)

    def _remove(self) -> None:
        del self._cards[self._at]
        self._changed_cards(max(0, self._at - 1))

    def _move(self, step: int) -> None:
        to = self._at + step
        self._cards[self._at], self._cards[to] = self._cards[to], self._cards[self._at]
        self._changed_cards(to)

    def _redesign(self, code: str) -> None:
        self._cards[self._at] = redesigned(self.form.card(), code)
        self._changed_cards(self._at)

    def _written(self) -> None:
        self._cards[self._at] = self.form.card()
        self._propose()
        self.changed.emit()

    def _propose(self) -> None:
        self.alt.hint(self._proposed())

    # As a message

    def message(self) -> Message:
        return cards(self.alt.text() or self._proposed(), self._cards)

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield from self.form.places()
        yield "altText", self.alt

    def first(self) -> QWidget:
        return self.form.first()

    def bring(self, place: str) -> None:
        for number in range(len(self._cards)):
            if place.startswith(f"contents.contents[{number}]"):
                self._turn_to(number)

    def show_report(self, report: Report, bubble: int, *, insist: bool) -> list[Problem]:
        rest = super().show_report(report, bubble, insist=insist)
        return [self._named(one) for one in rest]

    def _named(self, problem: Problem) -> Problem:
        """Say which card, where the problem is not of the one in front."""
        for number in range(len(self._cards)):
            if len(self._cards) > 1 and problem.field.startswith(f"contents.contents[{number}]"):
                said = _("Card {n}: {problem}").format(n=number + 1, problem=problem.sentence)
                return replace(problem, sentence=said)
        return problem
