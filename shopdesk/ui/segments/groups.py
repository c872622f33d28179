"""Conditions together: all, any, or left out; groups lie in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QFrame, QWidget

from shopdesk.i18n import _
from shopdesk.segments import AllOf, AnyOf, Condition, Except
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.paint import blob, box, smooth
from shopdesk.ui.segments.conditions import ConditionRow
from shopdesk.ui.segments.lost import LostRow
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopdesk.segments import Path, Rule
    from shopdesk.ui.segments.values import Sources

DEEPEST = 4


class Parts(QWidget):
    """The rows and groups of one group, and the buttons that add more."""

    changed = Signal()

    def __init__(self, sources: Sources, depth: int = 0) -> None:
        super().__init__()
        self._sources, self._depth = sources, depth
        self.parts: list[ConditionRow | LostRow | Group] = []
        self._rows = w.vbox(gap="mid")
        add = w.Button(
            _("Add a condition"),
            "secondary" if depth == 0 else "quiet",
            "plus",
            "control" if depth == 0 else "control_small",
            does=lambda: self.add_condition(focus=True),
        )
        self.add = add
        group = w.Button(_("Add a group"), "quiet", "plus", does=lambda: self.add_group("any"))
        leave = w.Button(_("Leave people out"), "quiet", "circle-slash", does=lambda: self.add_group("none"))
        more = (group, leave) if depth == 0 else ()
        self.setLayout(w.vbox(self._rows, "mid", w.hbox(add, *more, ...)))

    def fill(self, rules: Iterable[Rule]) -> None:
        """Show these rules instead."""
        for part in list(self.parts):
            self._take(part)
        for rule in rules:
            self.append(rule)

    def append(self, rule: Rule) -> None:
        """Show one rule more."""
        match rule:
            case Condition() if self._sources.takes(rule):
                self.add_condition(rule)
            case Condition():
                self._put(LostRow(rule), -1)
            case AllOf(parts):
                self.add_group("all", parts)
            case AnyOf(parts):
                self.add_group("any", parts)
            case Except(AnyOf(parts)):
                self.add_group("none", parts)
            case Except(part):
                self.add_group("none", (part,))

    def add_condition(self, condition: Condition | None = None, *, focus: bool = False, at: int = -1) -> ConditionRow:
        """Add a row, after another where `at` says so."""
        row = ConditionRow(self._sources, condition)
        row.more.connect(self._more)
        self._put(row, at)
        if focus:
            row.begin()
            self.changed.emit()
        return row

    def add_group(self, mode: str, rules: Iterable[Rule] | None = None) -> Group:
        """Add a group: any, all or none; a new one begins with one row."""
        group = Group(self._sources, mode, self._depth + 1)
        self._put(group, -1)
        if rules is None:
            first = (
                Condition("consent.line", "is", value=False)
                if mode == "none"
                else Condition("orders.product", "bought", ())
            )
            group.inner.fill([first])
            self.changed.emit()
        else:
            group.inner.fill(rules)
        return group

    def _put(self, part: ConditionRow | LostRow | Group, at: int) -> None:
        place = len(self.parts) if at < 0 else at
        part.changed.connect(self.changed)
        part.gone.connect(self.remove)
        self.parts.insert(place, part)
        self._rows.insertWidget(place, part)

    def _more(self, row: ConditionRow) -> None:
        self.add_condition(focus=True, at=self.parts.index(row) + 1)

    def remove(self, part: ConditionRow | LostRow | Group) -> None:
        """Take a row or a group out; the focus goes to the one after it."""
        place = self.parts.index(part)
        self._take(part)
        after = self.parts[place] if place < len(self.parts) else None
        self.add.setFocus() if after is None or isinstance(after, Group) else after.begin()
        self.changed.emit()

    def _take(self, part: ConditionRow | LostRow | Group) -> None:
        self.parts.remove(part)
        self._rows.removeWidget(part)
        part.hide()
        part.deleteLater()

    def rules(self, at: Path, places: dict[Path, Any]) -> tuple[Rule, ...]:
        """Return the rules that are complete, and note in `places` where each stands below `at`."""
        found: list[Rule] = []
        for part in self.parts:
            rule = part.rule((*at, len(found)), places)
            if rule is not None:
                found.append(rule)
        return tuple(found)


class Group(QFrame):
    """A group inside a rule, on a ground of its own."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, sources: Sources, mode: str, depth: int) -> None:
        super().__init__()
        entries = [(_("Any of these"), "any"), (_("All of these"), "all"), (_("Leave these people out"), "none")]
        self.mode = w.Choice(entries, mode, width=190, small=True)
        self.mode.setAccessibleName(_("How the group counts"))
        self.mode.chosen.connect(self._turned)
        self.count = w.label("", "small", "text_2", align=w.RIGHT)
        remove = w.icon_button("x", _("Remove this group"), lambda: self.gone.emit(self))
        self.inner = Parts(sources, depth)
        self.inner.changed.connect(self.changed)
        head = w.hbox(self.mode, (self.count, 1), remove)
        self.setLayout(w.vbox(head, "mid", self.inner, margin=("s4", "mid", "mid", "s1")))

    def _turned(self, _mode: str) -> None:
        self.update()
        self.changed.emit()

    def rule(self, at: Path, places: dict[Path, Any]) -> Rule | None:
        """Return the group's rule, None while nothing in it is complete."""
        mode = self.mode.value()
        inner: dict[Path, Any] = {}
        parts = self.inner.rules((), inner)
        if not parts:
            self.count.setText("")
            return None
        below = at if mode != "none" else (*at, 0)
        alone = mode == "none" and len(parts) == 1
        for path, part in inner.items():
            places[below + (path[1:] if alone else path)] = part
        if not alone:
            places[below] = self
        else:
            self.count.setText("")
        if mode == "none":
            return Except(parts[0] if alone else AnyOf(parts))
        return AllOf(parts) if mode == "all" else AnyOf(parts)

    def show_count(self, count: int) -> None:
        """Show how many people it takes, or leaves out, by itself."""
        out = self.mode.value() == "none"
        self.count.setText("−" + people(count) if out else people(count))

    def paintEvent(self, _event: object) -> None:
        t, p, r = theme(), smooth(self), QRectF(self.rect())
        out, radius, bar = self.mode.value() == "none", t.radius("control"), t.border("bar")
        blob(p, r.adjusted(0, 0, -r.width() / 2, 0), "danger_line" if out else "accent_line", radius)
        box(p, r.adjusted(bar - 1, 0, 0, 0), "sunken", "line", radius)
