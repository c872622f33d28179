"""The dialogs that the page opens over itself, and what becomes of their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.ui.customers.consents import ConsentsDialog
from shopdesk.ui.customers.many import EditsDialog, ask_change
from shopdesk.ui.customers.own import FieldsDialog, ask_value
from shopdesk.ui.customers.relating import ask_relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QDialog

    from shopdesk.customers import BulkEdit, Change, Consent, Customer, OwnField
    from shopdesk.shop import Shop
    from shopdesk.ui.customers.acts import Acts
    from shopdesk.ui.customers.doing import Doing
    from shopdesk.ui.customers.ties import Ties


class Questions:
    """Asks and does. What a dialog shows is read off the screen's thread before it opens."""

    def __init__(self, shop: Shop, doing: Doing, acts: Acts, ties: Ties) -> None:
        self._shop, self._doing, self._acts, self._ties = shop, doing, acts, ties

    def change(self, number: int, fields: Sequence[OwnField]) -> Change | None:
        """Ask what to change about so many people; None where nothing is to change."""
        return ask_change(self._doing.page, number, fields)

    def make_fields(self) -> None:
        """Show the shop's own fields, to be made, renamed and deleted."""
        doing = self._doing
        _open(FieldsDialog(doing.page, self._shop, doing.tasks, doing.notices.sentence))

    def show_edits(self, fields: Sequence[OwnField]) -> None:
        """Show the edits of many that were made, each with the way back."""
        page, edits = self._doing.page, self._shop.customers.edits

        def show(found: list[BulkEdit]) -> None:
            _open(EditsDialog(page, found, fields, self._acts.undo_edit))

        self._doing.tasks.run(page, edits.latest, show, key="edits")

    def show_proof(self, customer: Customer) -> None:
        """Show what somebody said about messages, and when."""
        page, consents = self._doing.page, self._shop.customers.consents

        def show(found: list[Consent]) -> None:
            _open(ConsentsDialog(page, customer, found))

        self._doing.tasks.run(page, lambda: consents.history(customer.id), show, key="proof")

    def fill_field(self, customer: Customer, field: OwnField) -> None:
        """Ask what somebody has in one of the shop's own fields."""
        held = next((one.value for one in customer.own if one.field == field.name), "")
        typed = ask_value(self._doing.page, field, held)
        if typed is not None:
            self._acts.set_own(customer.id, field, typed)

    def relate(self, customer: Customer) -> None:
        """Ask who belongs to somebody."""
        found = ask_relation(self._doing.page, self._shop, self._doing.tasks, customer)
        if found is not None:
            self._ties.relate(customer.id, *found)


def _open(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()
