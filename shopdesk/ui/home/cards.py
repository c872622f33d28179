"""The cards of the home page: what to do, messages of the month, health, latest broadcasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.days import clock_time, next_month, short_day, when
from shopdesk.ui.home.todo import todos
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    RIGHT,
    Badge,
    Bar,
    Button,
    Card,
    Dot,
    Figure,
    Icon,
    Mark,
    Prose,
    Row,
    Share,
    card_head,
    clear,
    elided,
    hbox,
    holder,
    label,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.broadcasts import Status
    from shopdesk.ui.home.quota import Asked
    from shopdesk.ui.home.today import Today
    from shopdesk.ui.home.todo import Todo

RECENT = 3


class TodoCard(Card):
    """Today's work. `wanted` carries the `Todo` whose button was pressed."""

    wanted = Signal(object)

    def __init__(self) -> None:
        self.shown: Sequence[Todo] = ()
        self._done = label("", "small", "text_3")
        self.rows = vbox()
        super().__init__(card_head(label(_("To do today"), "section"), self._done, ...), self.rows, pad="")

    def show_today(self, today: Today, asked: Asked | None) -> None:
        """Work out what is to do."""
        self.show_todos(todos(today, asked))

    def show_todos(self, found: Sequence[Todo]) -> None:
        """Show these; the first that is open gets the filled button."""
        clear(self.rows)
        self.shown = found
        done = sum(one.done for one in found)
        words = _("{done} of {n} done").format(done=done, n=len(found))
        self._done.setText(words if found else "")
        first = next((one for one in found if not one.done), None)
        if first is None:
            quiet = Prose(_("Nothing waits for you today."), role="small", tone="text_2")
            self.rows.addWidget(holder(vbox(quiet, margin="s4")))
        for one in found:
            self.rows.addWidget(self._row(one, first=one is first, last=one is found[-1]))

    def _row(self, one: Todo, *, first: bool, last: bool) -> QWidget:
        name = elided(one.title, "body", "text_3" if one.done else "text", bold=not one.done)
        words = vbox(..., name, elided(one.detail, "small", "text_3" if one.done else "text_2"), ...)
        at = label(one.when, "small", "text_3", align=RIGHT)
        button: QWidget = QWidget()
        if one.verb:
            button = Button(one.verb, "primary" if first else "secondary", size="control_small")
            button.setAccessibleName(f"{one.verb}: {one.title}")
            button.clicked.connect(lambda: self.wanted.emit(one))
        button.setFixedWidth(round(92 * theme().scale))
        return Row(Icon(one.icon, "success_text" if one.done else "accent_text"), (words, 1), at, button, last=last)


class QuotaCard(Card):
    """The month's messages as LINE counts them, quietly grey where LINE cannot be asked."""

    def __init__(self) -> None:
        self._plan = Badge("")
        self._figure, self._bar = Figure("", ""), Bar()
        self._numbers = holder(vbox(self._figure, "label_gap", self._bar, "s2"))
        self._left = Prose(role="small", tone="text_2")
        self._from = label("", "caption", "text_3")
        head = hbox(label(_("Messages this month"), "section"), ..., self._plan)
        super().__init__(head, "label_gap", self._numbers, self._left, self._from)
        self._numbers.hide()

    def show_plan(self, today: Today) -> None:
        """Show the plan, and what is known before LINE has answered."""
        self._plan.show_mark(Mark(plan_name(today.plan.name)))
        if not today.has_keys:
            self._numbers.hide()
            self._from.hide()
            self._left.set_runs(_("Once LINE is connected, you see here how many messages are left."))
        elif self._numbers.isHidden():
            self._left.set_runs(_("Asking LINE…"))

    def show_answer(self, asked: Asked) -> None:
        """Show what LINE said."""
        quota = asked.quota
        self._numbers.setVisible(quota is not None)
        self._from.setVisible(quota is not None)
        if quota is None:
            self._left.set_runs(asked.problem)
            return
        unit = _("messages") if quota.limit is None else _("/ {n} messages").format(n=f"{quota.limit:,}")
        self._figure.show_number(f"{quota.used:,}", unit)
        used = quota.used / quota.limit if quota.limit else 0
        self._bar.setVisible(bool(quota.limit))
        self._bar.set_shares(Share(used, "warning_solid" if asked.low else "accent"))
        if quota.left is None:
            self._left.set_runs(_("No limit."))
        else:
            words = _("{n} left; counted anew from {day}")
            self._left.set_runs(words.format(n=f"{quota.left:,}", day=next_month(asked.at)))
        self._from.setText(_("From LINE, {time}").format(time=clock_time(asked.at)))


class HealthCard(Card):
    """Four lights, each with its word."""

    def __init__(self) -> None:
        self.lines = vbox(gap="s1")
        super().__init__(label(_("How the shop is"), "section"), "s1", self.lines)

    def show_health(self, today: Today, asked: Asked | None) -> None:
        """Show how things are."""
        clear(self.lines)
        held = today.quarantine.quarantined
        lights = [
            (_("Connection to LINE"), *_line_light(today, asked)),
            (_("Messages left this month"), *_quota_light(asked)),
            (_("Backup"), *_backup_light(today)),
            (_("Database"), "success_solid", _("good"), "text_3"),
            (
                _("Sending from here"),
                "danger_solid" if held else "success_solid",
                _("held back") if held else _("allowed"),
                "danger_text" if held else "text_3",
            ),
        ]
        for name, dot, state, tone in lights:
            line = hbox(Dot(dot), (elided(name), 1), label(state, "small", tone, align=RIGHT))
            self.lines.addWidget(holder(line))


class RecentCard(Card):
    """The last broadcasts with what came of them."""

    def __init__(self) -> None:
        self.rows = vbox(gap="mid")
        super().__init__(label(_("Latest broadcasts"), "section"), "s2", self.rows)

    def show_today(self, today: Today) -> None:
        """Show those that went out."""
        clear(self.rows)
        sent = [one for one in today.broadcasts if one.started_at][:RECENT]
        for one in sent:
            self.rows.addWidget(self._row(one, today))
        if not sent:
            words = _("None yet. What LINE accepted will be counted here.")
            self.rows.addWidget(Prose(words, role="small", tone="text_2"))

    def _row(self, one: Status, today: Today) -> QWidget:
        day = short_day(one.started_at or one.created_at, today.now)
        accepted = _n("LINE accepted it for {n} person", "LINE accepted it for {n} people", one.accepted)
        words = accepted.format(n=f"{one.accepted:,}")
        name = elided(one.name, bold=True)
        return holder(vbox(hbox((name, 1), label(day, "small", "text_3")), elided(words, "small", "text_2")))


def plan_name(key: str) -> str:
    """Return LINE's own name of a plan."""
    names = {"communication": _("Communication plan"), "light": _("Light plan"), "standard": _("Standard plan")}
    return names.get(key, key)


def _line_light(today: Today, asked: Asked | None) -> tuple[str, str, str]:
    if not today.has_keys:
        return "text_3", _("not connected"), "text_3"
    if asked is None:
        return "text_3", _("checking"), "text_3"
    if asked.problem:
        return "danger_solid", _("cannot be reached"), "danger_text"
    return "success_solid", _("good"), "text_3"


def _quota_light(asked: Asked | None) -> tuple[str, str, str]:
    if asked is None or asked.quota is None:
        return "text_3", _("not known"), "text_3"
    if asked.low:
        return "warning_solid", _("few"), "warning_text"
    return "success_solid", _("enough"), "text_3"


def _backup_light(today: Today) -> tuple[str, str, str]:
    at = today.backup
    if at is None:
        return "warning_solid", _("none yet"), "warning_text"
    old = today.needs_backup
    return "warning_solid" if old else "success_solid", when(at, today.now), "warning_text" if old else "text_3"
