"""What a person said about messages, with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.days import day_time
from shopdesk.ui.widgets import Badge, Dialog, Prose, hbox, holder, label, line, listed, vbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Consent, Customer

LIST_HEIGHT = 300


def hows() -> dict[str, str]:
    """Return how it is said where a consent was given."""
    return {
        "shop": _("told the shop"),
        "line": _("on LINE"),
        "page": _("on a page"),
        "import": _("from a file"),
        "stop-use": _("use of the data stopped"),
        "bulk edit": _("an edit of many"),
        "bulk edit undone": _("an edit of many taken back"),
    }


class ConsentsDialog(Dialog):
    """Every yes and no, newest first: when, how, who noted it, and the wording."""

    def __init__(self, parent: QWidget, customer: Customer, found: Sequence[Consent]) -> None:
        none = Prose(_("Nothing was said yet. Each change from now on is kept here with its day."), tone="text_2")
        rows = [_row(one, last=one is found[-1]) for one in found]
        area = listed(vbox(*(rows or [none]), ...), LIST_HEIGHT)
        title = _("Consents of {name}").format(name=called_in_full(customer))
        super().__init__(parent, title, area, verb=_("Close"))
        self.back.hide()


def _row(one: Consent, *, last: bool) -> QWidget:
    channel = _("Messages on LINE") if one.channel == "line" else _("Messages by mail")
    badge = Badge(_("yes"), "success") if one.given else Badge(_("no"), "plain")
    who = _(" · ").join((day_time(one.at), hows().get(one.how, one.how), one.actor))
    wording = Prose(_("“{words}”").format(words=one.wording), role="small", tone="text_2") if one.wording else None
    head = hbox(label(channel, bold=True), badge, ...)
    return holder(
        vbox(vbox(head, label(who, "caption", "text_3"), wording, margin=("", "s2")), None if last else line())
    )
