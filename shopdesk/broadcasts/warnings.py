"""What to think of before a broadcast is sent; none of it stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.broadcasts.costs import TITLES
from shopdesk.broadcasts.lateness import is_late
from shopdesk.broadcasts.records import Note
from shopdesk.broadcasts.states import sentence
from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from shopdesk.broadcasts.records import LookAlike
    from shopdesk.messages import Draft
    from shopdesk.settings import Plan
    from shopdesk.web import Looked


@dataclass(frozen=True, slots=True)
class Known:
    """What warnings are made of: now, when it begins by itself, the end of quiet hours it would meet, and what was found.

    `plan` is that of the settings; `limit` is LINE's own for this month where the two contradict each other.
    """

    now: datetime
    due: datetime | None
    quiet_until: datetime | None
    drafts: tuple[Draft, ...]
    alike: tuple[LookAlike, ...]
    links: tuple[Looked, ...]
    people: int
    line_people: int | None
    plan: Plan
    limit: int | None


def warnings(known: Known) -> tuple[Note, ...]:
    """Return everything to think of, the weightiest first."""
    return (*_time(known), *_plan(known), *_alike(known), *_links(known), *_hidden(known), *_strangers(known))


def _time(known: Known) -> Iterator[Note]:
    if is_late(known.due, known.now):
        yield Note("late", sentence("late"))
    if known.quiet_until is not None:
        said = _("This falls into the shop's quiet hours: it waits and goes on by itself at {time}.")
        yield Note("quiet_hours", said.format(time=f"{in_japan(known.quiet_until):%H:%M}"))


def _plan(known: Known) -> Iterator[Note]:
    if known.limit is None:
        return
    said = _(
        "LINE allows {limit} messages a month, but the settings say {plan} with {free}. "
        "The figures here go by LINE; choose the right plan in the settings."
    )
    plan = _(TITLES[known.plan.name])
    yield Note("plan", said.format(limit=f"{known.limit:,}", plan=plan, free=f"{known.plan.free_messages:,}"))


def _alike(known: Known) -> Iterator[Note]:
    if not known.alike:
        return
    latest = known.alike[0]
    said = _n(
        "You sent nearly this in the last two weeks: broadcast {id} “{name}” at {time}, to {people} of these people.",
        "You sent nearly this {n} times in the last two weeks, the latest being broadcast {id} “{name}” at {time}, "
        "to {people} of these people.",
        len(known.alike),
    )
    time, people = f"{in_japan(latest.at):%Y-%m-%d %H:%M}", f"{latest.people:,}"
    yield Note("look_alike", said.format(n=len(known.alike), id=latest.id, name=latest.name, time=time, people=people))


def _links(known: Known) -> Iterator[Note]:
    for one in known.links:
        if one.verdict == "dead":
            said = _("{url} leads nowhere ({status}). Correct the address or the page.")
            yield Note("dead_link", said.format(url=one.url, status=one.status or _("there is no such site")))
        elif one.verdict == "forbidden":
            yield Note("private_link", _("{url} is no address that customers can open.").format(url=one.url))
        elif one.verdict == "not_looked_at":
            said = _("Whether {url} can be opened could not be looked at. Try it yourself.")
            yield Note("link_not_looked_at", said.format(url=one.url))


def _hidden(known: Known) -> Iterator[Note]:
    """LINE shows the quick replies of the last message only."""
    numbers = {n for draft in known.drafts for n, one in enumerate(draft.messages[:-1], 1) if one.get("quickReply")}
    said = _("Message {number} has quick replies, but LINE shows only those of the last message. Move them there.")
    yield from (Note("quick_replies", said.format(number=number)) for number in sorted(numbers))


def _strangers(known: Known) -> Iterator[Note]:
    """Friends of whom only LINE knows."""
    more = (known.line_people or 0) - known.people
    if more > 0:
        said = _n(
            "LINE counts {n} friend more than ShopDesk knows; they get it too and count as a message.",
            "LINE counts {n} friends more than ShopDesk knows; they get it too and count as messages.",
            more,
        )
        yield Note("strangers", said.format(n=f"{more:,}"))
