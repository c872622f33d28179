"""Before cards are printed: on what, how many, and what that means for those printed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.loyalty.papers import PAPERS
from shopdesk.ui.loyalty.printing import Printing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST = 1_000
"""So many cards are printed at once."""


class PaperDialog(w.Dialog):
    """Asks how `count` cards are printed, of blank ones also how many: `count` is None.

    After it was accepted, `as_pdf` says whether a file is wanted instead of paper.
    """

    def __init__(self, parent: QWidget, count: int | None, shop: str, friend_address: str) -> None:
        self._shop, self._friend_address = shop, friend_address
        self.as_pdf = False
        self.paper = w.Choice([(_(one.title), one) for one in PAPERS])
        self.first = w.NumberField(1, 1, PAPERS[0].places)
        self.friend = w.CheckBox(_("Add a code that adds the shop on LINE"), on=True)
        self.many = w.NumberField(PAPERS[0].places if count is None else min(count, MOST), 1, MOST)
        self._many = w.Field(_("How many"), self.many)
        self._many.setVisible(count is None)
        self._first = w.Field(
            _("Begin at label"), self.first, help_text=_("For a sheet of which some labels are used up.")
        )
        body = w.vbox(
            w.Prose(_said(count), tone="text_2"),
            self._many,
            w.Field(_("Paper"), self.paper),
            self._first,
            self.friend,
            gap="s4",
        )
        pdf = w.link(_("Keep as PDF…"), self._keep)
        question, verb = _("Print blank cards?"), _("Print them")
        if count is not None:
            cards = min(count, MOST)
            question = _n("Print {n} card?", "Print {n} cards?", cards).format(n=number(cards))
            verb = _n("Print {n} card", "Print {n} cards", cards).format(n=number(cards))
        super().__init__(parent, question, body, "s2", w.hbox(pdf, ...), verb=verb)
        self.paper.chosen.connect(self._show)
        self._show()

    def _show(self, _value: object = None) -> None:
        paper = self.paper.value()
        self._first.setVisible(paper.places > 1 and not paper.lines)
        self.friend.setVisible(bool(self._friend_address) and not paper.small)
        self.adjustSize()

    def _keep(self) -> None:
        self.as_pdf = True
        self.accept()

    def printing(self) -> Printing:
        """Return how they are printed."""
        paper = self.paper.value()
        first = (self.first.value() or 1) - 1 if not self._first.isHidden() else 0
        wanted = self.friend.isChecked() and not self.friend.isHidden()
        return Printing(paper, self._shop, min(first, paper.places - 1), self._friend_address if wanted else "")

    def count(self) -> int:
        """Return how many are printed."""
        return self.many.value() or 1


def _said(count: int | None) -> str:
    if count is None:
        return _(
            "Each card has a code that is nobody's yet. Hand one over at the counter and scan it: the counter asks for the name, and the "
            "card collects from then on."
        )
    said = _(
        "Each card gets a new code. Cards printed before stay good. A printed card collects; stamps are used with "
        "the code on the phone."
    )
    if count > MOST:
        said += " " + _("At most {n} are printed at once: the first ones.").format(n=number(MOST))
    return said
