"""What at the tills looked odd, for the owner: nothing is proved by it, each line says what to look up."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.words import card_number
from shopdesk.ui.staff.roles import actor_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shopdesk.cards import Suspicion

DAYS = timedelta(days=30)
_MOST = 50


class Odd(w.Fold):
    """`opened` carries the number of a card."""

    opened = Signal(int)

    def __init__(self) -> None:
        self._lines = w.vbox(gap="s2")
        about = w.Prose(
            _("The last 30 days. There may be good reasons for each: look at the card before you ask anybody."),
            role="caption",
            tone="text_3",
        )
        super().__init__(_("Worth a look"), "", about, "s2", w.listed(w.vbox(self._lines, ...), 180))
        self.hide()

    def show_found(self, found: Sequence[Suspicion], now: datetime) -> None:
        """Show other findings; without any it is not seen."""
        self.setVisible(bool(found))
        self.say(_n("{n} thing", "{n} things", len(found)).format(n=len(found)))
        w.clear(self._lines)
        for one in found[:_MOST]:
            card = w.link(card_number(one.card_id), partial(self.opened.emit, one.card_id)) if one.card_id else None
            who = _(" · ").join(filter(None, (when(one.at, now), isolated(one.till), isolated(actor_words(one.actor)))))
            words = w.vbox(w.elided(sentence(one)), w.label(who, "caption", "text_3"))
            self._lines.addWidget(w.holder(w.hbox((words, 1), card)))


def sentence(one: Suspicion) -> str:
    """Return what was seen."""
    texts = {
        "many_scans": _n("One card counted {n} time in a day", "One card counted {n} times in a day", one.count),
        "voids": _n("{n} entry taken back in a day", "{n} entries taken back in a day", one.count),
        "two_tills": _("One card at two tills within a minute"),
        "paper_use": _("Stamps used with a paper card"),
        "kept": _n(
            "A visit taken back whose reward had been handed over",
            "A visit taken back whose {n} rewards had been handed over",
            one.count,
        ),
        "replayed": _("A code that had run out was shown again"),
        "unproved": _("A code that did not hold, noted while the data was out of reach"),
    }
    return texts[one.kind].format(n=one.count)
