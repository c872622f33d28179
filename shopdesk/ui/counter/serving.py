"""What happens between a scan and its result: one person at a time, one act at a time, each asked for once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from shopdesk import scancodes
from shopdesk.cards import BlankCardError, Counted, Noted
from shopdesk.database import OfflineError
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.counter import outcomes, refusals
from shopdesk.ui.counter.errands import Errands
from shopdesk.ui.counter.last_scan import LastScan
from shopdesk.ui.counter.offers import title
from shopdesk.ui.counter.recent import what, who
from shopdesk.ui.counter.serving_screens import Screens
from shopdesk.ui.counter.till import Done, Shown
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.cards import Card, Issued
    from shopdesk.clock import Clock
    from shopdesk.coupons import Held, Use
    from shopdesk.ui.counter.outcomes import Outcome
    from shopdesk.ui.counter.sounds import Sounds
    from shopdesk.ui.counter.till import Till
    from shopdesk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A coupon that waits for the customer's phone."""

    card_id: int
    held: Held
    yen: int | None


class Serving(QObject):
    """Asks the till, and brings the screen that fits to the front.

    `shows` carries a screen; `waits` whether an answer takes long; `badge` the code of a member of the staff.
    """

    shows = Signal(object)
    waits = Signal(bool)
    badge = Signal(str)

    def __init__(self, till: Till, tasks: Tasks, clock: Clock, sounds: Sounds) -> None:
        super().__init__()
        self.till, self._tasks, self._clock, self._sounds = till, tasks, clock, sounds
        self.screens = Screens(only_notes=till.only_notes)
        self._shown: Shown | None = None
        self._wanted: _Wanted | None = None
        self._last_done: Done | None = None
        self._blank = ""
        self._onwards: Callable[[], object] = self.next_customer
        self._last_scan = LastScan()
        self._errands = Errands(tasks)
        self._errands.waits.connect(self.waits)
        self._connect()

    def _connect(self) -> None:
        s = self.screens
        s.waiting.look.connect(self._look)
        s.waiting.new_card.connect(partial(self._ask_name, ""))
        s.waiting.recent.undo.connect(self._ask_why)
        s.choosing.chosen.connect(self._choose)
        s.person.count.connect(self._count)
        s.person.use.connect(self._use)
        s.result.onwards.connect(self._go_on)
        s.result.stepped_back.connect(self._back_to_person)
        s.result.undo.connect(lambda: self._ask_why(self._last_done))
        s.undoing.confirmed.connect(self._take_back)
        s.walk_in.made.connect(self._make_card)
        s.walk_in.opened.connect(self._look)
        for one in (s.choosing, s.person, s.undoing, s.walk_in):
            one.closed.connect(self.next_customer)

    def _go_on(self) -> None:
        self._onwards()

    # Scans

    def scan(self, text: str) -> None:
        """Take what a scanner or the camera read."""
        if self._errands.acting or not self._last_scan.differs(text):
            return
        code = scancodes.read(text)
        if code is None:
            self.say(outcomes.not_a_code())
        elif code.kind == "staff":
            self.badge.emit(code.digits)
        else:
            self._sounds.play("read")
            self._look(code.digits)

    def next_customer(self) -> None:
        """Let the person go and wait for the next one."""
        self._shown = self._wanted = None
        self.screens.waiting.come()
        self.shows.emit(self.screens.waiting)
        self.refresh()

    def refresh(self) -> None:
        """Read again what was done at this till today."""

        def then(done: list[Done]) -> None:
            self.screens.waiting.recent.show_done(done, self._clock.now())

        self._tasks.run(self, self.till.recent, then, failed=lambda _error: None, lane=Lane.READ, key="recent")

    def say(self, outcome: Outcome) -> None:
        """Say something that is no answer of the till's."""
        self._end(outcome, _("Next customer"), self.next_customer)

    def forget(self) -> None:
        """Leave nothing of anybody on the screen: somebody locks the counter."""
        self._shown = self._wanted = self._last_done = None
        self._last_scan.forget()

    # Looking

    def _look(self, typed: str) -> None:
        self._errands.look(partial(self.till.look, typed), self._found, partial(self._not_looked_up, typed))

    def _not_looked_up(self, typed: str, error: Exception) -> None:
        """Offer what can be done with what was typed: a name for a blank card, a number put right, a visit noted without the data."""
        if isinstance(error, BlankCardError):
            self._ask_name(typed)
            return
        if refusals.is_nobodys_number(typed, error):
            self._end(outcomes.not_found(typed), _("Back to the number"), partial(self._type_again, typed))
            return
        code = scancodes.read(typed)
        if not isinstance(error, OfflineError) or (code is not None and code.kind == "coupon"):
            self._refuse(error)
            return
        work = partial(self.till.note, typed, str(uuid.uuid4()))
        self._end(outcomes.out_of_reach(), _("Note 1 visit"), lambda: self._act(work, self._noted))

    def _type_again(self, typed: str) -> None:
        self.next_customer()
        self.screens.waiting.number.type(typed)

    def _noted(self, done: Noted) -> None:
        self._shown, self._last_done = None, Done.noted(done)
        self._end(outcomes.noted(done, self.till.noted()), _("Next customer"), self.next_customer, undoes=True)

    def _choose(self, card: Card) -> None:
        self._errands.look(partial(self.till.choose, card), self._found, self._refuse)

    def _found(self, found: Shown | list[Card]) -> None:
        if not isinstance(found, Shown):
            self.screens.choosing.show_cards(found, self._clock.now())
            self.shows.emit(self.screens.choosing)
            return
        wanted, self._wanted = self._wanted, None
        self._shown = found
        if wanted is not None and found.card is not None and found.card.id == wanted.card_id:
            self._use(wanted.held, wanted.yen)
        elif found.ticket is not None and found.ticket.refusal[0]:
            self._end(refusals.unusable(found.ticket, self._clock.now()), _("Next customer"), self.next_customer)
        else:
            self._show_person(found)

    def _show_person(self, shown: Shown) -> None:
        self._shown = shown
        self.screens.person.show_person(shown, self._clock.now())
        self.shows.emit(self.screens.person)

    def _back_to_person(self) -> None:
        self._wanted = None
        if self._shown is not None:
            self._show_person(self._shown)
        else:
            self.next_customer()

    # Acts

    def _count(self, yen: int | None) -> None:
        shown = self._shown
        if shown is None or shown.card is None or self._errands.acting:
            return

        def then(answer: tuple[Counted | Noted, Shown]) -> None:
            done, self._shown = answer
            if isinstance(done, Noted):
                self._noted(done)
                return
            names = [
                title(one.coupon) for one in self._shown.coupons if one.ticket_id in {r.ticket_id for r in done.rewards}
            ]
            self._last_done = Done("visit", done.entry_id, self._shown.name, done.at, "", done.points, undone=False)
            said = outcomes.counted(done, self._shown.rules, names)
            self._end(said, _("Next customer"), self.next_customer, undoes=not done.repeated)

        self._act(partial(self._and_again, partial(self.till.count, shown, yen), shown), then)

    def _use(self, held: Held, yen: int | None) -> None:
        shown = self._shown
        if shown is None or self._errands.acting:
            return
        if shown.card is not None and self.till.needs_code(shown, held):
            self._wanted = _Wanted(shown.card.id, held, yen)
            self._last_scan.forget()  # the same card may be scanned again at once
            self._end(outcomes.wants_code(held, title(held.coupon)), _("Back to the person"), self._back_to_person)
            return

        def then(answer: tuple[Use, Shown]) -> None:
            use, self._shown = answer
            self._last_done = Done("coupon", use.id, self._shown.name, use.at, use.name, 0, undone=False)
            onwards = (_("Next customer"), self.next_customer)
            if self._shown.card is not None and self._shown.counted_at is None:
                onwards = (_("On to the visit"), self._back_to_person)
            self._end(outcomes.used(use, title(held.coupon)), *onwards, undoes=not use.again)

        work = partial(self._and_again, partial(self.till.use, shown, held, yen), shown)
        self._errands.act(work, then, partial(self._not_used, held))

    def _and_again(self, act: Callable[[], Any], shown: Shown) -> tuple[Any, Shown]:
        """Do something for a person, and look at them anew. What was done stays done where looking fails."""
        done = act()
        try:
            if shown.card is None:
                return done, replace(shown, coupons=())
            return done, self.till.again(shown, done if isinstance(done, Counted) else None)
        except ShopDeskError:
            return done, shown

    def _ask_why(self, done: Done | None) -> None:
        if done is not None:
            self.screens.undoing.show_done(done)
            self.shows.emit(self.screens.undoing)

    def _take_back(self, done: Done, reason: str) -> None:
        def then(counted: Counted | None) -> None:
            self._shown = self._last_done = None
            self._end(
                outcomes.taken_back(f"{who(done)}・{what(done)}", counted),
                _("Next customer"),
                self.next_customer,
            )

        self._act(partial(self.till.take_back, done, reason), then)

    def _ask_name(self, blank: str) -> None:
        """Ask for whom a card is: a new one, or the printed one of this code that is nobody's yet."""
        self._blank = blank
        self.screens.walk_in.begin(printed=bool(blank))
        self.shows.emit(self.screens.walk_in)

    def _make_card(self, nickname: str) -> None:
        def then(made: tuple[Issued, str]) -> None:
            self.screens.walk_in.show_card(*made)
            self._sounds.play("success")

        if self._blank:
            self._act(partial(self.till.take_blank, self._blank, nickname), self._found)
        else:
            self._act(partial(self.till.new_card, nickname), then)

    def _act(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        self._errands.act(work, then, self._refuse)

    # Answers

    def _refuse(self, error: Exception) -> None:
        self._say_refused(error, refusals.refused(error), back=not refusals.is_refusal(error))

    def _not_used(self, held: Held, error: Exception) -> None:
        """Say why a coupon is not taken; whoever has a card is still here, and so is their visit."""
        has_card = self._shown is not None and self._shown.card is not None
        said = refusals.not_used(error, held, self._clock.now())
        self._say_refused(error, said, back=has_card or not refusals.is_refusal(error))

    def _say_refused(self, error: Exception, said: Outcome, *, back: bool) -> None:
        if not isinstance(error, ShopDeskError):
            self._tasks.default_failed(error)
        if self._shown is not None and back:
            self._end(said, _("Back to the person"), self._back_to_person)
        else:
            self._end(said, _("Next customer"), self.next_customer)

    def _end(self, outcome: Outcome, onwards: str, does: Callable[[], object], *, undoes: bool = False) -> None:
        self._onwards = does
        self.screens.result.show_outcome(outcome, onwards, self._shown, undoes=undoes)
        self.shows.emit(self.screens.result)
        self._sounds.play(outcome.sound)
