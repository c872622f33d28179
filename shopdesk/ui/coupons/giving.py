"""To whom a coupon is given: the people of a saved segment. One person is asked for by `ui.asking`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.coupons import Coupon
    from shopdesk.segments import Segment
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks


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
