"""試す: what would be answered to a text, by which rule, without saying it to anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.occasion import Said
from shopdesk.ui.answers.words import near, verdict
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.settings import OpeningHours
    from shopdesk.talks import Near, Rule, Trial
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.shop_page import Desk

WAITS_MS = 250
NOW, OPEN, CLOSED = "now", "open", "closed"


class TrialCard(w.Card):
    """`edit` carries the rule that is to be looked at."""

    edit = Signal(object)

    def __init__(self, desk: Desk, studio: Studio) -> None:
        self._shop, self._tasks, self._notices = desk.shop, desk.tasks, desk.notices
        self._percent = 0
        self.text = w.TextField(hint=_("For example: 今日は何時まで？"))
        self.text.setAccessibleName(_("What a friend writes"))
        self.when = w.Choice([(_("Now"), NOW), (_("While open"), OPEN), (_("While closed"), CLOSED)], NOW)
        self.when.setAccessibleName(_("When"))
        self.verdict = w.Prose(role="small")
        self.open_rule = w.link(_("Look at it"), self._open)
        self.said = Said(studio)
        self._rule: Rule | None = None
        self.nearest = w.vbox(gap="s1")
        self._near_box = w.holder(
            w.vbox("s3", w.label(_("How near the questions are"), "small", bold=True), "s1", self.nearest)
        )
        super().__init__(
            w.label(_("Try it"), "section"),
            w.Prose(_("Write what a friend would write. Nothing is sent."), role="small", tone="text_2"),
            "s3",
            self.text,
            "s2",
            self.when,
            "s3",
            self.verdict,
            w.hbox(self.open_rule, ...),
            "s2",
            self.said,
            self._near_box,
            ...,
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self.look)
        self.text.textChanged.connect(lambda _text: self._timer.start())
        self.text.returnPressed.connect(self.look)
        self.when.chosen.connect(lambda _when: self.look())
        self._clear()

    def fit(self, page: int) -> None:
        """Take at most a third of the page's width."""
        self.setFixedWidth(min(theme().px("side_wide"), page // 3))

    def show_state(self, state: State) -> None:
        """Go by another setting, and look again."""
        self._percent = int(state.settings["likeness_percent"])
        hours = bool(state.settings["opening_hours"])
        self.when.setVisible(hours)
        if not hours:
            self.when.set_value(NOW)
        self.look()

    def look(self) -> None:
        """Ask the machine."""
        self._timer.stop()
        said, when, machine = self.text.text().strip(), self.when.value(), self._shop.talks.machine
        if not said:
            self._tasks.forget(self, "trial")
            self._clear()
            return

        def work() -> Trial:
            setup = machine.setup()
            at = _moment(setup.hours, self._shop.clock.now(), when)
            return machine.would_say(said, at)

        self._tasks.run(self, work, self._show, failed=self._wrong, key="trial")

    def _clear(self) -> None:
        self.verdict.set_runs("")
        for part in (self.open_rule, self.said, self._near_box):
            part.hide()

    def _wrong(self, error: Exception) -> None:
        self._clear()
        self.verdict.set_runs(w.Run(self._notices.sentence(error), tone="danger_text"))

    def _show(self, trial: Trial) -> None:
        decision = trial.decision
        self._rule = decision.rule if decision else None
        open_ = _("The shop is open then.") if trial.open else _("The shop is closed then.")
        self.verdict.set_runs(w.Run(verdict(trial), bold=True), *([f" {open_}"] if not self.when.isHidden() else []))
        self.open_rule.setVisible(self._rule is not None)
        self.said.setVisible(trial.written is not None)
        if trial.written is not None:
            self.said.show_draft(trial.written)
        self._show_nearest(decision.nearest if decision else ())

    def _show_nearest(self, found: tuple[Near, ...]) -> None:
        w.clear(self.nearest)
        for one in found:
            row = w.hbox((w.elided(one.rule.words[0], "small"), 1), w.Badge(near(one, self._percent)))
            self.nearest.addWidget(w.holder(row))
        self._near_box.setVisible(bool(found))

    def _open(self) -> None:
        if self._rule is not None:
            self.edit.emit(self._rule)


def _moment(hours: OpeningHours | None, now: datetime, when: str) -> datetime:
    """Return a moment at which the shop is open, or closed; now where there is none in the next two weeks."""
    if hours is None or when == NOW:
        return now
    return hours.next_moment(now, is_open=when == OPEN) or now
