"""A broadcast that the program makes: points of the shop card expire soon. Once for each person and date, off until the shop wants it.

It is a broadcast like every other: with its reasons, its cost, its cap and its quiet hours, to be seen and stopped in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.broadcasts import audience, drafting
from shopdesk.broadcasts.notices import AUDIENCE, people
from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.cards import notice_words
from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _, for_customers
from shopdesk.messages import draft, literal, text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.audience import Barred
    from shopdesk.broadcasts.office import Office

FIRST_HOUR, LAST_HOUR = 10, 20
"""Between these hours in Japan it begins, whatever the shop's quiet hours are: nobody wants to be woken by it."""
_TEXT = N_(
    "Hello {{name}}, {{expiring_points}} of your {{card_points}} points at {shop} expire soon: "
    "they are good until {{expires_on}}. We look forward to your visit."
)


def make(office: Office) -> int | None:
    """Make one that begins at once, where somebody is to be told and this is the time for it; return its id."""
    now = office.clock.now()
    quiet = office.settings.quiet_hours()
    if not FIRST_HOUR <= in_japan(now).hour < LAST_HOUR or (quiet and quiet.over_at(now)):
        return None
    with office.database.write() as session:
        row = BroadcastRow
        made_before = select(row.id).where(row.audience == AUDIENCE, row.frozen_at.is_(None), row.control != "cancel")
        if session.scalar(made_before.limit(1)) is not None or not _anybody(office, session, now):
            return None
        words = notice_words(session) or usual_words(str(office.settings.get("shop_name")))
        made = drafting.row_of(_wanted(words, now), now, office)
        made.audience = AUDIENCE
        session.add(made)
        session.flush()
        office.staff.record(session, "draft", "broadcast", [made.id])
    office.tell()
    return made.id


def _anybody(office: Office, session: Session, now: datetime) -> bool:
    barred: list[Barred] = office.barred(now)
    who = audience.of_segment(people(session, now), *barred)
    return bool(audience.reasons(session, who).get("", 0))


def usual_words(shop: str) -> str:
    """Return what customers are told where a shop of this name has no words of its own, with placeholders."""
    return for_customers(_TEXT).format(shop=literal(shop or for_customers(N_("our shop"))))


def _wanted(said: str, now: datetime) -> Drafted:
    day = in_japan(now)
    name = _("Points that expire soon, {month}/{day}").format(month=day.month, day=day.day)
    return Drafted(draft([text(said)]), None, name=name)
