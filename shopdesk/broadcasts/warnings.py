"""What to think of before a broadcast is sent; none of it stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.broadcasts.records import Note
from shopdesk.broadcasts.refusals import is_late
from shopdesk.broadcasts.states import sentence
from shopdesk.clock import in_japan, japan_day
from shopdesk.i18n import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from shopdesk.broadcasts.records import LookAlike
    from shopdesk.web import Looked


@dataclass(frozen=True, slots=True)
class Known:
    """What warnings are made of: now, when it begins by itself, the end of quiet hours it would meet, and what was found."""

    now: datetime
    due: datetime | None
    quiet_until: datetime | None
    alike: tuple[LookAlike, ...]
    links: tuple[Looked, ...]
    people: int
    line_people: int | None


def warnings(known: Known) -> tuple[Note, ...]:
    """Return everything to think of, the weightiest first."""
    return (*_time(known), *_alike(known), *_links(known), *_strangers(known))


def _time(known: Known) -> Iterator[Note]:
    if is_late(known.due, known.now):
        yield Note("late", sentence("late"))
    if known.quiet_until is not None:
        said = _("This falls into the shop's quiet hours: it waits and goes on by itself at {time}.")
        yield Note("quiet_hours", said.format(time=f"{in_japan(known.quiet_until):%H:%M}"))


def _alike(known: Known) -> Iterator[Note]:
    for one in known.alike:
        days = (japan_day(known.now) - japan_day(one.at)).days
        when = _n("yesterday", "{n} days ago", days).format(n=days) if days else _("today")
        said = _("You sent nearly this {when} to {people} of these people (“{name}”).")
        yield Note("look_alike", said.format(when=when, people=f"{one.people:,}", name=one.name))


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
