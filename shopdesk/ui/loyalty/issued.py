"""A card that was just given: its code, which is shown only now, to be scanned from the screen or printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.words import card_number, stamps
from shopdesk.ui.widgets import Dialog, Prose, QrCode, hbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.cards import Issued


class IssuedDialog(Dialog):
    """Shows the code. Accepted where it is to be printed."""

    def __init__(self, parent: QWidget, issued: Issued) -> None:
        card = issued.card
        about = _("{name} has {stamps}. Print the card now, or make another code later: this one is not kept.").format(
            name=isolated(card.name) or _("The customer"), stamps=stamps(card.balance)
        )
        super().__init__(
            parent,
            _("The card {number}").format(number=card_number(card.id)),
            Prose(about, tone="text_2"),
            "s4",
            hbox(..., QrCode(issued.code.digits), ...),
            verb=_("Print the card"),
            back=_("Later"),
        )
