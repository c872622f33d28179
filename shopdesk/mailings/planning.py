"""The dry run of a mail: who gets it, who does not and why, what one would read, what stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.mailings import recipients
from shopdesk.mailings.records import MailPlan
from shopdesk.mailings.states import with_sentences
from shopdesk.messages import Letter, MessageError, Own, Sender, asked, card_values, check_letter, missing, worded

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from shopdesk.mailings.capping import Capped


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan goes by: who the shop is, whether it has a server, whether links are counted, the cap, and the end of quiet hours."""

    sender: Sender
    has_server: bool
    counts: bool
    capped: Capped | None
    quiet_until: datetime | None


def plan(session: Session, people: Select[Any], letter: Letter, terms: Terms) -> MailPlan:
    """Return the dry run of a letter to those of `people` who may get it."""
    who = recipients.chosen(session, people, terms.capped)
    found = select(recipients.CUSTOMER.id, recipients.CUSTOMER.name).where(
        recipients.CUSTOMER.id.in_(who.customers[:1])
    )
    reader = session.execute(found).one_or_none()
    wrong, lacks = (*wrong_letter(letter), *uncountable(terms)), lacking(terms)
    return MailPlan(
        len(who.customers),
        with_sentences(who.left_out),
        "" if wrong_letter(letter) else _sample(session, letter, terms.sender, reader),
        (*wrong, *lacks),
        lacks,
        _notes(terms),
    )


def wrong_letter(letter: Letter) -> tuple[str, ...]:
    """Return what is wrong with a letter itself, as a sentence; nothing where it can be sent."""
    try:
        check_letter(letter)
    except MessageError as error:
        return (error.message,)
    return ()


def uncountable(terms: Terms) -> tuple[str, ...]:
    """Return why links cannot be counted although they are to be, as a sentence."""
    if not terms.counts or terms.sender.pages:
        return ()
    return (_("Links can be counted once the shop has a fixed public address. Set one, or do not count the links."),)


def lacking(terms: Terms) -> tuple[str, ...]:
    """Return which settings are missing, as sentences."""
    lacks, found = missing(terms.sender), []
    if lacks:
        said = _("The law asks for this in every mail: {what}. Enter it in the mail settings.")
        found.append(said.format(what="、".join(lacks)))
    if not terms.has_server:
        found.append(_("There is no mail server yet. Enter it in the mail settings."))
    return tuple(found)


def _sample(session: Session, letter: Letter, sender: Sender, reader: Row[int, str] | None) -> str:
    id_, name = reader or (0, "")
    own = Own(card_values(session, asked(letter), [id_]).get(id_, {}))
    read = worded(letter, sender, name, own)
    return f"{read.subject}\n\n{read.text}"


def _notes(terms: Terms) -> tuple[str, ...]:
    if terms.quiet_until is None:
        return ()
    said = _("Quiet hours: the mails wait too and go on by themselves at {time}.")
    return (said.format(time=f"{in_japan(terms.quiet_until):%H:%M}"),)
