"""Two entries made one: of each field the value that stays is chosen by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.customers.sides import field_titles, sums_of, words_of
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Button, Card, Frame, Header, Prose, Radio, clear, elided, hbox, label, tip, vbox

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.customers import Customer

Side = Literal["keep", "other"]
LONGEST = 32


class MergeView(QWidget):
    """`merge_wanted` carries who stays, who goes, and of each field that differs which side stays."""

    merge_wanted = Signal(object, object, object)
    left = Signal()

    def __init__(self, clock: Clock, keep: Customer, other: Customer) -> None:
        super().__init__()
        self._clock, self.keep, self.other = clock, keep, other
        self._groups: dict[str, QButtonGroup] = {}
        self.merge = Button(_("Put together"), "primary", does=self._merge)
        swap = Button(_("Keep the other number"), does=self._swap)
        purpose = _("Choose what stays. Orders, tags, consents and the LINE friend of both stay in any case.")
        header = Header(_("Put two entries together"), purpose, crumb=_("May be the same person"), back=self.left.emit)
        self._grid = vbox()
        card = Card(self._grid, pad=("s5", "s4"))
        note = Prose(_("It can be taken back at any time: both entries are there again."), role="small", tone="text_2")
        foot = Card(hbox((note, 1), swap, Button(_("Back"), does=self.left.emit), self.merge), pad=("s4", "s3"))
        self.setLayout(vbox((Frame(header, card, ..., foot=foot), 1)))
        self._fill()

    def choices(self) -> dict[str, Side]:
        """Return of each field that differs which side stays; both notes where both are chosen."""
        sides: tuple[Side, Side] = ("keep", "other")
        return {field: sides[group.checkedId()] for field, group in self._groups.items() if group.checkedId() in {0, 1}}

    def _merge(self) -> None:
        self.merge.setEnabled(False)
        self.merge_wanted.emit(self.keep, self.other, self.choices())

    def _swap(self) -> None:
        self.keep, self.other = self.other, self.keep
        self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        self._groups = {}
        made, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px("s5"))
        grid.setVerticalSpacing(theme().px("s2"))
        for side in (1, 2):
            grid.setColumnStretch(side, 1)
        heads = ((self.keep, _("stays as No. {id}")), (self.other, _("No. {id} goes")))
        for side, (person, words) in enumerate(heads, 1):
            below = label(words.format(id=person.id), "small", "text_2")
            grid.addLayout(vbox(elided(called_in_full(person), "section"), below, "s1"), 0, side)
        said = [one for one in field_titles().items() if words_of(self.keep, one[0]) or words_of(self.other, one[0])]
        for at, (field, title) in enumerate(said, 1):
            grid.addWidget(label(title, "small", "text_3"), at, 0)
            self._field(grid, at, field)
        now, last = self._clock.now(), len(said) + 1
        grid.addWidget(label(_("Orders"), "small", "text_3"), last, 0)
        for side, person in ((1, self.keep), (2, self.other)):
            grid.addWidget(elided(sums_of(person, now), "small", "text_2"), last, side)
        made.setLayout(grid)
        self._grid.addWidget(made)

    def _field(self, grid: QGridLayout, at: int, field: str) -> None:
        mine, theirs = words_of(self.keep, field), words_of(self.other, field)
        if mine == theirs:
            grid.addWidget(elided(mine, tone="text_2"), at, 1, 1, 2)
            return
        group = QButtonGroup(self)
        for side, words in enumerate((mine, theirs)):
            radio = Radio(_short(words) or _("(empty)"), on=bool(words) if side == 0 else not mine)
            radio.setAccessibleName(f"{field_titles()[field]}: {words or _('(empty)')}")
            tip(radio, words if len(words) > LONGEST else "")
            group.addButton(radio, side)
            grid.addWidget(radio, at, 1 + side)
        if field == "note" and mine and theirs:
            both = Radio(_("both notes"), on=True)
            group.addButton(both, 2)
            grid.addWidget(both, at, 3)
        self._groups[field] = group


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
