"""Pairs of entries that may be one person: compared, put together, or told apart for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.customers.sides import field_titles, sums_of, words_of
from shopdesk.ui.customers.twins import alike_words
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Badge,
    Button,
    Card,
    EmptyState,
    ErrorState,
    Flow,
    Frame,
    Header,
    Prose,
    Skeleton,
    clear,
    elided,
    hbox,
    holder,
    label,
    link,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers import Customer, Pair
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

ASKED, SHOWN = 200, 20


class DoublesView(QWidget):
    """`merge_wanted` and `distinct_wanted` carry the two customers, `open_wanted` the number of one."""

    merge_wanted = Signal(object, object)
    distinct_wanted = Signal(object, object)
    open_wanted = Signal(int)
    left = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, sentence: Callable[[Exception], str]) -> None:
        super().__init__()
        self._shop, self._tasks, self._sentence = shop, tasks, sentence
        self._pairs: Sequence[Pair] = ()
        self._shown = SHOWN
        self.header = Header(_("May be the same person"), " ", crumb=_("Customers"), back=self.left.emit)
        self.rows = vbox(gap="s3")
        self._more = link(_("Show more pairs"), self._show_more)
        self.empty = EmptyState(
            "users",
            _("No two entries look like one person"),
            _("Entries with the same phone, mail or name and postal code are listed here after each import."),
            Button(_("Back to the customers"), does=self.left.emit),
        )
        self._error, self._waiting = ErrorState(), Skeleton(6)
        self._error.again.connect(self.read)
        self._stack = QStackedWidget()
        self._list = holder(vbox(self.rows, "s3", hbox(self._more, ...), ...))
        for part in (self._waiting, self._list, self.empty, self._error):
            self._stack.addWidget(part)
        self.setLayout(vbox((Frame(self.header, (self._stack, 1)), 1)))

    def read(self) -> None:
        """Look through the whole shop again; what is shown stays until the answer is here."""
        customers = self._shop.customers

        def all_of_them(first: Sequence[Pair]) -> None:
            if first and not self._pairs:
                self.show_pairs(first)
            self._tasks.run(
                self, lambda: customers.doubles.to_decide(ASKED), self.show_pairs, failed=self._failed, key="pairs"
            )

        quick = lambda: customers.doubles.to_decide(ASKED, by_phone=True)  # noqa: E731
        self._tasks.run(self, quick, all_of_them, failed=self._failed, key="pairs")

    def _failed(self, error: Exception) -> None:
        self._error.say(self._sentence(error))
        self._stack.setCurrentWidget(self._error)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these pairs, the likeliest first."""
        self._pairs = pairs
        words = _n(
            "{n} pair to decide on, the likeliest first.", "{n} pairs to decide on, the likeliest first.", len(pairs)
        )
        if len(pairs) == ASKED:
            words = _("The {n} likeliest pairs; further ones come up when these are decided.")
        self.header.say(_("May be the same person"), words.format(n=len(pairs)) if pairs else " ")
        clear(self.rows)
        for pair in pairs[: self._shown]:
            self.rows.addWidget(self._row(pair))
        self._more.setVisible(len(pairs) > self._shown)
        self._stack.setCurrentWidget(self._list if pairs else self.empty)

    def _show_more(self) -> None:
        self._shown += SHOWN
        self.show_pairs(self._pairs)

    def _row(self, pair: Pair) -> QWidget:
        words = alike_words()
        badges = Flow(*(Badge(words.get(one, one), "info") for one in pair.alike), gap="label_gap")
        merge = Button(_("Put together…"), "accent", does=partial(self.merge_wanted.emit, pair.one, pair.other))
        apart = Button(_("Two people"), does=partial(self.distinct_wanted.emit, pair.one, pair.other))
        for button in (merge, apart):
            button.setAccessibleName(f"{button.words()} {called_in_full(pair.one)}")
        head = hbox((badges, 1), apart, merge)
        return Card(head, "s3", self._compared(pair.one, pair.other), pad=("s4", "s3"))

    def _compared(self, one: Customer, other: Customer) -> QWidget:
        made, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px("s4"))
        grid.setVerticalSpacing(theme().px("tiny"))
        grid.setColumnMinimumWidth(0, theme().px("s12") * 2)
        for side in (1, 2):
            grid.setColumnStretch(side, 1)
        now = self._shop.clock.now()
        for side, person in enumerate((one, other), 1):
            number = link(_("No. {id}").format(id=person.id), partial(self.open_wanted.emit, person.id))
            grid.addLayout(hbox(elided(called_in_full(person), bold=True), number, ...), 0, side)
        rows = [
            (title, words_of(one, key), words_of(other, key)) for key, title in field_titles().items() if key != "name"
        ]
        rows.append((_("Orders"), sums_of(one, now), sums_of(other, now)))
        for at, (title, mine, theirs) in enumerate((row for row in rows if row[1] or row[2]), 1):
            grid.addWidget(label(title, "small", "text_3"), at, 0, Qt.AlignmentFlag.AlignTop)
            same = mine == theirs and title != _("Orders")
            for side, words in ((1, mine), (2, theirs)):
                tone = "text_3" if not words else "success_text" if same else "text"
                grid.addWidget(Prose(words.replace("\n", " ") or "—", role="small", tone=tone), at, side)
        made.setLayout(grid)
        return made
