"""スタッフ: who works here, what each role may do, and when the window locks by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QSizePolicy

from shopdesk.i18n import _, _n
from shopdesk.ui.settings.badge import BadgeDialog
from shopdesk.ui.settings.member_dialog import MemberDialog, PinDialog
from shopdesk.ui.settings.rights_table import RightsTable
from shopdesk.ui.settings.section import Section
from shopdesk.ui.staff.roles import role_words
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Avatar,
    Badge,
    Button,
    Card,
    Choice,
    EmptyState,
    Frame,
    Narrow,
    Row,
    card_head,
    choice,
    clear,
    confirm,
    elided,
    hbox,
    icon_button,
    label,
    popup_menu,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shopdesk.scancodes import Code
    from shopdesk.staff import Member
    from shopdesk.ui.settings.member_dialog import Form
    from shopdesk.ui.shop_page import Desk

MINUTES = (1, 3, 5, 10, 15, 30, 60)


class StaffSection(Section):
    """Who is added, changed or let go here counts at once, at every computer of the shop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Staff")
        self.purpose = _("Everybody has an own PIN and sees what the role allows.")
        self.members: list[Member] = []
        self.dialog: Form | BadgeDialog | None = None
        self.add_button = Button(_("Add somebody"), "primary", "user-plus", does=self.add)
        self._lines = vbox()
        self.empty = EmptyState(
            "users",
            _("Nobody is registered yet"),
            _(
                "Whoever opens ShopDesk may do everything. Add yourself as the owner first; "
                "from then on the window opens locked, and everybody comes in with an own PIN."
            ),
        )
        self.lines_card = Card(
            card_head((label(_("Who works here"), "section"), 1), self.add_button), self.empty, self._lines, pad=""
        )
        self.lines_card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.lock_after = Choice([], width=160)
        self.lock_after.chosen.connect(lambda minutes: self.store("lock_minutes", str(minutes), self._kept))
        self.lock_card = Narrow(
            choice(
                _("Lock by itself"),
                _("Where nobody touches anything for so long; Ctrl+L locks at once."),
                self.lock_after,
            )
        )
        self.setLayout(vbox(Frame(None, self.lines_card, hbox((self.lock_card, 1000), ...), RightsTable(), ...)))

    # How it stands

    def load(self) -> None:
        """Read who works here and the minutes."""

        def work() -> tuple[list[Member], dict[str, Any]]:
            return self.shop.staff.members.all(), self.shop.settings.all()

        self.tasks.run(self, work, lambda found: self._loaded(*found), key="load")

    def _loaded(self, members: list[Member], settings: dict[str, Any]) -> None:
        self.members = members
        clear(self._lines)
        for one in members:
            self._lines.addWidget(self._row(one, last=one is members[-1]))
        self.empty.setVisible(not members)
        self.add_button.set_words(_("Add somebody") if members else _("Add yourself as the owner"))
        self.lock_card.setVisible(bool(members))
        minutes = int(settings["lock_minutes"])
        self.lock_after.set_entries([(_minutes(one), one) for one in sorted({*MINUTES, minutes})], minutes)

    def _row(self, one: Member, *, last: bool) -> QWidget:
        said = vbox(..., elided(one.name, bold=True), label(role_words(one.role), "caption", "text_3"), ...)
        granted = [Badge(_("may answer talks"), "info")] if one.role == "counter" and one.answers else []
        granted += [Badge(_("may write files"), "info")] if one.role == "manager" and one.exports else []
        change = Button(_("Change"), size="control_small", does=lambda: self.change(one))
        change.setAccessibleName(_("Change {name}").format(name=one.name))
        more = icon_button("ellipsis", _("More about {name}").format(name=one.name))
        more.clicked.connect(lambda: self._menu(one, more))
        return Row("s1", Avatar(one.name), (said, 1), *granted, change, more, last=last)

    def _menu(self, one: Member, at: QWidget) -> None:
        entries: list[tuple[str, Callable[[], object]] | None] = [
            (_("Set a new PIN"), partial(self.set_pin, one)),
            (_("Make a badge"), partial(self.make_badge, one)),
            None,
            (_("Remove"), partial(self.remove, one)),
        ]
        popup_menu(self, entries).popup(at.mapToGlobal(at.rect().bottomLeft()))

    # What can be done

    def add(self) -> None:
        """Ask for somebody new, and take them on."""
        first = not self.members
        dialog, members = MemberDialog(self, None, first=first), self.shop.staff.members
        said = _("{name} is the owner. From now on the window opens locked.") if first else _("{name} can come in now.")

        def work() -> Callable[[], str]:
            name, pin, grants = dialog.name.text(), dialog.pin(), dialog.grants()
            add = partial(members.add, name, dialog.chosen_role(), pin, **grants)
            return lambda: said.format(name=add().name)

        self._open(dialog, work)

    def change(self, one: Member) -> None:
        """Ask for another name, role or grants."""
        dialog, members = MemberDialog(self, one), self.shop.staff.members

        def work() -> Callable[[], str]:
            change = partial(members.change, one.id, dialog.name.text(), dialog.chosen_role(), **dialog.grants())
            return lambda: _("Kept: {name}, {role}.").format(name=(now := change()).name, role=role_words(now.role))

        self._open(dialog, work)

    def set_pin(self, one: Member) -> None:
        """Ask for another PIN; it counts at once."""
        dialog, members = PinDialog(self, one), self.shop.staff.members

        def work() -> Callable[[], str]:
            pin = dialog.pin()

            def done() -> str:
                members.set_pin(one.id, pin)
                return _("{name} has a new PIN.").format(name=one.name)

            return done

        self._open(dialog, work)

    def _open(self, dialog: Form, work: Callable[[], Callable[[], str]]) -> None:
        """Open a form; `work` reads it on the screen's thread and returns what to do, which returns what to say."""

        def done(said: str) -> None:
            dialog.accept_for_good()
            self.notices.done(said)
            self.load()

        def failed(error: Exception) -> None:
            dialog.refuse(self.notices.sentence(error))

        dialog.wanted.connect(lambda: self.tasks.run(dialog, work(), done, failed=failed, lane=Lane.WRITE))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def make_badge(self, one: Member) -> None:
        """Make a badge, after asking where the one there is would open nothing any more."""

        def work() -> tuple[Code, str]:
            return self.shop.staff.members.make_code(one.id), str(self.shop.settings.get("shop_name"))

        def then(code: Code, shop: str) -> None:
            self.dialog = BadgeDialog(self, one.name, shop, code.digits)
            self.dialog.finished.connect(self.dialog.deleteLater)
            self.dialog.open()

        question = _("Make a badge for {name}?").format(name=one.name)
        if confirm(self, question, _("A badge made earlier opens nothing any more."), verb=_("Make the badge")):
            self.tasks.run(self, work, lambda made: then(*made), lane=Lane.WRITE)

    def remove(self, one: Member) -> None:
        """Let somebody go, after asking."""
        question = _("Remove {name}?").format(name=one.name)
        follows = _("PIN and badge open nothing any more, at once. What they did keeps their name in the record.")

        def done(_none: object) -> None:
            self.notices.done(_("{name} is removed.").format(name=one.name))
            self.load()

        if confirm(self, question, follows, verb=_("Remove"), danger=True):
            self.tasks.run(self, lambda: self.shop.staff.members.remove(one.id), done, lane=Lane.WRITE)

    def _kept(self) -> None:
        self.notices.done(_("Kept."))


def _minutes(minutes: int) -> str:
    return _n("after {n} minute", "after {n} minutes", minutes).format(n=minutes)
