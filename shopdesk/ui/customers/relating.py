"""Choosing who belongs to the same family or company as a person: found by searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.widgets import Segmented, hbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Customer, RelationKind
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks


class RelateDialog(PersonDialog):
    """Asks who belongs to a person, and how."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, customer: Customer) -> None:
        self.kind = Segmented([(_("Family"), "family"), (_("Company"), "company")])
        question = _("Who belongs to {name}?").format(name=called_in_full(customer))
        above = (hbox(self.kind, ...), "s2")
        super().__init__(parent, shop, tasks, question, _("Link"), *above, without=customer.id)


def ask_relation(parent: QWidget, shop: Shop, tasks: Tasks, customer: Customer) -> tuple[int, RelationKind] | None:
    """Ask who belongs to a person and how; None where nobody is to."""
    dialog = RelateDialog(parent, shop, tasks, customer)
    other = dialog.ask()
    return None if other is None else (other.id, dialog.kind.value())
