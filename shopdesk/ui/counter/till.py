"""The till: what it asks of the cards and coupons. Called off the screen's thread; knows no widget.

Whoever is shown gets a nonce for each thing that can be done for them, once. However often a key is pressed, a button clicked or an
answer lost, the same thing is asked for under the same nonce, and done once.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from shopdesk import scancodes
from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.database import OfflineError
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.cards import Card, Counted, Entry, Issued, Noted, Rules
    from shopdesk.coupons import Held, Use
    from shopdesk.scancodes import Kind
    from shopdesk.shop import Shop

Undoable = Literal["visit", "coupon", "noted"]

FRESH = timedelta(seconds=scancodes.SLOT_SECONDS)
"""So long after it was scanned a passing code is still taken for sure."""
UNDO_WITHIN = timedelta(minutes=10)
_MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class Done:
    """Something done at this till today: for whom, what, and whether it can be taken back.

    `id` is the entry's or the use's. A visit that is only noted has its `nonce` instead, and no name; `number` where its card says it.
    """

    kind: Undoable
    id: int
    name: str
    at: datetime
    words: str
    points: int
    undone: bool
    nonce: str = ""
    number: int | None = None

    @classmethod
    def noted(cls, one: Noted) -> Done:
        """Return a visit that waits on this computer."""
        return cls("noted", 0, "", one.at, _("Noted"), 0, one.taken_back, one.nonce, one.card_number)


@dataclass(frozen=True, slots=True)
class Shown:
    """Whoever stands at the counter: the card, or only a coupon's code; what can be done for them.

    `code` is what was scanned, `scanned_at` when: a passing code is good for a short while. `counted_at` is when a visit was counted
    today. `ticket` is the coupon whose own code was scanned, `holder` the name of whoever has it without a card. `done` is the visit
    that was counted since they are shown; `redo` the number of one that can be counted anew with another amount. `picture` is the
    shop's own stamp, where the card has one.
    """

    code: str
    kind: Kind | Literal["typed"]
    scanned_at: datetime
    card: Card | None
    rules: Rules
    visits: int
    counted_at: datetime | None
    coupons: tuple[Held, ...]
    ticket: Held | None = None
    holder: str = ""
    done: Counted | None = None
    redo: int | None = None
    picture: bytes | None = None
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)

    def ask(self, what: str, code: str) -> tuple[str, str]:
        """Return the code and the nonce with which one thing is asked for: those of the first time, each time."""
        return self.asked.setdefault(what, (code, str(uuid.uuid4())))

    @property
    def name(self) -> str:
        """What they are called, '' where that is not known."""
        return self.card.name if self.card is not None else self.holder

    @property
    def wants_yen(self) -> bool:
        """Whether a visit brings nothing without its amount."""
        return bool(self.rules.per_yen) and not self.rules.per_visit

    @property
    def is_counted(self) -> bool:
        """Whether another visit is not to be counted: it is done, or the rules take one a day."""
        return self.done is not None or (self.rules.once_a_day and self.counted_at is not None)

    def is_fresh(self, now: datetime) -> bool:
        """Say whether the code that was scanned is still taken for handing something over."""
        return self.kind == "passing" and now - self.scanned_at < FRESH


class Till:
    """What one till asks the shop. `name` is how staff call it."""

    only_notes = False
    """Whether visits are noted and nothing else is done."""

    def __init__(self, shop: Shop, name: str) -> None:
        self._shop = shop
        self.name = name
        self._pictures: dict[str, bytes] = {}
        self._last_read: list[Done] = []

    def look(self, typed: str) -> Shown | list[Card]:
        """Return whose card or coupon this is; several cards where a phone's last digits fit them.

        Raises:
            CardRefusedError, CouponError: it is nobody's, or not taken; each by its own code.
            OfflineError: the data cannot be reached; of a card, a visit can be noted.
        """
        code = scancodes.read(typed)
        if code is not None and code.kind == "coupon":
            return self._with_coupon(code.digits)
        try:
            found = self._shop.cards.find(typed, till=self.name)
        except OfflineError:
            self._shop.cards.offline.require_sure(typed)
            raise
        if len(found) > 1:
            return found
        return self._person(found[0], code.digits if code else str(found[0].id), code.kind if code else "typed")

    def choose(self, card: Card) -> Shown:
        """Return the person of one of several cards."""
        return self._person(card, str(card.id), "typed")

    def again(self, shown: Shown, done: Counted | None = None) -> Shown:
        """Return the same person as they are now, `done` counted for them; what was asked for them before is not asked anew."""
        if shown.card is None:
            raise ValueError("only somebody with a card is shown again")
        counted = done or shown.done
        now_ = self._person(self._shop.cards.get(shown.card.id), shown.code, shown.kind, shown.scanned_at, counted)
        return replace(now_, asked=shown.asked)

    def count(self, shown: Shown, yen: int | None) -> Counted | Noted:
        """Count a visit, or note it where the data cannot be reached; one that can be counted anew is, with this amount.

        An old passing code makes way for the card's number, which is enough for earning.
        """
        if shown.card is None:
            raise ValueError("only a card counts visits")
        if shown.redo is not None and yen is not None:
            _entry, nonce = shown.ask(f"visit {shown.redo} with {yen}", "")
            return self._shop.cards.recount(shown.redo, yen, _("Wrong amount"), till=self.name, nonce=nonce)
        if shown.done is not None:
            return replace(shown.done, repeated=True)
        fresh = shown.kind == "card" or shown.is_fresh(self._shop.clock.now())
        typed, nonce = shown.ask("visit", shown.code if fresh else str(shown.card.id))
        try:
            return self._shop.cards.scan(typed, visits=1, yen=yen, till=self.name, nonce=nonce)
        except OfflineError:
            said = typed if fresh else scancodes.printed_number(shown.card.id)
            return self.note(said, nonce, yen)

    def note(self, typed: str, nonce: str, yen: int | None = None) -> Noted:
        """Note a visit on this computer: the data cannot be reached. Raises NotOursError."""
        return self._shop.cards.offline.note(typed, visits=1, yen=yen, till=self.name, nonce=nonce)

    def noted(self) -> int:
        """Return how many visits are noted on this computer and not counted yet."""
        return self._shop.cards.offline.waiting()

    def use(self, shown: Shown, held: Held, yen: int | None) -> Use:
        """Use a coupon or hand a reward over, against what was scanned."""
        code, nonce = shown.ask(f"coupon {held.ticket_id}", shown.code)
        if shown.ticket is not None and shown.ticket.ticket_id == held.ticket_id:
            return self._shop.coupons.redeem(code, till=self.name, nonce=nonce, sale_yen=yen)
        return self._shop.cards.hand_over(code, held.ticket_id, till=self.name, nonce=nonce, sale_yen=yen)

    def needs_code(self, shown: Shown, held: Held) -> bool:
        """Say whether the customer's phone has to be scanned (again) before this can be used."""
        own = shown.ticket is not None and shown.ticket.ticket_id == held.ticket_id
        on_paper = shown.rules.paper_rewards and shown.kind in {"card", "typed"}
        return not (own or on_paper or shown.is_fresh(self._shop.clock.now()))

    def recent(self) -> list[Done]:
        """Return what was done at this till today, the newest first. While the data cannot be reached it is what was read last."""
        since = start_of_japan_day(japan_day(self._shop.clock.now()))
        with suppress(OfflineError):
            self._last_read = self._counted(since)
        known = [one for one in self._last_read if one.at >= since]
        return sorted(self.noted_since(since) + known, key=lambda one: one.at, reverse=True)[:_MOST_RECENT]

    def noted_since(self, since: datetime) -> list[Done]:
        """Return the visits that wait on this computer, noted at this till since a moment."""
        return [Done.noted(one) for one in self._shop.cards.offline.noted(self.name, since, _MOST_RECENT)]

    def _counted(self, since: datetime) -> list[Done]:
        visits = [
            Done("visit", one.entry_id, one.name, one.at, "", one.points, one.reversed)
            for one in self._shop.cards.at_till(self.name, since, _MOST_RECENT)
        ]
        uses = [
            Done("coupon", one.id, self._name_of(one.customer_id), one.at, one.name, 0, one.undone_at is not None)
            for one in self._shop.coupons.uses_at(self.name, since, _MOST_RECENT)
        ]
        return visits + uses

    def take_back(self, done: Done, reason: str) -> Counted | None:
        """Take back what was done at this till within ten minutes; return what that did to a card. Raises TooLateError, InvalidInputError."""
        if done.kind == "noted":
            self._shop.cards.offline.take_back(done.nonce, reason, till=self.name)
            return None
        if done.kind == "visit":
            return self._shop.cards.void(done.id, reason, till=self.name)
        self._shop.coupons.undo(done.id, why=reason, till=self.name)
        return None

    def new_card(self, nickname: str) -> tuple[Issued, str]:
        """Give a card to somebody who is not known; return it and the address that makes them a friend, '' for none."""
        return self._shop.card_on_the_spot(nickname)

    def take_blank(self, code: str, nickname: str) -> Shown | list[Card]:
        """Give a printed card that is nobody's yet to somebody, and return them. Raises BlankTakenError."""
        self._shop.cards.blanks.give(code, nickname)
        return self.look(code)

    def _person(
        self,
        card: Card,
        code: str,
        kind: Kind | Literal["typed"],
        scanned_at: datetime | None = None,
        done: Counted | None = None,
    ) -> Shown:
        visits, rules = self._shop.cards.visits(card.customer_id), self._shop.cards.design.rules()
        shown = Shown(
            code,
            kind,
            scanned_at or self._shop.clock.now(),
            card,
            rules,
            visits.total,
            visits.today.at if visits.today else None,
            tuple(self._shop.coupons.held_by(card.customer_id)),
            done=done,
            picture=self._picture(rules),
        )
        return replace(shown, redo=visits.today.id if visits.today and self._can_redo(shown, visits.today) else None)

    def _can_redo(self, shown: Shown, visit: Entry) -> bool:
        """Say whether a visit of today may be counted anew from here: the amount matters, and it can be taken back."""
        own = (visit.till, visit.actor) == (self.name, self._shop.staff.actor.name)
        return (
            own and shown.is_counted and bool(shown.rules.per_yen) and self._shop.clock.now() - visit.at <= UNDO_WITHIN
        )

    def _picture(self, rules: Rules) -> bytes | None:
        """Return the shop's own stamp; it is read once, its name says what is in it."""
        if rules.stamp != "picture" or not rules.picture:
            return None
        if rules.picture not in self._pictures:
            self._pictures = {rules.picture: self._shop.cards.design.picture(rules.picture)[1]}
        return self._pictures[rules.picture]

    def _with_coupon(self, digits: str) -> Shown:
        held = self._shop.coupons.look(digits)
        now, rules = self._shop.clock.now(), self._shop.cards.design.rules()
        try:
            card = None if held.customer_id is None else self._shop.cards.card_of(held.customer_id)
        except NotFoundError:
            card = None
        if card is None:
            return Shown(digits, "coupon", now, None, rules, 0, None, (held,), held, self._name_of(held.customer_id))
        person = self._person(card, digits, "coupon", now)
        others = tuple(one for one in person.coupons if one.ticket_id != held.ticket_id)
        return replace(person, coupons=(held, *others), ticket=held)

    def _name_of(self, customer_id: int | None) -> str:
        return "" if customer_id is None else self._shop.cards.called(customer_id)
