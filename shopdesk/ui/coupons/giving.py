"""To whom a coupon is given: a saved segment, or one person who is searched for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.japanese import phone_local
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.directions import isolated, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.coupons import Coupon
    from shopdesk.customers import Customer
    from shopdesk.segments import Segment
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

LIST_HEIGHT, SHOWN = 220, 20


class SegmentDialog(w.Dialog):
    """Asks for a segment and says how many people that is."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, coupon: Coupon, segments: Sequence[Segment]) -> None:
        self._shop, self._tasks, self._coupon = shop, tasks, coupon
        self.choice = w.Choice([(one.name, one) for one in segments])
        self._said = w.Prose("…", tone="text_2")
        self._field = w.Field(_("Segment"), self.choice)
        hint = w.Prose(
            _("Nobody gets more of it than one person may have. They see it on their card's page, and at the till."),
            role="caption",
            tone="text_3",
        )
        super().__init__(
            parent,
            _("Give “{coupon}” to a segment").format(coupon=coupon.offer.name),
            self._field,
            "s2",
            self._said,
            "s2",
            hint,
            verb=_("Give it"),
        )
        self.choice.chosen.connect(lambda _one: self._count())
        self._count()

    def segment(self) -> Segment:
        """Return the chosen segment."""
        found: Segment = self.choice.value()
        return found

    def _count(self) -> None:
        segment, segments = self.segment(), self._shop.segments
        self.verb.setEnabled(False)
        self._tasks.run(self, lambda: segments.count(segment.rule).count, self._counted, key="count")

    def _counted(self, count: int) -> None:
        self._said.set_runs(_("{people} are in it now.").format(people=people(count)))
        most = self._coupon.offer.most
        left = count if most is None else most - self._coupon.used
        few = _("Uses left: {left}, for {people}. Raise the limit in all, or some go away empty.")
        self._field.set_error(few.format(left=number(left), people=people(count)) if left < count else "")
        self.verb.set_words(_("Give it to {people}").format(people=people(count)))
        self.verb.setEnabled(bool(count))
        self.adjustSize()


class PersonDialog(w.Dialog):
    """`chosen` is who gets it once somebody was taken."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, name: str) -> None:
        self._shop, self._tasks = shop, tasks
        self.chosen: Customer | None = None
        self.search = w.Search(_("Search names, kana, phones, mail"), width="")
        self.search.searched.connect(lambda _text: self._read())
        self.rows = w.vbox()
        area = w.scroller(w.vbox(self.rows, ..., margin=("", "s1", "s1", "s1")))
        area.setMinimumHeight(LIST_HEIGHT)
        question = _("Who gets “{coupon}”?").format(coupon=name)
        super().__init__(parent, question, self.search, "s2", area, verb=_("Close"))
        self.verb.hide()
        self.begin_at(self.search)
        self._say(_("Write a part of the name."))

    def _read(self) -> None:
        text, customers = self.search.text().strip(), self._shop.customers
        if text:
            self._tasks.run(self, lambda: customers.search(text, SHOWN), self._show, key="search")
        else:
            self._say(_("Write a part of the name."))

    def _say(self, words: str) -> None:
        w.clear(self.rows)
        self.rows.addWidget(w.Prose(words, tone="text_2"))

    def _show(self, found: list[Customer]) -> None:
        if not found:
            self._say(_("Nobody matches “{text}”").format(text=self.search.text().strip()))
            return
        w.clear(self.rows)
        for one in found:
            give = w.Button(_("Give"), size="control_small", does=partial(self._take, one))
            below = phone_local(one.phone) if one.phone else isolated(one.email)
            names = w.vbox(w.elided(seen(one.name) or _("(no name)"), bold=True), w.elided(below, "caption", "text_3"))
            self.rows.addWidget(w.holder(w.vbox(w.hbox((names, 1), give, margin=("", "s1")), w.line())))

    def _take(self, customer: Customer) -> None:
        self.chosen = customer
        self.accept()
