"""Proofs of being a customer: a link on a card, a code mailed to the address on file, LINE's own account link.

No answer here says whether a person exists: an unknown address gets the same ticket as a known one, and every proof
that does not hold – wrong, used, too old, somebody else's – is refused in the same words.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy import delete, func, insert, select, update

from shopdesk.customers import in_use, today
from shopdesk.customers.tables import CustomerKeyRow, CustomerRow
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.friends import answers, code_mail, codes
from shopdesk.friends.linking import AlreadyLinkedError, Knot
from shopdesk.friends.records import Card, Ticket, Told
from shopdesk.friends.tables import FriendRow, LinkProofRow
from shopdesk.i18n import _
from shopdesk.japanese import email as mail_address, is_masked_mail
from shopdesk.line import RefusedByLineError, link_token
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.friends.records import Met
    from shopdesk.line import Line, LineEvent
    from shopdesk.mail import Account
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

KEPT = timedelta(days=60)
"""So long a proof stays after it can no longer be used: staff can see that a card was used."""
_STALE = timedelta(minutes=10)
"""Who asked longer ago is not answered any more; they asked again or went away."""


class NoFixedAddressError(ShopDeskError):
    """What would carry our address needs one that stays."""

    code = "no_fixed_address"


class NotReadyError(ShopDeskError):
    """Codes cannot be mailed yet."""

    code = "not_ready"


class Proofs:
    """Gives out proofs and takes them back."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        *,
        line: Line,
        knot: Knot,
        settings: Settings,
        account: Callable[[], Account],
    ) -> None:
        self._database, self._clock, self._staff = database, clock, staff
        self._line, self._knot, self._settings, self._account = line, knot, settings, account

    # Giving out

    def address(self) -> str:
        """Return the fixed public address without a slash at its end. Raises NoFixedAddressError."""
        found = self._settings.fixed_address()
        if not found:
            raise NoFixedAddressError(
                _(
                    "A link needs a fixed public address; a temporary one would soon lead nowhere. Set public_url in the settings first."
                )
            )
        return found

    @needs(Act.EDIT_PEOPLE)
    def make_card(self, customer_id: int) -> Card:
        """Make a link for one customer: for a card, a parcel or a QR code at the counter. It is shown only now.

        Raises:
            NoFixedAddressError: there is nothing a printed link could lead to.
            NotFoundError: there is no such customer.
        """
        address, token = self.address(), codes.new_token()
        until = self._clock.now() + codes.CARD_LASTS
        with self._database.write() as session:
            if session.get(CustomerRow, customer_id) is None:
                raise NotFoundError(_("There is no customer {id}. Search for the person first.").format(id=customer_id))
            self._keep(session, "card", token, customer_id, until)
            self._staff.record(session, "make", "link card", [customer_id])
        return Card(customer_id, f"{address}/link/{token}", codes.typed(token), until)

    @needs(Act.SERVE_PAGE)
    def invite(self, user_id: str) -> str:
        """Return a link, good for ten minutes, with which this friend proves who they are by their mail address.

        Raises:
            NoFixedAddressError, NotReadyError: pages or mail are not set up.
            LineError: LINE gives no token.
        """
        address = self.require_mail()
        return f"{address}/link?{urlencode({'linkToken': link_token(self._line, user_id)})}"

    @needs(Act.SERVE_PAGE)
    def require_mail(self) -> str:
        """Return the address of our pages, where codes can go out by mail. Raises NoFixedAddressError, NotReadyError."""
        address = self.address()
        if not (self._settings.get("mail_address") and self._account().host):
            raise NotReadyError(_("Codes go out by mail. Set up the mail server in the settings, Mail, first."))
        return address

    @needs(Act.SERVE_PAGE)
    def ask_by_mail(self, typed: str) -> Ticket:
        """Make a code for whoever has this address on file; nobody can tell from the ticket whether somebody has.

        The code is not kept, only mailed: `mail` does it, apart from the answer, so that not even the time tells.
        """
        address, now = mail_address(typed) or "", self._clock.now()
        token, code = codes.new_token(), codes.new_code()
        with self._database.write() as session:
            customer = self._of_address(session, address)
            if self._had_enough(session, customer, now):  # asked also of nobody: both take the same time
                customer = None
            known = code if customer is not None else ""
            self._keep(session, "mail", token, customer, now + codes.CODE_LASTS, codes.hashed(token, known))
        return Ticket(token, address if customer is not None else "", code if customer is not None else "")

    @needs(Act.SERVE_PAGE)
    def mail(self, ticket: Ticket) -> None:
        """Mail the code of a ticket; nothing where there is none. Raises MailError, KeyRingError, KeysFileError."""
        if not ticket.to:
            return
        shop, sender = str(self._settings.get("shop_name")), str(self._settings.get("mail_address"))
        letter = code_mail.composed(shop, sender, ticket.to, ticket.code, self._clock.now())
        code_mail.post(self._account(), sender, ticket.to, letter)

    @needs(Act.SERVE_PAGE)
    def redeem(self, ticket: str, code: str) -> str | None:
        """Take a mailed code: return the nonce that stands for the customer with LINE, None where it does not hold.

        Every try counts; after five the ticket is worth nothing, also with the right code.
        """
        now, row = self._clock.now(), LinkProofRow
        nonce = codes.new_token()
        with self._database.write() as session:
            tried = (
                update(row)
                .where(row.key_hash == codes.hashed(ticket), row.kind == "mail", row.outcome == "open")
                .where(row.tries < codes.TRIES, row.until > now)
                .values(tries=row.tries + 1)
                .returning(row.id, row.code_hash, row.customer_id)
            )
            found = session.execute(tried).first()
            if found is None or not hmac.compare_digest(found.code_hash, codes.hashed(ticket, code)):
                return None
            session.execute(update(row).where(row.id == found.id).values(outcome="done"))
            self._keep(session, "account", nonce, found.customer_id, now + codes.CODE_LASTS)
        return nonce

    def _of_address(self, session: Session, address: str) -> int | None:
        """Return whose address on file this is; None where it is nobody's, or a mall's mask that many may have."""
        if not address or is_masked_mail(address):
            return None
        key = CustomerKeyRow
        named = select(CustomerRow.id).join(key, key.customer_id == CustomerRow.id)
        mine = (key.kind == "mail", key.scope == "", key.value == address, CustomerRow.email == address)
        return session.scalar(named.where(*mine, in_use()))

    def _had_enough(self, session: Session, customer_id: int | None, now: datetime) -> bool:
        row = LinkProofRow
        sent = select(func.count()).where(row.customer_id == (customer_id or 0), row.kind == "mail")
        spans = ((timedelta(hours=1), codes.CODES_PER_HOUR), (timedelta(days=1), codes.CODES_PER_DAY))
        return any((session.scalar(sent.where(row.made_at > now - span)) or 0) >= most for span, most in spans)

    def _keep(  # noqa: PLR0917 - the columns
        self, session: Session, kind: str, token: str, customer: int | None, until: datetime, code_hash: str = ""
    ) -> None:
        values = {"kind": kind, "key_hash": codes.hashed(token), "code_hash": code_hash, "customer_id": customer}
        more = {"made_at": self._clock.now(), "until": until, "tries": 0, "outcome": "open", "told": True}
        session.execute(insert(LinkProofRow).values(**values, **more))

    # Taking back

    def apply(self, session: Session, event: LineEvent, friend: Met) -> bool:
        """Take what an event proves or asks for, in the transaction that takes the event; say whether it was about linking."""
        said = event.part("message")
        words = str(said.get("text", "")) if event.kind == "message" and said.get("type") == "text" else ""
        nonce = event.part("link").get("nonce") if event.part("link").get("result") == "ok" else None
        if event.kind == "accountLink" and isinstance(nonce, str):
            self._use(session, "account", nonce, friend, event.at)
        elif token := codes.token_in(words):
            self._use(session, "card", token, friend, event.at)
        elif codes.asks_to_unlink(words):
            self._unlink(session, friend, event.at)
        elif codes.asks_to_link(words) or event.part("postback").get("data") == codes.POSTBACK:
            self._wish(session, friend, event.at)
        else:
            return False
        return True

    def show_card(self, session: Session, token: str, friend: Met, at: datetime) -> bool:
        """Take the link on a card from somebody who signed in with LINE, in the caller's transaction; say whether they are its customer now."""
        self._use(session, "card", token, friend, at)
        proof = session.scalar(select(LinkProofRow).where(LinkProofRow.key_hash == codes.hashed(token)))
        return proof is not None and proof.outcome == "done" and proof.friend_id == friend.friend_id

    def _use(self, session: Session, kind: str, token: str, friend: Met, at: datetime) -> None:
        row = LinkProofRow
        chosen = select(row).where(row.key_hash == codes.hashed(token), row.kind == kind).with_for_update()
        proof = session.scalar(chosen)
        if proof is None or (proof.outcome == "done" and proof.friend_id == friend.friend_id):
            return  # nothing the shop gave out, or sent twice
        if proof.outcome == "open" and at < proof.until and self._tie(session, proof.customer_id, friend):
            proof.outcome, proof.friend_id, proof.told = "done", friend.friend_id, False
            session.flush()
        else:
            self._answer(session, "refused", friend, at)

    def _tie(self, session: Session, customer_id: int | None, friend: Met) -> bool:
        now_is = None if customer_id is None else today(session, customer_id)
        row = session.get(FriendRow, friend.friend_id)
        if now_is is None or row is None:
            return False
        try:
            self._knot.tie(session, row, now_is)
        except (AlreadyLinkedError, NotFoundError):
            return False
        return True

    def _unlink(self, session: Session, friend: Met, at: datetime) -> None:
        row = session.get(FriendRow, friend.friend_id)
        if row is not None and self._knot.untie(session, row):
            self._answer(session, "unlink", friend, at)

    def _wish(self, session: Session, friend: Met, at: datetime) -> None:
        row = LinkProofRow
        open_ = select(row.id).where(row.friend_id == friend.friend_id, row.outcome == "wish", ~row.told)
        if session.scalar(open_) is None and friend.customer_id is None:
            self._answer(session, "wish", friend, at)

    def _answer(self, session: Session, answer: str, friend: Met, at: datetime) -> None:
        """Note that a friend is to be answered although no proof of theirs was used."""
        values = {"kind": "answer", "key_hash": codes.hashed(codes.new_token()), "code_hash": "", "customer_id": None}
        more = {"made_at": at, "until": at + _STALE, "tries": 0, "outcome": answer, "told": False}
        session.execute(insert(LinkProofRow).values(**values, **more, friend_id=friend.friend_id))

    # Answering

    def to_tell(self) -> list[Told]:
        """Return what friends are to be answered, each once. Raises LineError: nobody was noted as answered."""
        row = LinkProofRow
        with self._database.read() as session:
            chosen = select(row.id, row.outcome, row.until, FriendRow.user_id, row.friend_id)
            joined = chosen.join(FriendRow, FriendRow.id == row.friend_id)
            found = session.execute(joined.where(~row.told).order_by(row.id)).all()
        if not found:
            return []
        shop = str(self._settings.get("shop_name"))
        told = [
            Told(one.friend_id, words, linked=one.outcome == "done")
            for one in found
            if (words := self._words(one.outcome, one.until, one.user_id, shop))
        ]
        with self._database.write() as session:
            session.execute(update(row).where(row.id.in_([one.id for one in found])).values(told=True))
        return told

    def _words(self, outcome: str, until: datetime, user_id: str, shop: str) -> str:
        if outcome != "wish":
            return answers.words(outcome, shop)
        if self._clock.now() > until:
            return ""
        try:
            return answers.words("wish", shop, self.invite(user_id))
        except (
            NoFixedAddressError,
            NotReadyError,
            RefusedByLineError,
        ):  # no token for this one: the others are answered
            return answers.words("counter", shop)

    def prune(self) -> None:
        """Let go of what can no longer be used, and has not been for a while."""
        with self._database.write() as session:
            session.execute(delete(LinkProofRow).where(LinkProofRow.until < self._clock.now() - KEPT))
