"""記録: who did what, newest first. Ids and field names only; nobody can change or delete a line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui.settings.audit_words import did, whom
from shopdesk.ui.settings.section import Section
from shopdesk.ui.staff.roles import actor_words
from shopdesk.ui.widgets import Cell, Choice, Column, EmptyState, ListCard, Listing, hbox, label, vbox

if TYPE_CHECKING:
    from shopdesk.staff import AuditEntry
    from shopdesk.ui.shop_page import Desk


class AuditSection(Section):
    """The whole record, or that of one person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Record")
        self.purpose = _("Who did what. It cannot be changed, and holds no customer's data.")
        self.person = Choice([(_("All of them"), "")], width=220)
        self.person.setAccessibleName(_("Whose entries"))
        self.person.chosen.connect(lambda _name: self._show())
        nothing = EmptyState("clipboard-list", _("Nothing is recorded yet"))
        columns: list[Column[AuditEntry]] = [
            Column(_("When"), _when, 160),
            Column(_("Who"), lambda one: Cell(actor_words(one.actor), bold=True), 170),
            Column(_("What"), did, 210),
            Column(_("Which"), whom, 0),
        ]
        self.list: ListCard[AuditEntry] = ListCard(
            columns, lambda one: one.id, self.tasks, empty=nothing, sentence=self.notices.sentence, row="row_compact"
        )
        head = hbox(label(_("Show"), tone="text_2"), self.person, ...)
        self.setLayout(vbox(head, "s3", (self.list, 1), margin=("page_side", "s1", "page_side", "page_top")))

    def load(self) -> None:
        """Read whose entries there are, and the list anew."""
        self.tasks.run(self, self.shop.staff.names, self._named, key="names")

    def _named(self, names: list[str]) -> None:
        self.person.set_entries(
            [(_("All of them"), ""), *((actor_words(one), one) for one in names)], self.person.value()
        )
        self._show()

    def _show(self) -> None:
        staff, by = self.shop.staff, str(self.person.value() or "")
        listing = Listing(
            count=lambda: staff.count_entries(by=by),
            anchors=lambda step: staff.entry_anchors(step, by=by),
            fetch=lambda after, most: staff.entries(most, by=by, before=after),
            key=lambda one: one.id,
        )
        self.list.show_listing(listing)


def _when(one: AuditEntry) -> str:
    return f"{in_japan(one.at):%Y/%m/%d %H:%M:%S}"
