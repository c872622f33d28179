"""Which card is meant by what was scanned or typed, and what that proves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from shopdesk import japanese, scancodes
from shopdesk.cards import reading
from shopdesk.cards.refusals import BlankCardError, ExpiredCodeError, NeedsCardNumberError, NotOursError, RevokedError
from shopdesk.cards.tables import ERASED, LIVE, MERGED, CardBlankRow, CardRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.database import Statement
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.records import Proof
    from shopdesk.scancodes import Trace

    Wanted = Trace | int | None
    """What is looked for: a code, a card number, or nothing of ours."""

_NUMBER = re.compile(r"(?:no\.?)?\s*(\d{1,9})", re.IGNORECASE | re.ASCII)
_LAST_DIGITS = re.compile(r"\d{4,11}", re.ASCII)
_WHOLE_NUMBER = 10
_LAST_DIGITS_OR_LESS = re.compile(r"(?:no\.?)?\s*\d{1,11}", re.ASCII | re.IGNORECASE)
_EXAMPLE = 218
_NOBODYS_SECRET = bytes(32)
# A code that was photographed earlier today is said to be too old; an older one might as well be forged.
_SLOTS_KNOWN = 240
_CODE = Statement(
    "SELECT k.card_id, k.revoked_at, c.state FROM card_codes k JOIN cards c ON c.id = k.card_id WHERE k.hash = :hash"
)
_BY_PAGE = Statement(select(CardRow).where(CardRow.page_hash == bindparam("page_hash")))
_MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A live card, what was shown for it, and the passing code's hash: also of one that proves nothing any more."""

    card_id: int
    proof: Proof
    proof_hash: str | None = None


def wanted(typed: str) -> Wanted:
    """Return what is looked for by what a scanner or a person typed."""
    code = scancodes.read(typed)
    return card_number(typed) if code is None else code.trace


def surely(typed: str) -> Trace | int:
    """Return what is looked for where nobody can be looked up: a card's code, or its number with the check digits.

    Raises:
        NeedsCardNumberError: these digits may be a card's number, misread perhaps, or the end of a phone number.
        NotOursError: it is neither a code of a card nor a number.
    """
    code = scancodes.read(typed)
    if code is not None and code.kind in {"card", "passing"}:
        return code.trace
    number = scancodes.read_number(typed)
    if number is not None:
        return number
    if code is None and _LAST_DIGITS_OR_LESS.fullmatch(japanese.nfkc(typed[:40]).strip().replace("-", "")):
        raise NeedsCardNumberError(
            _(
                "Nobody can be looked up just now, and these digits may be anybody's. Scan the card, or type its number with the two "
                "digits behind the hyphen, as in {number}."
            ).format(number=scancodes.printed_number(_EXAMPLE))
        )
    raise NotOursError(_("This is no card of this shop. Scan the card's code, or type the card's number."))


def shown(session: Session, what: Wanted, now: datetime) -> Shown:
    """Return the card of a code or number.

    Raises:
        NotOursError: it is nobody's here.
        RevokedError: it was replaced, or its customer erased.
        ExpiredCodeError: it is a passing code of another time.
        BlankCardError: it is a printed card that nobody has yet.
    """
    if what is None or isinstance(what, int):
        return Shown(living(session, what).id, "static")
    if what.kind == "passing":
        return Shown(_passing(session, what, now), "passing", what.hashed)
    row = _CODE.first(session, hash=what.hashed) if what.kind == "card" else None
    if row is None and what.kind == "card" and session.get(CardBlankRow, what.hashed) is not None:
        raise BlankCardError(_("This card is nobody's yet. Scan it at the counter, and give it to whoever has it."))
    if row is None:
        raise _not_ours()
    if row.revoked_at is not None:
        raise _revoked(row.card_id)
    return Shown(row.card_id if row.state == LIVE else living(session, row.card_id).id, "static")


def noted(session: Session, what: Wanted, at: datetime) -> Shown:
    """Return the card of a code or number that a till noted while it could not look it up. Raises as `shown`, but for ExpiredCodeError.

    Earning needs no proof: whoever says a card's number earns. A passing code that does not hold, by a wrong clock or as a picture of
    an old one, says that number too; it counts as one that was said, and keeps its hash, by which the owner is told.
    """
    try:
        return shown(session, what, at)
    except ExpiredCodeError:
        if not isinstance(what, scancodes.Trace):
            raise
        return Shown(living(session, what.card_number).id, "static", what.hashed)


def card_number(typed: str) -> int | None:
    """Return the card number that somebody typed (218, 00218, No. 218, 00218-26), None where it is none."""
    if "-" in (digits := japanese.nfkc(typed[:40])):
        return scancodes.read_number(digits)
    found = _NUMBER.fullmatch(digits.strip())
    return int(found[1]) if found else None


def living(session: Session, number: int | None) -> CardRow:
    """Return the card of a number, or the one that it was merged into.

    Raises:
        NotOursError: there is none.
        RevokedError: its customer was erased.
    """
    row = None if number is None else session.get(CardRow, number)
    while row is not None and row.state == MERGED:
        row = session.get(CardRow, row.merged_into_id)
    if row is None:
        raise _not_ours()
    if row.state == ERASED:
        raise _revoked(row.id)
    return row


def candidates(session: Session, typed: str, now: datetime) -> list[CardRow]:
    """Return whose card a code, a card number or the last digits of a phone number may be: one at least. Raises as `shown`."""
    others, number = _by_phone(session, typed), scancodes.read_number(typed)
    if number is not None and (row := session.get(CardRow, number)) is not None and row.state != ERASED:
        others.insert(0, living(session, number).id)
    try:
        found = [shown(session, wanted(typed), now).card_id]
    except NotOursError:
        if not others:
            raise
        found = []
    return [session.get_one(CardRow, one) for one in dict.fromkeys([*found, *others])]


def _by_phone(session: Session, typed: str) -> list[int]:
    """Return the cards of customers whose phone number ends with these digits, four at least; the latest visit first."""
    digits = japanese.nfkc(typed[:40]).strip().replace("-", "")
    if not _LAST_DIGITS.fullmatch(digits):
        return []
    if len(digits) >= _WHOLE_NUMBER:
        digits = digits.removeprefix("0")  # numbers are kept with the country's code in its place
    chosen = (
        select(CardRow.id)
        .join(CustomerRow, CustomerRow.id == CardRow.customer_id)
        .where(CardRow.state == LIVE, CustomerRow.phone.endswith(digits, autoescape=True))
        .order_by(CardRow.last_visit_at.desc().nulls_last(), CardRow.id)
    )
    return list(session.scalars(chosen.limit(_MOST_FOUND)))


def by_page(session: Session, key: str) -> CardRow:
    """Return the card of a page's key, or the one that it was merged into.

    Raises:
        NotFoundError: there is none, or its code was replaced.
    """
    row = _BY_PAGE.first(session, page_hash=reading.hash_of_key(key))
    if row is None:
        raise NotFoundError(_("This card is not there any more. Ask the shop for a new one."))
    return row if row.state == LIVE else living(session, row.id)


def _passing(session: Session, code: Trace, now: datetime) -> int:
    """Return the card of a passing code. Whether its number is known makes no difference to how long this takes."""
    row = session.get(CardRow, code.card_number)
    secret = _NOBODYS_SECRET if row is None else row.secret
    slot = scancodes.slot_at(now.timestamp())
    if scancodes.is_passing(code, secret, slot) and row is not None:
        return living(session, row.id).id
    of_another_time = any(
        [scancodes.is_passing(code, secret, one) for one in range(slot - _SLOTS_KNOWN, slot + _SLOTS_KNOWN, 3)]  # noqa: C419
    )
    if of_another_time and row is not None:
        raise ExpiredCodeError(
            _("This code has run out. Ask the customer to open the card on the phone again, and scan the new code."),
            row.id,
        )
    raise _not_ours()


def _not_ours() -> NotOursError:
    return NotOursError(
        _("This is no card of this shop. Look for the customer by card number or phone, or issue a card.")
    )


def _revoked(card_id: int) -> RevokedError:
    return RevokedError(
        _("This card was replaced or given up. Ask for the new one, or look for the customer."), card_id
    )
