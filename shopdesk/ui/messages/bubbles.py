"""The bubbles of a message: up to five, each a card with the form of its kind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import Report
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.adding import KindSheet
from shopdesk.ui.messages.editors import KINDS, Message, editor_for, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.ui.messages.editors import Kind, Studio

ELSEWHERE = ("quickReply", "sender")  # parts of a message that have their form below the bubbles


class Bubble(w.Card):
    """One bubble. `moved` carries how far: -1 up, 1 down."""

    changed = Signal()
    gone = Signal(object)
    moved = Signal(object, int)
    doubled = Signal(object)

    def __init__(self, message: Message, studio: Studio) -> None:
        self.editor = editor_for(message, studio)
        self._title = w.label("", "small", bold=True)
        self.up = w.icon_button("chevron-up", _("Move up (Alt+↑)"), lambda: self.moved.emit(self, -1))
        self.down = w.icon_button("chevron-down", _("Move down (Alt+↓)"), lambda: self.moved.emit(self, 1))
        self.double = w.icon_button("copy", _("Duplicate this bubble"), lambda: self.doubled.emit(self))
        self.remove = w.icon_button("trash-2", _("Remove this bubble"), lambda: self.gone.emit(self))
        tools = w.hbox(self.up, self.down, self.double, self.remove, gap="")
        kind = w.Badge(_(title_of(message, self.editor)))
        head = w.card_head(self._title, kind, ..., tools, pad=("s3", "s1", "s2", "s1"))
        self._wrong = w.Banner("danger", "")
        self._below = w.holder(w.vbox(self._wrong, margin=("s3", "", "s3", "s3")))
        self._below.hide()
        super().__init__(head, (self.editor, 1), self._below, pad="")
        self.editor.changed.connect(self.changed)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.moved.emit(self, step))

    def number(self, number: int, of: int) -> None:
        """Say which bubble it is, and what can be done with it there."""
        self._title.setText(_("Bubble {n}").format(n=number))
        self.up.setVisible(of > 1)
        self.down.setVisible(of > 1)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < of)
        self.double.setEnabled(of < limits.MESSAGES_PER_REQUEST)
        self.remove.setVisible(of > 1)

    def message(self) -> Message:
        """Return the message in LINE's form."""
        return self.editor.message()

    def show_report(self, report: Report, number: int, *, insist: bool) -> None:
        """Show counters and problems where they belong, the first that has no field at the foot."""
        rest = self.editor.show_report(report, number, insist=insist)
        said = next((one.sentence for one in rest if not one.field.startswith(ELSEWHERE)), "")
        self._wrong.say(said)
        self._below.setVisible(bool(said))


class Bubbles(QWidget):
    """All bubbles and the button that adds one."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.bubbles: list[Bubble] = []
        self._cards = w.vbox(gap="s3")
        self._left = w.label("", "small", "text_2")
        self.add = w.Button(_("Add a bubble"), icon="plus", size="control_small", does=self._choose)
        self._text = w.Chip(_(KINDS[0].title), KINDS[0].icon, does=lambda: self.add_kind(KINDS[0]))
        self._image = w.Chip(_(KINDS[1].title), KINDS[1].icon, does=lambda: self.add_kind(KINDS[1]))
        self.coupon = w.Chip(_("Coupon of your own"), "ticket", does=lambda: studio.coupons(self, self._offer_coupons))
        self._adding = w.holder(w.hbox(self.add, self._text, self._image, self.coupon, self._left, ...))
        self.setLayout(w.vbox((self._cards, 1), self._adding, gap="s3"))

    def show_messages(self, messages: Sequence[Any]) -> None:
        """Show these messages instead."""
        for bubble in list(self.bubbles):
            self._take(bubble)
        for message in messages or [KINDS[0].begin()]:
            self.insert(len(self.bubbles), dict(message))

    def insert(self, at: int, message: Message) -> Bubble:
        """Put one before the one that stands there."""
        bubble = Bubble(message, self._studio)
        bubble.changed.connect(self.changed)
        bubble.gone.connect(self._remove)
        bubble.moved.connect(self._move)
        bubble.doubled.connect(self._double)
        self.bubbles.insert(at, bubble)
        self._cards.insertWidget(at, bubble)
        self._number()
        self.changed.emit()
        return bubble

    def add_kind(self, kind: Kind) -> None:
        """Add one of a kind at the end and go there."""
        self._focus(self.insert(len(self.bubbles), kind.begin()))

    def _choose(self) -> None:
        sheet = KindSheet(self)
        sheet.chosen.connect(self.add_kind)
        sheet.show_above(self.add)

    def _offer_coupons(self, coupons: Sequence[tuple[str, Message]]) -> None:
        if not coupons:
            sentence = _("No coupon is given out yet. Make one on the page of coupons and publish it.")
            self._studio.notices.error(InvalidInputError(sentence))
            return
        self._shown = w.popup_menu(self, [(name, partial(self._add_message, card)) for name, card in coupons])
        self._shown.popup(self.coupon.mapToGlobal(self.coupon.rect().bottomLeft()))

    def _add_message(self, message: Message) -> None:
        if len(self.bubbles) < limits.MESSAGES_PER_REQUEST:
            self._focus(self.insert(len(self.bubbles), message))

    @staticmethod
    def _focus(bubble: Bubble) -> None:
        first = bubble.editor.first()
        if first is not None:
            first.setFocus()

    def _double(self, bubble: Bubble) -> None:
        if len(self.bubbles) < limits.MESSAGES_PER_REQUEST:
            self._focus(self.insert(self.bubbles.index(bubble) + 1, bubble.message()))

    def _move(self, bubble: Bubble, step: int) -> None:
        at = self.bubbles.index(bubble)
        if not 0 <= at + step < len(self.bubbles):
            return
        self.bubbles.insert(at + step, self.bubbles.pop(at))
        self._cards.removeWidget(bubble)
        self._cards.insertWidget(at + step, bubble)
        self._number()
        self.changed.emit()

    def _remove(self, bubble: Bubble) -> None:
        at, message = self.bubbles.index(bubble), bubble.message()
        self._take(bubble)
        self._number()
        self.changed.emit()

        def undo() -> None:
            if len(self.bubbles) < limits.MESSAGES_PER_REQUEST:
                self._focus(self.insert(min(at, len(self.bubbles)), message))

        self._studio.notices.done(_("The bubble was removed."), undo)

    def _take(self, bubble: Bubble) -> None:
        self.bubbles.remove(bubble)
        self._cards.removeWidget(bubble)
        bubble.hide()
        bubble.deleteLater()

    def _number(self) -> None:
        for number, bubble in enumerate(self.bubbles, start=1):
            bubble.number(number, len(self.bubbles))
            self._cards.setStretchFactor(bubble, int(bubble.message().get("type") == "text"))
        left = limits.MESSAGES_PER_REQUEST - len(self.bubbles)
        self._left.setText(_("{n} more at most").format(n=left))
        self._adding.setVisible(left > 0)

    def messages(self) -> list[Message]:
        """Return the messages in LINE's form."""
        return [bubble.message() for bubble in self.bubbles]

    def report(self, found: Report) -> Report:
        """Return what was found in the messages together with what only the forms know."""
        own = [one for number, bubble in enumerate(self.bubbles) for one in bubble.editor.own_problems(number)]
        return Report((*found.problems, *own), found.lengths)

    def show_report(self, report: Report, *, insist: bool) -> None:
        """Show it at the bubbles."""
        for number, bubble in enumerate(self.bubbles):
            bubble.show_report(report, number, insist=insist)

    def problem_place(self, report: Report) -> QWidget | None:
        """Return the input of the first problem of a bubble."""
        found = ((number, one) for number, one in enumerate(self.bubbles) if _wrong(report, number))
        return next((one.editor.problem_place(report, number) for number, one in found), None)


def _wrong(report: Report, number: int) -> bool:
    return any(one.bubble == number and not one.field.startswith(ELSEWHERE) for one in report.problems)
