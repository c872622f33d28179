"""One answer being written: on an occasion, to keywords, or to a question – with everything a broadcast can say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import N_, _
from shopdesk.messages import as_written
from shopdesk.talks import RuleError
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.fields import RuleFields
from shopdesk.ui.keys import SAVE, on_key
from shopdesk.ui.messages.message_form import MessageForm
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.line import Message
    from shopdesk.settings import Settings
    from shopdesk.talks import NewRule, Occasion, Rule
    from shopdesk.talks.machine import Machine
    from shopdesk.talks.machine.rules import Rules
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.shop_page import Desk

    Undo = Callable[[], object]

TITLES: dict[Occasion, str] = {
    "greeting": N_("Greeting of new friends"),
    "greeting_again": N_("Greeting of friends who come back"),
    "closed_message": N_("Out-of-hours message"),
    "ask_message": N_("To those who ask for a person"),
}


class AnswerEditor(QWidget):
    """`left`: back without keeping it; `kept` once it is, with what undoes that."""

    left = Signal()
    kept = Signal(object)

    def __init__(self, desk: Desk, studio: Studio) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices, self._studio = desk.shop, desk.tasks, desk.notices, studio
        self._occasion: Occasion | None = None
        self._rule: Rule | None = None
        self._begun: object = None
        self.fields = RuleFields()
        self.form = MessageForm(studio, self.fields)
        self.title = w.elided("", "title")
        self.save_button = w.Button(_("Save"), "primary", "check", does=self.save)
        w.tip(self.save_button, "Ctrl+S")
        crumb = w.hbox(w.link(_("Auto reply"), self.left.emit), ...)
        head = w.hbox((w.vbox(crumb, self.title), 1), self.save_button, margin=("page_side", "s4", "page_side", "mid"))
        self.setLayout(w.vbox(head, (w.holder(w.hbox((self.form, 1), margin=("s5", "", "page_side", "page_top"))), 1)))
        on_key(self, SAVE, self.save)

    def write(self, occasion: Occasion, messages: Sequence[Message]) -> None:
        """Write what is said on an occasion."""
        self._occasion, self._rule = occasion, None
        self.fields.hide()
        self._begin(_(TITLES[occasion]), messages)
        self.form.first().setFocus()

    def edit(self, rule: Rule | None, *, alike: bool) -> None:
        """Change a rule, or make one; `alike` for a question."""
        self._occasion, self._rule = None, rule
        self.fields.show_rule(rule, alike=alike)
        self.fields.show()
        new = _("New question") if alike else _("New auto-reply message")
        self._begin(rule.name if rule else new, rule.written.messages if rule else ())
        self.fields.name.setFocus()

    def _begin(self, title: str, messages: Sequence[Message]) -> None:
        self.title.setText(title)
        self._studio.read()
        self._tasks.run(self, lambda: str(self._shop.settings.get("shop_name")), self.form.speak, key="shop")
        self.form.show_messages(messages)
        self._begun = self._written()

    def dirty(self) -> bool:
        """Tell whether something was changed."""
        return bool(self._written() != self._begun)

    def _written(self) -> Any:
        return self.form.messages(), None if self._occasion else self.fields.new(as_written(()))

    def save(self) -> None:
        """Keep it, or say what is wrong where it is."""
        self.fields.clear_errors()
        if not self.form.check():
            return
        messages, occasion, rule = self.form.messages(), self._occasion, self._rule
        machine, settings = self._shop.talks.machine, self._shop.settings
        work: Callable[[], Undo]
        if occasion is not None:
            work = partial(_keep, machine, settings, occasion, messages)
        else:
            work = partial(_keep_rule, machine.rules, rule, self.fields.new(as_written(messages)))
        self._tasks.run(self, work, self.kept.emit, failed=self._refused, lane=Lane.WRITE, key="save")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, RuleError):
            self.fields.show_error(error)
        else:
            self._notices.error(error)


def _keep(machine: Machine, settings: Settings, occasion: Occasion, messages: Sequence[Message]) -> Undo:
    """Say this on an occasion from now on, and return what undoes that."""
    before = str(settings.get(occasion))
    machine.keep(occasion, messages)
    return lambda: settings.set(occasion, before)


def _keep_rule(rules: Rules, rule: Rule | None, new: NewRule) -> Undo:
    """Put a rule in the place of one, or behind all; return what undoes that."""
    if rule is not None:
        rules.change(rule.id, new)
        return lambda: rules.change(rule.id, rule)
    made = rules.add(new)
    return lambda: rules.remove(made.id)
