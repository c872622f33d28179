"""Somebody who works here: taken on, changed, given another PIN. The form stays until the service has taken it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui.staff.roles import ROLES, role_words
from shopdesk.ui.widgets import CheckBox, Dialog, Field, Prose, Segmented, TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.staff import Member, MemberRole
    from shopdesk.ui.widgets.layouts import Item


class _PinFields:
    """A PIN and the same once more; both are typed by whom it is for."""

    def __init__(self) -> None:
        self.pin, self.again = TextField(secret=True), TextField(secret=True)
        for one in (self.pin, self.again):
            one.setMaxLength(8)
        self.fields = (
            Field(_("PIN"), self.pin, help_text=_("4 to 8 digits that are hard to guess, typed by whom it is for.")),
            Field(_("The same PIN again"), self.again, check=self._differs),
        )

    def _differs(self) -> str:
        same = self.pin.text() == self.again.text()
        return "" if same else _("The two are not the same. Type both once more.")

    def valid(self) -> bool:
        return self.fields[1].valid()


class Form(Dialog):
    """`wanted` asks for the work; `refuse` says what was wrong with it, `accept_for_good` closes."""

    wanted = Signal()

    def __init__(self, parent: QWidget, question: str, *body: Item, verb: str) -> None:
        self.problem = Prose(role="small", tone="danger_text")
        self.problem.hide()
        super().__init__(parent, question, *body, self.problem, verb=verb)

    def checked(self) -> bool:
        """Return whether the form can be given away."""
        return True

    def accept(self) -> None:
        """Ask for the work; the form stays until it is done."""
        if self.checked():
            self.verb.setEnabled(False)
            self.wanted.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.problem.set_runs(sentence)
        self.problem.show()
        self.verb.setEnabled(True)
        self.adjustSize()

    def accept_for_good(self) -> None:
        """Close: it is done."""
        super().accept()


class MemberDialog(Form):
    """Name, role and what is granted beyond it; of somebody new the PIN too. The first one is the owner."""

    def __init__(self, parent: QWidget, member: Member | None, *, first: bool = False) -> None:
        self.name = TextField(member.name if member else "")
        self.role = Segmented([(role_words(one), one) for one in ROLES], member.role if member else "counter")
        self.answers = CheckBox(_("May read and answer talks"), on=bool(member and member.answers))
        self.exports = CheckBox(_("May write customers' data to files"), on=bool(member and member.exports))
        self.pins = None if member else _PinFields()
        if first:
            self.role.set_value("owner")
        self.role.setEnabled(not first)
        why = (
            _("The first one is the owner: without an owner nobody could change anything afterwards.") if first else ""
        )
        body: list[Item] = [
            Field(_("Name"), self.name, help_text=_("As everybody here calls them; it stands on the locked screen.")),
            "s3",
            Field(_("Role"), self.role, help_text=why),
            "s2",
            self.answers,
            self.exports,
            "s3",
        ]
        for field in self.pins.fields if self.pins else ():
            body += [field, "s2"]
        title = _("Change {name}").format(name=member.name) if member else _("Add somebody")
        super().__init__(parent, title, *body, verb=_("Save") if member else _("Add"))
        self.role.chosen.connect(lambda _role: self._show_grants())
        self.begin_at(self.name)
        self._show_grants()

    def chosen_role(self) -> MemberRole:
        """Return the role that is chosen."""
        role: MemberRole = self.role.value()
        return role

    def grants(self) -> dict[str, bool]:
        """Return what is granted beyond the role; what the role does not know is not."""
        role = self.chosen_role()
        return {
            "answers": role == "counter" and self.answers.isChecked(),
            "exports": role == "manager" and self.exports.isChecked(),
        }

    def pin(self) -> str:
        """Return the PIN that was typed, '' where none is asked."""
        return self.pins.pin.text() if self.pins else ""

    def checked(self) -> bool:
        """Return whether the two PINs are one."""
        return self.pins is None or self.pins.valid()

    def _show_grants(self) -> None:
        self.answers.setVisible(self.chosen_role() == "counter")
        self.exports.setVisible(self.chosen_role() == "manager")
        self.adjustSize()


class PinDialog(Form):
    """Another PIN for somebody."""

    def __init__(self, parent: QWidget, member: Member) -> None:
        self.pins = _PinFields()
        first, second = self.pins.fields
        title = _("A new PIN for {name}").format(name=member.name)
        super().__init__(parent, title, first, "s2", second, "s2", verb=_("Set the PIN"))
        self.begin_at(self.pins.pin)

    def pin(self) -> str:
        """Return the PIN that was typed."""
        return self.pins.pin.text()

    def checked(self) -> bool:
        """Return whether the two PINs are one."""
        return self.pins.valid()
