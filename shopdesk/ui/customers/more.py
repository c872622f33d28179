"""What else is known of a person: how they buy, what they like, who belongs to them, the shop's own fields."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.customers import expected_next, rhythm, score
from shopdesk.i18n import _, _n
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.widgets import RIGHT, Prose, clear, elided, fact, hbox, holder, icon_button, label, link, vbox

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.ui.customers.file import PersonFile


class More(QWidget):
    """`field_wanted` carries the own field to fill in, `open_wanted` a number, `unrelate_wanted` whom it is about."""

    field_wanted = Signal(object)
    open_wanted = Signal(int)
    unrelate_wanted = Signal(int)
    relate_wanted = Signal()
    fields_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = vbox(gap="label_gap")
        self.setLayout(vbox(self.rows))

    def show_file(self, file: PersonFile, now: datetime) -> None:
        """Show another person."""
        clear(self.rows)
        for title, words in _habits(file, now):
            self.rows.addWidget(holder(fact(title, Prose(words, align=RIGHT))))
        for field in file.fields:
            held = next((one.value for one in file.customer.own if one.field == field.name), "")
            value = elided(isolated(held) or "—", tone="text" if held else "text_3", align=RIGHT)
            edit = icon_button(
                "pencil", _("Change “{field}”").format(field=field.name), partial(self.field_wanted.emit, field)
            )
            self.rows.addWidget(holder(hbox((elided(field.name, tone="text_2"), 2), (value, 3), edit)))
        for one in file.relations:
            kind = _("Family") if one.kind == "family" else _("Company")
            name = link(named(one.name), partial(self.open_wanted.emit, one.customer_id))
            away = icon_button(
                "x", _("They do not belong together"), partial(self.unrelate_wanted.emit, one.customer_id)
            )
            self.rows.addWidget(holder(hbox(label(kind, tone="text_2"), ..., name, away)))
        relate = link(_("Link family or company"), self.relate_wanted.emit)
        self.rows.addWidget(holder(hbox(relate, link(_("Own fields…"), self.fields_wanted.emit), ...)))


def _habits(file: PersonFile, now: datetime) -> list[tuple[str, str]]:
    customer = file.customer
    found = []
    stands = score(customer, file.quintiles)
    if stands is not None:
        words = _("lately {r} · often {f} · much {m}")
        found.append((_("RFM, 1 to 5"), words.format(r=stands.recency, f=stands.frequency, m=stands.money)))
    between, following = rhythm(customer), expected_next(customer)
    if between is not None and between.days:
        each = _n("about every day", "about every {n} days", between.days).format(n=between.days)
        found.append((_("Orders again"), each))
    if following is not None:
        late = _("{day} (overdue)") if following < now else _("around {day}")
        found.append((_("Next order"), late.format(day=short_day(following, now))))
    if file.favourites:
        found.append((_("Likes best"), _(", ").join(one.name for one in file.favourites)))
    return found
