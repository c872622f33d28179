"""Linking a customer with a LINE friend by hand: the likely ones first, the others by searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.japanese import fold
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.days import short_day
from shopdesk.ui.widgets import (
    Avatar,
    Button,
    ErrorState,
    Prose,
    Row,
    Run,
    Search,
    Skeleton,
    clear,
    elided,
    hbox,
    holder,
    label,
    line,
    link,
    scroller,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.customers import Customer
    from shopdesk.friends import Friend, Friends
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

SHOWN = 30
EACH = 60


def likely(friends: Friends, name: str, limit: int = SHOWN) -> list[Friend]:
    """Return friends nobody is linked with, those whose LINE name has most of this name first. Never a proof."""
    words = [fold(word) for word in name.split()] or [fold(name)]
    found: dict[int, Friend] = {}
    for part in (name, *name.split()):
        found.update((one.id, one) for one in friends.page(linked=False, text=part, limit=EACH))
    found.update((one.id, one) for one in friends.page(linked=False, limit=limit))
    return sorted(found.values(), key=lambda one: (-sum(w in fold(one.name) for w in words), -one.id))[:limit]


class LinkView(QWidget):
    """`chosen` carries the LINE user id; `card_wanted` when the person is to do it; `left` when nothing is to be linked."""

    chosen = Signal(str)
    left = Signal()
    card_wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, sentence: Callable[[Exception], str]) -> None:
        super().__init__()
        self._shop, self._tasks, self._sentence = shop, tasks, sentence
        self._name = ""
        self.search = Search(_("Search LINE names"), width="")
        self.search.searched.connect(lambda _text: self._read())
        self._who = Prose(role="section")
        self._hint = Prose(
            _("LINE names are what people call themselves. Link only whom you are sure of; it can be undone."),
            role="caption",
            tone="text_3",
        )
        self.rows = vbox()
        self._error = ErrorState()
        self._error.again.connect(self._read)
        self._error.hide()
        back = link(_("Back to the person"), self.left.emit)
        head = vbox(hbox(back, ...), "s1", self._who, self._hint, "s3", self.search, margin=("s4", "s4", "s4", "s3"))
        self.card = Button(
            _("Make a link with a QR code"), icon="qr-code", size="control_small", does=self.card_wanted.emit
        )
        about = Prose(_("Or let the person do it, on their own phone."), role="caption", tone="text_3")
        foot = vbox(about, "s2", hbox(self.card, ...), margin=("s4", "s3", "s4", "s4"))
        self.setLayout(vbox(head, line(), self._error, (scroller(vbox(self.rows, ...)), 1), line(), foot))

    def show_person(self, customer: Customer) -> None:
        """Offer friends for another customer."""
        self._name = called_in_full(customer)
        self._who.set_runs(Run(_("Who on LINE is {name}?").format(name=self._name), bold=True))
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        clear(self.rows)
        self.rows.addWidget(_fixed(Skeleton(4)))
        self._read()
        self.search.setFocus()

    def _read(self) -> None:
        text, name, friends = self.search.text().strip(), self._name, self._shop.friends
        self._error.hide()

        def work() -> list[Friend]:
            return friends.page(linked=False, text=text, limit=SHOWN) if text else likely(friends, name)

        self._tasks.run(self, work, self._show, failed=self._failed, key="friends")

    def _failed(self, error: Exception) -> None:
        clear(self.rows)
        self._error.say(self._sentence(error))
        self._error.show()

    def _show(self, friends: list[Friend]) -> None:
        clear(self.rows)
        for friend in friends:
            self.rows.addWidget(self._row(friend))
        if not friends:
            words = (
                _("No LINE friend without a customer has this name.")
                if self.search.text().strip()
                else _("No LINE friend waits for a customer. Fetch the friends from LINE in the settings.")
            )
            self.rows.addWidget(holder(vbox(Prose(words, role="small", tone="text_2"), margin="s4")))

    def _row(self, friend: Friend) -> QWidget:
        now = self._shop.clock.now()
        since = _("since {day}").format(day=short_day(friend.since, now)) if friend.since else _("from before")
        words = vbox(..., elided(friend.name or friend.user_id, bold=True), label(since, "caption", "text_3"), ...)
        button = Button(_("Link"), size="control_small", does=lambda: self.chosen.emit(friend.user_id))
        button.setAccessibleName(_("Link with {name}").format(name=friend.name or friend.user_id))
        return Row(Avatar(friend.name), (words, 1), button)


def _fixed(skeleton: Skeleton) -> QWidget:
    skeleton.setMinimumHeight(180)
    return skeleton
