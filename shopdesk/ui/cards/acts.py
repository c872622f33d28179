"""What is done to one card from the list: an entry taken back, stamps by hand, a new code for one that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from shopdesk.i18n import _, _n
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.giving import CardGiver
from shopdesk.ui.loyalty.reason import ReasonDialog
from shopdesk.ui.loyalty.words import card_number, stamps
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.cards import Card, Counted, Entry
    from shopdesk.ui.cards.page import CardsPage
    from shopdesk.ui.cards.people import PeopleTab
    from shopdesk.ui.shop_page import Desk


class CardActs(QObject):
    """Asks, does, and says what was done; every write has a nonce of its own, made when it is asked about."""

    def __init__(self, page: CardsPage, desk: Desk, tab: PeopleTab) -> None:
        super().__init__(page)
        self._page, self._shop, self._tasks, self._notices = page, desk.shop, desk.tasks, desk.notices
        self.giver = CardGiver(page, desk)
        pane = tab.pane
        pane.undo_wanted.connect(self.take_back)
        pane.adjust_wanted.connect(self.adjust)
        pane.replace_wanted.connect(self.replace)
        pane.open_wanted.connect(lambda customer: desk.navigator.show_page("customers", customer=customer))

    def take_back(self, entry: Entry) -> None:
        """Take an entry back, with a reason."""
        fact = _("{stamps} of {when}. A coupon that was given for them is taken back unless it was used.").format(
            stamps=stamps(abs(entry.points)), when=when(entry.at, self._shop.clock.now())
        )
        cards, nonce = self._shop.cards, str(uuid4())
        asked = self._ask(ReasonDialog(self._page, _("Take this entry back?"), fact, verb=_("Take it back")))
        if asked is not None:
            self._write(lambda: cards.reverse(entry.id, asked.reason.text(), nonce=nonce), self._taken_back)

    def adjust(self, card: Card) -> None:
        """Add stamps by hand, or take some off, with a reason."""
        fact = _("{number} has {stamps}.").format(number=card_number(card.id), stamps=stamps(card.balance))
        cards, nonce = self._shop.cards, str(uuid4())
        question = _("Add stamps by hand, or take some off")
        asked = self._ask(ReasonDialog(self._page, question, fact, verb=_("Enter it"), points=True))
        if asked is not None:
            points, why = asked.points.value() or 0, asked.reason.text()
            self._write(lambda: cards.adjust(card.id, points, why, nonce=nonce), self._adjusted)

    def _ask(self, dialog: ReasonDialog) -> ReasonDialog | None:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog if accepted else None

    def _write(self, work: Callable[[], Counted], then: Callable[[Counted], object]) -> None:
        self._tasks.run(self, work, then, lane=Lane.WRITE)

    def _taken_back(self, done: Counted) -> None:
        words = _("Taken back; the card has {stamps} now.").format(stamps=stamps(done.balance))
        if done.missing:
            words += " " + _n(
                "{n} stamp had been used already.", "{n} stamps had been used already.", done.missing
            ).format(n=done.missing)
        self._notices.done(words)

    def _adjusted(self, done: Counted) -> None:
        self._notices.done(_("Entered; the card has {stamps} now.").format(stamps=stamps(done.balance)))

    def replace(self, card: Card) -> None:
        """Give a lost card another code and another page, and offer to print it."""
        if not confirm(
            self._page,
            _("Give {number} a new code?").format(number=card_number(card.id)),
            _("Cards printed before and the page on {name}'s phone open nothing any more. The stamps stay.").format(
                name=isolated(card.name) or _("the customer")
            ),
            verb=_("Make a new code"),
            danger=True,
        ):
            return
        cards = self._shop.cards
        self._tasks.run(self, lambda: cards.replace(card.id), self.giver.show, lane=Lane.WRITE)
