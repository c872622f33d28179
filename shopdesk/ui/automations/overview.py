"""Every automation with its state, and how many people are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.automations.words import state_mark, trigger
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated
from shopdesk.ui.overview import Overview, Words

if TYPE_CHECKING:
    from shopdesk.automations import Automation
    from shopdesk.clock import Clock
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


def automation_overview(shop: Shop, tasks: Tasks, notices: Notices) -> Overview[Automation]:
    """Return the list of all automations."""
    words = Words(
        _("Automations"),
        _("Messages that go out by themselves, so many days after somebody has answered a survey."),
        lambda count: _n("{n} automation", "{n} automations", count).format(n=number(count)),
        "workflow",
        _("No automations yet"),
        _(
            "Whoever answers “dry skin” hears from you three days later, and gets a coupon after two weeks, for example."
        ),
        _("Make an automation"),
    )
    return Overview(tasks, notices, words, _columns(shop.clock), key=lambda one: one.id, read=shop.automations.list)


def _columns(clock: Clock) -> list[w.Column[Automation]]:
    return [
        w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one)), 170),
        w.Column(_("Name"), lambda one: w.Cell(isolated(one.name), bold=True, second=one.sentence)),
        w.Column(_("Survey"), lambda one: w.Cell(isolated(one.survey), second=isolated(trigger(one))), 150),
        w.Column(_("Came in"), lambda one: number(one.people), 80, w.RIGHT),
        w.Column(_("To come"), lambda one: number(sum(step.waiting + step.sending for step in one.steps)), 80, w.RIGHT),
        w.Column(_("Gone out"), lambda one: number(sum(step.sent for step in one.steps)), 86, w.RIGHT),
        w.Column(_("Next turn"), lambda one: _next(one, clock), 100),
    ]


def _next(one: Automation, clock: Clock) -> str:
    found = [step.next_at for step in one.steps if step.next_at is not None]
    return when(min(found), clock.now()) if found and one.state == "running" else ""
