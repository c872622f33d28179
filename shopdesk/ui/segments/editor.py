"""Making a segment: the rule in rows, said back as a sentence, counted while it changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from shopdesk.i18n import _
from shopdesk.segments import EVERYBODY, AllOf, AnyOf, Condition, explain, sentence
from shopdesk.ui import widgets as w
from shopdesk.ui.editor import Editor, editor_head
from shopdesk.ui.segments.counting import ReachCard, SampleCard
from shopdesk.ui.segments.groups import Group, Parts
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from shopdesk.segments import Path, Reach, Rule, Segments
    from shopdesk.ui.segments.conditions import ConditionRow
    from shopdesk.ui.segments.lost import LostRow
    from shopdesk.ui.segments.values import Sources
    from shopdesk.ui.tasks import Tasks

COUNTS_AFTER_MS = 180
SAMPLE = 3
CHIPS = 3
_WIDEST = (1 << 24) - 1
"""Qt's own limit of a width: no limit."""


class RuleCard(w.Card):
    """The rows of the rule, all or any, and the ready-made ones."""

    changed = Signal()

    def __init__(self, sources: Sources, ready: list[w.Chip]) -> None:
        self.mode = w.Segmented([(_("match all"), "all"), (_("match any"), "any")])
        self.mode.chosen.connect(self._tell)
        self.parts = Parts(sources)
        self.parts.changed.connect(self._tell)
        head = w.card_head(
            w.label(_("Conditions"), "section"), ..., w.label(_("People who"), "small", "text_2"), self.mode
        )
        body = w.vbox(self.parts, margin=("s4", "s4", "s4", "s3"))
        chips = w.hbox(w.label(_("Often used:"), "small", "text_2"), *ready, ..., margin=("s4", "s3", "s4", "s3"))
        super().__init__(head, body, ..., w.line(), chips, pad="")

    def _tell(self, _mode: object = None) -> None:
        self.changed.emit()

    def show_rule(self, rule: Rule) -> None:
        """Show another rule."""
        whole = rule if isinstance(rule, AllOf | AnyOf) else AllOf((rule,))
        self.mode.set_value("any" if isinstance(whole, AnyOf) else "all")
        self.parts.fill(whole.parts)

    def rule(self, places: dict[Path, Any]) -> Rule:
        """Return the rule as far as it is complete."""
        parts = self.parts.rules((), places)
        return AnyOf(parts) if self.mode.value() == "any" and parts else AllOf(parts)


class SegmentEditor(Editor):
    """One segment. `left`, `save`, `copy`, `remove`, `send`, `export`, `compare` and `why` (a person's id or None) are what is asked for."""

    copy = Signal()
    remove = Signal()
    send = Signal()
    export = Signal()
    compare = Signal()
    why = Signal(object)

    def __init__(self, segments: Segments, tasks: Tasks, sources: Sources, *, may_export: bool) -> None:
        super().__init__()
        self._segments, self._tasks, self._may_export = segments, tasks, may_export
        self.stored: tuple[str, Rule] | None = None
        self._turn = 0
        self._rule: Rule = EVERYBODY
        self._places: dict[Path, Any] = {}
        self._narrowest: ConditionRow | LostRow | Group | None = None
        self.name = w.TitleField(_("Name of the segment"))
        self.name.textEdited.connect(self._tell_state)
        self.said = w.SentenceBar()
        self._offered = segments.ready()
        self._others_ready = w.Chip(_("Others"), "ellipsis", does=self._offer)
        chips = [self._chip(one.title, one.rule) for one in self._offered[:CHIPS]]
        self.card = RuleCard(sources, [*chips, self._others_ready])
        self.card.changed.connect(self._edited)
        self.reach, self.sample = ReachCard(), SampleCard()
        self.sample.others.connect(self._others)
        self.sample.drop.connect(self._drop)
        self.sample.why.connect(self.why)
        self._timer = QTimer(self, singleShot=True, interval=COUNTS_AFTER_MS)
        self._timer.timeout.connect(self.count)
        self._lay_out()

    def _lay_out(self) -> None:
        self.state = w.Badge(_("Saved"), icon="check")
        self._save = w.Button(_("Save"), does=self.save.emit)
        self._more = w.icon_button("ellipsis", _("More"), self._menu, size="control")
        self._send = w.Button(_("Send to these people"), "primary", "send", does=self.send.emit)
        which = w.label(_("／ one segment"), "small", "text_2")
        acts = (self.state, self._more, self._save, self._send)
        head = editor_head(_("Segments"), self.left.emit, which, self.name, *acts)
        self._cards = w.vbox(self.reach, self.sample, ..., gap="card_gap")
        self._side = w.holder(self._cards)
        self._columns = w.hbox((self.card, 1), self._side, gap="card_gap")
        body = w.vbox(
            self.said, (self._columns, 1), gap="card_gap", margin=("page_side", "s1", "page_side", "page_top")
        )
        self.setLayout(w.vbox(head, (w.scroller(body), 1)))
        self.card.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # the rule's rows want another width now
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Lay the figures beside the rule, or side by side below it where its rows leave them no room."""
        t = theme()
        aside = t.px("search") + t.px("card_gap") + 2 * t.px("page_side")
        narrow = self.width() < self.card.minimumSizeHint().width() + aside
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if narrow else across)
        self._cards.setDirection(across if narrow else down)
        self._side.setMaximumWidth(_WIDEST if narrow else t.px("search"))
        self._side.setMinimumWidth(0 if narrow else t.px("search"))

    def _chip(self, title: str, rule: Rule) -> w.Chip:
        return w.Chip(title, does=lambda: self._ready(title, rule))

    def _offer(self) -> None:
        rest = [(one.title, lambda one=one: self._ready(one.title, one.rule)) for one in self._offered[CHIPS:]]
        w.popup_menu(self, rest).popup(self._others_ready.mapToGlobal(self._others_ready.rect().topLeft()))

    def _ready(self, title: str, rule: Rule) -> None:
        if not self.name.text().strip():
            self.name.setText(title)
        for part in rule.parts if isinstance(rule, AllOf) else (rule,):
            self.card.parts.append(part)
        self._edited()

    def show_segment(self, name: str, rule: Rule, *, stored: bool) -> None:
        """Show a segment, or the beginning of a new one."""
        self.stored = (name, rule) if stored else None
        self.name.setText(name)
        self.card.show_rule(rule)
        self._edited()
        self._timer.stop()
        self.count()
        if not stored and not name:
            self.name.setFocus()

    def saved(self, name: str, rule: Rule) -> None:
        """Note that this is what is stored now."""
        self.stored = (name, rule)
        self.name.setText(name)
        self._tell_state()

    def rule(self) -> Rule:
        """Return the rule as far as it is complete."""
        self._places = {}
        return self.card.rule(self._places)

    def dirty(self) -> bool:
        """Tell whether there is something that is not stored."""
        return self.stored != self.written()

    def written(self) -> tuple[str, Rule]:
        """Return the name and the rule as they are written."""
        return self.name.text().strip(), self._rule

    def title(self) -> str:
        """Return its name so far."""
        return self.name.text() or _("New segment")

    def _edited(self) -> None:
        self._rule = self.rule()
        self.said.say(*(w.emphasis(run.text) if run.bold else run.text for run in explain(self._rule)))
        self._tell_state()
        self._timer.start()

    def _tell_state(self) -> None:
        dirty = self.dirty()
        self.state.show_mark(w.Mark(_("Not saved yet")) if dirty else w.Mark(_("Saved"), icon="check"))
        self._save.setEnabled(dirty)

    def count(self) -> None:
        """Count the rule and its parts, and look at some of its people; an older question is dropped.

        What cannot be counted is not sent to: the error says why.
        """
        rule, turn = self._rule, self._turn

        def work() -> tuple[Reach, float, dict[Path, int]]:
            began = time.perf_counter()
            reach = self._segments.count(rule)
            took = time.perf_counter() - began
            return reach, took, self._segments.counts(rule)

        def then(found: tuple[Reach, float, dict[Path, int]]) -> None:
            if rule == self._rule:
                self._show(rule, *found)

        def failed(error: Exception) -> None:
            self.reach.show_unknown()
            self.sample.show_people((), more=False)
            self._send.setEnabled(False)
            self._tasks.default_failed(error)

        sample = lambda: self._segments.sample(rule, SAMPLE, turn)  # noqa: E731
        self._tasks.run(self, work, then, failed=failed, key="count")
        self._tasks.run(self, sample, self._show_sample, failed=lambda _error: None, key="sample")  # the count says why

    def _show(self, rule: Rule, reach: Reach, seconds: float, counts: dict[Path, int]) -> None:
        self._send.setEnabled(True)
        self.reach.show_reach(reach, seconds)
        for path, part in self._places.items():
            part.show_count(counts[path])
        if not reach.count:
            self._show_nobody(rule, counts)

    def _show_nobody(self, rule: Rule, counts: dict[Path, int]) -> None:
        tops = {path: counts[path] for path in counts if len(path) == 1}
        self._narrowest, said = None, ""
        if tops and isinstance(rule, AllOf):
            at = min(tops, key=lambda path: tops[path])
            self._narrowest = self._places.get(at)
            part = rule.parts[at[0]]
            said = sentence(part).rstrip("。.") if self._narrowest else ""
        self.sample.show_nobody(said)

    def _show_sample(self, people: list[Any]) -> None:
        if people:
            self.sample.show_people(people, more=len(people) == SAMPLE)

    def _others(self) -> None:
        self._turn += 1
        rule, turn = self._rule, self._turn
        self._tasks.run(self, lambda: self._segments.sample(rule, SAMPLE, turn), self._show_sample, key="sample")

    def _drop(self) -> None:
        if self._narrowest in self.card.parts.parts:
            self.card.parts.remove(self._narrowest)

    def _menu(self) -> None:
        entries: list[tuple[str, Callable[[], object]] | None] = [
            (_("Compare with another segment"), self.compare.emit)
        ]
        if self.stored is not None:
            kept = [
                *([(_("Write a file"), self.export.emit)] if self._may_export else []),
                (_("Make a copy"), self.copy.emit),
                None,
                (_("Delete this segment"), self.remove.emit),
            ]
            entries += kept
        w.popup_menu(self, entries).popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def beginning() -> Rule:
    """Return what a new segment begins with."""
    return AllOf((Condition("orders.count", "at_least", 2),))
