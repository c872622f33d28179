"""What each role may do, in words: the table that the services enforce, read from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from shopdesk.i18n import N_, _
from shopdesk.staff import MOST_SENT_ALONE, RIGHTS, Act
from shopdesk.ui.icons import Icon
from shopdesk.ui.staff.roles import ROLES, role_words
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Card, Prose, card_head, hbox, holder, label, line, vbox

if TYPE_CHECKING:
    from shopdesk.staff import MemberRole

# Rows of the table, each with the act that stands for it.
ROWS: tuple[tuple[Act, str], ...] = (
    (Act.SCAN, N_("At the counter: count visits, use coupons, hand over rewards")),
    (Act.SEE_CARD, N_("See name, points and coupons of whoever stands there")),
    (Act.ADJUST, N_("Take back visits and uses older than ten minutes, correct up to 1,000 points a day")),
    (Act.ADJUST_MUCH, N_("Correct more points")),
    (Act.SEE_PEOPLE, N_("See phone, address and orders")),
    (Act.EDIT_PEOPLE, N_("Add and correct customers")),
    (Act.TALK, N_("Read and answer talks")),
    (Act.IMPORT, N_("Import files")),
    (Act.DRAFT, N_("Choose segments and write broadcasts")),
    (Act.SEND, N_("Send to up to {n} people")),
    (Act.SEND_MANY, N_("Send to more")),
    (Act.DESIGN, N_("Make coupons, set the rules of the card")),
    (Act.JOIN_PEOPLE, N_("Make two customers one, erase one")),
    (Act.DISCLOSE, N_("Write everything held about somebody to a file")),
    (Act.EXPORT, N_("Write lists of customers to files")),
    (Act.SEE_AUDIT, N_("Read the record of who did what")),
    (Act.MANAGE, N_("Staff, keys of LINE, settings, backups")),
)


class RightsTable(Card):
    """One row an act, one column a role."""

    def __init__(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        for column, role in enumerate(ROLES, 1):
            self._grid.addWidget(_cell(label(role_words(role), "small", "text_2", bold=True)), 0, column)
        for row, (act, words) in enumerate(ROWS, 1):
            self._grid.addWidget(line(), 2 * row - 1, 0, 1, 1 + len(ROLES))
            said = Prose(_(words).format(n=MOST_SENT_ALONE))
            self._grid.addWidget(holder(vbox(said, margin=("s4", "label_gap"))), 2 * row, 0)
            for column, role in enumerate(ROLES, 1):
                self._grid.addWidget(_cell(_mark(role, act)), 2 * row, column)
        super().__init__(card_head(label(_("What each role may do"), "section")), self._grid, "s1", pad="")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.dress()

    def dress(self) -> None:
        """Take the width of the columns from the theme in use."""
        for column in range(1, 1 + len(ROLES)):
            self._grid.setColumnMinimumWidth(column, theme().px("name_column"))


def _mark(role: MemberRole, act: Act) -> QWidget:
    right = RIGHTS[role].get(act)
    if right == "yes":
        yes = Icon("check", "success_text")
        yes.setAccessibleName(_("yes"))
        return yes
    words = {"confirmed": _("with an owner's PIN"), "granted": _("where the owner allows it")}.get(right or "", "–")
    return label(words, "small", "text_3" if right is None else "text_2")


def _cell(inner: QWidget) -> QWidget:
    return holder(hbox(inner, ..., margin=("s2", "label_gap")))
