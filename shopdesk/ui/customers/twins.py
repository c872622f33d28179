"""Who else may be the same person, compared and made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.japanese import phone_local
from shopdesk.ui.amounts import times, yen
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.widgets import (
    Badge,
    Button,
    Flow,
    Prose,
    Run,
    clear,
    elided,
    hbox,
    holder,
    line,
    link,
    scroller,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.customers import Customer, Duplicate


def alike_words() -> dict[str, str]:
    """Return how each kind of likeness is said."""
    return {
        "phone": _("same phone"),
        "mail": _("same mail"),
        "name": _("same name"),
        "kana": _("same reading"),
        "birthday": _("same birthday"),
        "postal": _("same postal code"),
    }


class TwinsView(QWidget):
    """`merge_wanted` and `distinct_wanted` carry the other customer, `open_wanted` the number of one to look at."""

    merge_wanted = Signal(object)
    distinct_wanted = Signal(object)
    open_wanted = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._who = Prose(role="section")
        self._hint = Prose(
            _("Compare before you put two entries together. It can be taken back later."), role="caption", tone="text_3"
        )
        self.rows = vbox()
        back = link(_("Back to the person"), self.left.emit)
        head = vbox(hbox(back, ...), "s1", self._who, self._hint, margin=("s4", "s4", "s4", "s3"))
        self.setLayout(vbox(head, line(), (scroller(vbox(self.rows, ...)), 1)))

    def show_twins(self, customer: Customer, found: Sequence[Duplicate]) -> None:
        """Show who may be the same as this customer."""
        self._who.set_runs(Run(_("Is {name} here twice?").format(name=called_in_full(customer)), bold=True))
        clear(self.rows)
        for one in found:
            self.rows.addWidget(self._row(one))
        if not found:
            words = Prose(
                _("Nobody else has this phone, name or reading."),
                role="small",
                tone="text_2",
            )
            self.rows.addWidget(holder(vbox(words, margin="s4")))

    def _row(self, twin: Duplicate) -> QWidget:
        other = twin.customer
        words = alike_words()
        badges = Flow(*(Badge(words.get(one, one), "info") for one in twin.alike), gap="label_gap")
        sums = _("Ordered {orders} · {yen}").format(orders=times(other.orders), yen=yen(other.spent_yen))
        facts = (other.kana, phone_local(other.phone) if other.phone else "", other.email, other.address, sums)
        merge = Button(_("Put together…"), size="control_small", does=lambda: self.merge_wanted.emit(other))
        apart = link(_("Two people"), lambda: self.distinct_wanted.emit(other))
        look = link(_("Look at this entry"), lambda: self.open_wanted.emit(other.id))
        return holder(
            vbox(
                vbox(
                    elided(called_in_full(other), bold=True),
                    *(elided(one, "small", "text_2") for one in facts if one),
                    "label_gap",
                    badges,
                    "s2",
                    hbox(merge, apart, look, ...),
                    margin=("s4", "s3"),
                ),
                line(),
            )
        )
