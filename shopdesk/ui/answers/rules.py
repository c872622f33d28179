"""応答メッセージ: the rules in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.tab import Tab
from shopdesk.ui.answers.words import DURING, how, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.talks import Rule
    from shopdesk.talks.machine import Machine
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.shop_page import Desk


class RuleRow(w.Row):
    """One rule. `moved` carries how far: -1 up, 1 down."""

    switched = Signal(bool)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, rule: Rule, *, first: bool, last: bool) -> None:
        name = rule.name
        self.switch = w.Switch(_("“{name}” answers").format(name=name), rule.active)
        self.up = w.icon_button("chevron-up", _("Move “{name}” up").format(name=name), lambda: self.moved.emit(-1))
        self.down = w.icon_button("chevron-down", _("Move “{name}” down").format(name=name), lambda: self.moved.emit(1))
        self.remove = w.icon_button("trash-2", _("Delete “{name}”").format(name=name))
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        tone = "text" if rule.active else "text_3"
        said = w.vbox(
            ...,
            w.elided(name, tone=tone, bold=True),
            w.elided(f"{how(rule)} → {says(rule)}", "caption", "text_2" if rule.active else "text_3"),
            ...,
        )
        during = w.Badge(_(DURING[rule.during])) if rule.during != "always" else None
        tools = w.hbox(self.up, self.down, self.remove, gap="")
        super().__init__(self.switch, (said, 1), during, tools, opens=True, last=last)
        self.switch.clicked.connect(self.switched)
        self.remove.clicked.connect(self.removed)
        self.setAccessibleName(f"{name}, {how(rule)}")


class RuleList(w.Card):
    """Rules of one kind. `edit` carries the rule that is to be changed, `add`: a new one is wanted."""

    edit = Signal(object)
    add = Signal()

    def __init__(self, tab: Tab, title: str, about: str, new: str, empty: w.EmptyState) -> None:
        self._tab, self._rules, self._every = tab, list["Rule"](), list["Rule"]()
        self.rows: dict[int, RuleRow] = {}
        self.new = w.Button(new, "primary", "plus", "control_small")
        self._count = w.label("", "small", "text_2")
        self._place, self._empty = w.vbox(), empty
        words = w.vbox(w.hbox(w.label(title, "section"), self._count, ...), w.Prose(about, role="small", tone="text_2"))
        super().__init__(w.card_head((words, 1), w.vbox(self.new, ...)), self._place, empty, pad="")
        self.new.clicked.connect(self.add)

    def show_rules(self, rules: Sequence[Rule], every: Sequence[Rule]) -> None:
        """Show these of all the rules; the focus stays where it is."""
        if list(rules) == self._rules and list(every) == self._every:
            return
        self._rules, self._every = list(rules), list(every)
        focus = next(((key, name) for key, row in self.rows.items() for name in _PARTS if _has_focus(row, name)), None)
        w.clear(self._place)
        self.rows = {}
        for at, rule in enumerate(rules):
            row = self.rows[rule.id] = RuleRow(rule, first=at == 0, last=at == len(rules) - 1)
            row.clicked.connect(lambda rule=rule: self.edit.emit(rule))
            row.switched.connect(lambda on, rule=rule: self._switch(rule, on=on))
            row.moved.connect(lambda step, rule=rule: self._move(rule, step))
            row.removed.connect(lambda rule=rule: self._remove(rule))
            self._place.addWidget(row)
        self._count.setText(_n("{n} rule", "{n} rules", len(rules)).format(n=len(rules)) if rules else "")
        self._empty.setVisible(not rules)
        if focus is not None and focus[0] in self.rows:
            getattr(self.rows[focus[0]], focus[1]).setFocus()

    @property
    def _machine(self) -> Machine:
        return self._tab.shop.talks.machine

    def _switch(self, rule: Rule, *, on: bool) -> None:
        self._tab.do(lambda: self._machine.rules.switch(rule.id, on=on))

    def _move(self, rule: Rule, step: int) -> None:
        """Put a rule before or after its neighbour of the same kind, whatever else lies between them."""
        at = next(number for number, one in enumerate(self._rules) if one.id == rule.id) + step
        if not 0 <= at < len(self._rules):
            return
        place = [one.id for one in self._every].index(self._rules[at].id) + 1
        self._tab.do(lambda: self._machine.rules.move(rule.id, place))

    def _remove(self, rule: Rule) -> None:
        place = [one.id for one in self._every].index(rule.id) + 1
        rules = self._machine.rules

        def back() -> None:
            again = rules.add(rule)
            rules.move(again.id, place)
            if not rule.active:
                rules.switch(again.id, on=False)

        done = _("“{name}” was deleted.").format(name=rule.name)
        self._tab.do(lambda: rules.remove(rule.id), lambda: self._tab.notices.done(done, lambda: self._tab.do(back)))


_PARTS = ("up", "down", "switch")


def _has_focus(row: RuleRow, part: str) -> bool:
    return bool(getattr(row, part).hasFocus())


class RulesTab(Tab):
    """Keywords and what they answer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        empty = w.EmptyState(
            "message-circle",
            _("No auto-reply messages yet"),
            _("Say which words are answered with what: “parking” with the way to your parking lot, for example."),
        )
        self.list = RuleList(
            self,
            _("Auto-reply messages"),
            _("From top to bottom, the first one that fits answers."),
            _("New auto-reply message"),
            empty,
        )
        self.list.edit.connect(self.edit)
        self.list.add.connect(lambda: self.add.emit(False))
        self.setLayout(w.vbox(self.list, ...))

    def show_state(self, state: State) -> None:
        self.list.show_rules([one for one in state.rules if one.match != "alike"], state.rules)
