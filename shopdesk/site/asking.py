"""What a request for a reservation must be, how it is shown, and what the guest is told. Pure: no session and no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shopdesk import japanese
from shopdesk.clock import JAPAN, in_japan
from shopdesk.i18n import N_, for_customers
from shopdesk.messages import actions, buttons, literal, sound_address, text

if TYPE_CHECKING:
    from datetime import timedelta

    from shopdesk.line import Message
    from shopdesk.settings import OpeningHours
    from shopdesk.site.records import Reservation, ReservationState, Wanted

MOST_PEOPLE = 50
LONGEST_NAME, LONGEST_NOTE = 40, 300
_TAKEN = re.compile(r"shopdesk=reserve:(\d{1,18})@(\d{1,11})")
_WEEKDAYS = "月火水木金土日"


def tidied(wanted: Wanted, name: str) -> Wanted:
    """Return a request as it is kept, phone and mail as the customers have theirs; `name` is theirs where they wrote none."""
    return replace(
        wanted,
        name=japanese.tidy(wanted.name) or japanese.tidy(name),
        phone=japanese.phone(wanted.phone) or wanted.phone.strip(),
        mail=japanese.email(wanted.mail) or wanted.mail.strip(),
        note=japanese.clean(wanted.note).strip(),
    )


def wrong(wanted: Wanted, now: datetime, hours: OpeningHours | None, farthest: timedelta, *, known: bool) -> str:
    """Return what has to be changed before it can be taken, '' for nothing; `known` through LINE: then the talk is the way to answer."""
    timely = now < wanted.at <= now + farthest
    rules = (
        (timely, N_("Choose a day and time from now to a year ahead.")),
        # Only then: before the first of all days there is none to be asked for.
        (
            not timely or hours is None or hours.open_at(wanted.at),
            N_("The shop is closed then. Choose another day or time."),
        ),
        (1 <= wanted.people <= MOST_PEOPLE, N_("Write for how many people: 1 to 50.")),
        (0 < len(wanted.name) <= LONGEST_NAME, N_("Write your name, in at most 40 characters.")),
        (not wanted.phone or wanted.phone == japanese.phone(wanted.phone), N_("Look at the phone number again.")),
        (not wanted.mail or sound_address(wanted.mail), N_("Look at the mail address again.")),
        (known or bool(wanted.phone or wanted.mail), N_("Write a phone number or a mail address for the answer.")),
        (len(wanted.note) <= LONGEST_NOTE, N_("The message has at most 300 characters.")),
    )
    return next((said for right, said in rules if not right), "")


def moment(day: str, time: str) -> datetime | None:
    """Return the moment of a day and a time as a form sends them, of Japan; None where they are none."""
    try:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=JAPAN)
    except ValueError:
        return None


def said_at(at: datetime) -> str:
    """Return a moment as guests read it."""
    here = in_japan(at)
    return f"{here.month}月{here.day}日（{_WEEKDAYS[here.weekday()]}）{here:%H:%M}"


def card(one: Reservation) -> dict[str, Any]:
    """Return what the card in the talk holds."""
    offered = in_japan(one.offered_at).isoformat() if one.offered_at else ""
    return {
        "reservation": one.id,
        "at": in_japan(one.wanted.at).isoformat(),
        "people": one.wanted.people,
        "name": one.wanted.name,
        "phone": one.wanted.phone,
        "note": one.wanted.note,
        "state": one.state,
        "offered": offered,
    }


def words_of(wanted: Wanted) -> str:
    """Return what of a request is read in the list of talks, and searched."""
    said = for_customers(N_("Request for a reservation: {when}, {n} people")).format(
        when=said_at(wanted.at), n=wanted.people
    )
    return "\n".join(filter(None, (said, wanted.note)))


def answer(one: Reservation, state: ReservationState, words: str, at: datetime | None) -> list[Message]:
    """Return what a friend is told of their request, before `words` of the shop's own."""
    when, own = said_at(one.offered_at or one.wanted.at), words.strip()
    if state == "offered" and at is not None:
        return [*_own(own), _offer(one, when, at)]
    said = {
        "accepted": N_("It is reserved for you: {when}, {n} people. We look forward to seeing you."),
        "declined": N_("We are sorry: {when} is not possible."),
    }[state]
    filled = for_customers(said).format(when=when, n=one.wanted.people)
    return [text(literal("\n\n".join(filter(None, (filled, own)))))]


def _own(words: str) -> list[Message]:
    return [text(literal(words))] if words else []


def _offer(one: Reservation, when: str, at: datetime) -> Message:
    said = for_customers(N_("{when} is not possible. Would {other} do?")).format(when=when, other=said_at(at))
    other = for_customers(N_("I would like another time"))
    taps = (
        actions.postback(
            for_customers(N_("Take this time")), f"shopdesk=reserve:{one.id}@{int(at.timestamp())}", said_at(at)
        ),
        actions.say(other, other),
    )
    return buttons(said, said, taps)


def taken(data: str) -> tuple[int, datetime] | None:
    """Return the request whose offered time a button takes, and that time; None of another button."""
    found = _TAKEN.fullmatch(data)
    return (int(found[1]), datetime.fromtimestamp(int(found[2]), UTC)) if found else None


def confirmed(one: Reservation | None, at: datetime) -> Message:
    """Return what a friend is told who pressed the button of an offer of that time."""
    if one is None or one.state != "accepted" or one.wanted.at != at:
        return text(for_customers(N_("This offer does not stand any more. Write to us in the talk.")))
    said = for_customers(N_("It is reserved for you: {when}, {n} people. We look forward to seeing you."))
    return text(literal(said.format(when=said_at(one.wanted.at), n=one.wanted.people)))
