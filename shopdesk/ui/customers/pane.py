"""One person beside the list: everything known, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.customers.facts import Facts, Tags
from shopdesk.ui.customers.history import History
from shopdesk.ui.customers.linking import LinkView
from shopdesk.ui.customers.loyalty import Loyalty
from shopdesk.ui.customers.more import More
from shopdesk.ui.customers.twins import TwinsView
from shopdesk.ui.customers.who import Sums, Who
from shopdesk.ui.widgets import Banner, ErrorState, Skeleton, holder, scroller, vbox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers import Duplicate
    from shopdesk.shop import Shop
    from shopdesk.ui.customers.file import PersonFile
    from shopdesk.ui.tasks import Tasks


class Pane(QFrame):
    """Shows a `PersonFile`; the parts say by signals what is wanted. `again` when reading failed and is to be tried anew."""

    again = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, sentence: Callable[[Exception], str]) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._shop = shop
        self.file: PersonFile | None = None
        self.who, self.sums, self.tags, self.facts, self.more = Who(), Sums(), Tags(), Facts(), More()
        self.loyalty = Loyalty()
        self.history = History(shop.clock)
        self.linking, self.twins = LinkView(shop, tasks, sentence), TwinsView()
        self.twins_found: Sequence[Duplicate] = ()
        self._twin_banner = Banner("info", "", action=_("Compare"), does=self.compare, below=True)
        self._twin_hint = holder(vbox(self._twin_banner, margin=("s4", "s3", "s4", "")))
        self._twin_hint.hide()
        self._error = ErrorState()
        self._error.again.connect(self.again)
        below = vbox(
            self.sums,
            self._twin_hint,
            vbox(
                self.tags,
                "s2",
                self.facts,
                "label_gap",
                self.loyalty,
                "label_gap",
                self.more,
                margin=("s4", "s4", "s4", "s3"),
            ),
            self.history,
            ...,
        )
        self._person = holder(vbox(self.who, (scroller(below), 1)))
        self._stack = QStackedWidget()
        self._waiting = Skeleton(6)
        for part in (self._waiting, self._person, self.linking, self.twins, self._error):
            self._stack.addWidget(part)
        self.setLayout(vbox(self._stack))
        self.linking.left.connect(self.show_person)
        self.twins.left.connect(self.show_person)
        self.who.link_wanted.connect(self.link)

    def wait(self) -> None:
        """Show that somebody else is on the way."""
        self.file = None
        self._stack.setCurrentWidget(self._waiting)

    def show_file(self, file: PersonFile) -> None:
        """Show a person, or the same one anew."""
        same = self.file is not None and self.file.customer.id == file.customer.id
        self.file = file
        self.who.show_file(file)
        self.sums.show_customer(file.customer, self._shop.clock.now())
        self.tags.show_tags(file.customer.tags, file.tags)
        self.facts.show_file(file)
        self.loyalty.show_file(file)
        self.more.show_file(file, self._shop.clock.now())
        self.history.show_file(file)
        if not same:
            self._twin_hint.hide()
            self.twins_found = ()
        if not same or self._stack.currentWidget() in {self._waiting, self._error}:
            self.show_person()

    def show_error(self, sentence: str) -> None:
        """Say why a person cannot be shown."""
        self.file = None
        self._error.say(sentence)
        self._stack.setCurrentWidget(self._error)

    def show_twins(self, found: Sequence[Duplicate]) -> None:
        """Say that somebody may be here twice."""
        self.twins_found = found
        self._twin_hint.setVisible(bool(found))
        words = _n("{n} other entry may be the same person.", "{n} other entries may be the same person.", len(found))
        self._twin_banner.say(words.format(n=len(found)))
        if self._stack.currentWidget() is self.twins:
            self.compare()

    def show_person(self) -> None:
        """Show the person, not what was done with them."""
        self._stack.setCurrentWidget(self._person)

    def link(self) -> None:
        """Offer LINE friends for the person."""
        if self.file is not None:
            self._stack.setCurrentWidget(self.linking)
            self.linking.show_person(self.file.customer)

    def compare(self) -> None:
        """Show who may be the same person."""
        if self.file is not None:
            self.twins.show_twins(self.file.customer, self.twins_found)
            self._stack.setCurrentWidget(self.twins)

    def back(self) -> bool:
        """Go one step back inside the pane; False when the person itself is at the front."""
        if self._stack.currentWidget() in {self.linking, self.twins}:
            self.show_person()
            return True
        return False
