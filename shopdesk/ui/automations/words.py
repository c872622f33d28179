"""How automations, their times and their sums are called on the screen."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _, _n
from shopdesk.messages import Draft, for_person
from shopdesk.ui.amounts import number, people
from shopdesk.ui.days import when
from shopdesk.ui.widgets import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shopdesk.automations import Automation, State, Step
    from shopdesk.line import Message
    from shopdesk.settings import Plan

_STATES: dict[State, tuple[str, str, str]] = {
    "draft": (N_("Draft"), "warning", ""),
    "running": (N_("Running"), "success", "check"),
    "paused": (N_("Paused"), "warning", "pause"),
    "ended": (N_("Ended"), "plain", ""),
}


def state_mark(one: Automation) -> Mark:
    """Return the badge of an automation."""
    if one.trouble:
        return Mark(_("Nobody comes in"), "warning", icon="triangle-alert")
    words, look, icon = _STATES[one.state]
    return Mark(_(words), look, icon=icon)


def trigger(one: Automation) -> str:
    """Return after which answer it begins."""
    return "、".join(one.options) if one.question else _("any answer")


def times(chosen: time | None) -> list[tuple[str, time | None]]:
    """Return the times of day to choose from, with one that is chosen already: every half hour of the day."""
    usual = {time(hour, minute) for hour in range(7, 22) for minute in (0, 30)}
    all_ = sorted(usual | ({chosen} if chosen is not None else set()))
    return [
        (_("at the time of the answer"), None),
        *((_("at {time}").format(time=f"{one:%H:%M}"), one) for one in all_),
    ]


def step_title(number: int, days: int) -> str:
    """Return what a step is called: its number and its day."""
    day = _n("{n} day later", "{n} days later", days).format(n=days) if days else _("the same day")
    return _("Message {number} · {day}").format(number=number, day=day)


def sums(step: Step, now: datetime) -> str:
    """Return how far a step is, '' where nobody has come to it yet."""
    parts = (
        (_("{people} wait"), step.waiting + step.sending),
        (_("sent to {people}"), step.sent),
        (_("{people} left out"), step.left_out),
        (_("{people} not reached"), step.failed + step.unknown),
    )
    said = [words.format(people=people(count)) for words, count in parts if count]
    if step.next_at is not None:
        said.append(_("next {when}").format(when=when(step.next_at, now)))
    return _(" · ").join(said)


def as_read(messages: Sequence[Message]) -> list[Message]:
    """Return messages as somebody without a name reads them; what cannot be sent yet as it is written."""
    try:
        return for_person(Draft(tuple(messages), frozenset()), "")
    except ShopDeskError:
        return list(messages)


def cost(steps: int, plan: Plan) -> str:
    """Return how many messages a person gets at most, and what they cost."""
    most = _n("{n} message at most to each person.", "{n} messages at most to each person.", steps).format(n=steps)
    if plan.extra:
        said = _("Of the plan's {free} messages a month; beyond them each costs up to {yen} yen.")
        return f"{most} " + said.format(free=number(plan.free_messages), yen=f"{plan.extra[0][1]:g}")
    said = _("Of the plan's {free} messages a month, 0 yen; what goes beyond them is not sent and waits for you.")
    return f"{most} " + said.format(free=number(plan.free_messages))
