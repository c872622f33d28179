"""データの鍵: whether the data has one, where it is kept, and how one is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from shopdesk.at_rest import encrypt_shop
from shopdesk.encryption import recovery_code
from shopdesk.i18n import _, _n
from shopdesk.ui.icons import Icon
from shopdesk.ui.interlude import Work
from shopdesk.ui.settings.key_dialog import CodeDialog, KeyDialog
from shopdesk.ui.settings.key_paper import print_code
from shopdesk.ui.settings.section import Section
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import Banner, Button, Frame, Narrow, Prose, confirm, hbox, label, vbox

if TYPE_CHECKING:
    from shopdesk.encryption import KeyState
    from shopdesk.ui.shop_page import Desk


class KeySection(Section):
    """The key is set while the shop is closed: the window goes, the key is set, the window comes again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Key of the data")
        self.purpose = _("With a key, nobody reads the data without this computer or your recovery code.")
        self.fact, self.note = label("", "section"), Prose(tone="text_2")
        self._locked, self._open = Icon("lock", "success_text"), Icon("info", "text_2")
        self.set_key = Button(_("Set a key"), "primary", "lock", does=self._ask_for_key)
        self.show_code = Button(_("Show the recovery code"), icon="printer", does=self._ask_for_code)
        self._card = Narrow(
            hbox(self._locked, self._open, (self.fact, 1), gap="s2"),
            "s2",
            self.note,
            "s4",
            hbox(self.set_key, self.show_code, ...),
        )
        for hidden in (self._locked, self._open, self.set_key, self.show_code):
            hidden.hide()
        self.plain = Banner("warning", "", action=_("Replace them"), does=self._replace)
        self.plain.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.plain.hide()
        self.setLayout(vbox(Frame(None, hbox((self._card, 1000), ...), hbox((self.plain, 1000), ...), ...)))

    def load(self) -> None:
        """Read whether there is a key."""
        self.tasks.run(self, self.shop.key_state, self._loaded, key="load")

    def _loaded(self, found: KeyState) -> None:
        self.plain.setMaximumWidth(self._card.maximumWidth())
        self.fact.setText(_fact(found))
        self.note.set_runs(_note(found))
        self._locked.setVisible(found.keyed)
        self._open.setVisible(not found.keyed)
        self.set_key.setVisible(found.may_set and not found.keyed)
        self.show_code.setVisible(found.keyed)
        said = _n("{n} older backup has no key.", "{n} older backups have no key.", found.plain_backups)
        self.plain.say(said.format(n=found.plain_backups), _("Whoever gets these files can still read them."))
        self.plain.setVisible(found.keyed and bool(found.plain_backups))

    # Setting it

    def _ask_for_key(self) -> None:
        self.tasks.run(self, self.shop.key_to_set, self._set_key, lane=Lane.NETWORK, key="ask")

    def _set_key(self, key: str) -> None:
        dialog = KeyDialog(self, key, self._on_paper)
        agreed = dialog.exec() == KeyDialog.DialogCode.Accepted
        dialog.deleteLater()
        if agreed:
            home = self.shop.home.path
            work = Work(
                _("Setting the key. This takes a moment; ShopDesk opens again by itself."),
                lambda: encrypt_shop(key, home),
                _("The data has a key now."),
            )
            self.desk.navigator.start_again(work)

    def _ask_for_code(self) -> None:
        self.tasks.run(self, self.shop.key_to_set, self._show_code, lane=Lane.NETWORK, key="ask")

    def _show_code(self, key: str) -> None:
        dialog = CodeDialog(self, recovery_code(key), self._on_paper)
        dialog.exec()
        dialog.deleteLater()

    def _on_paper(self, code: str) -> bool:
        return print_code(self, self.window().windowTitle(), code, self.shop.clock.now())

    # Older backups

    def _replace(self) -> None:
        fact = _(
            "First a new backup with the key is made, then those without one are deleted. Copies elsewhere stay as they are."
        )
        if confirm(self, _("Replace the backups that have no key?"), fact, verb=_("Replace them"), danger=True):
            self.plain.setEnabled(False)
            self.tasks.run(
                self, self.shop.replace_plain_backups, self._replaced, failed=self._not_replaced, lane=Lane.WRITE
            )

    def _replaced(self, count: int) -> None:
        self.plain.setEnabled(True)
        self.load()
        said = _n(
            "{n} backup without a key was deleted; there is a new one with the key.",
            "{n} backups without a key were deleted; there is a new one with the key.",
            count,
        )
        self.notices.done(said.format(n=count))

    def _not_replaced(self, error: Exception) -> None:
        self.plain.setEnabled(True)
        self.notices.error(error)


def _fact(found: KeyState) -> str:
    if not found.on_sqlite:
        return _("The database server keeps this data")
    return _("The data has a key") if found.keyed else _("The data has no key")


def _note(found: KeyState) -> str:
    if not found.on_sqlite:
        return _("Its own encryption protects the data there. Ask whoever runs the PostgreSQL server.")
    if found.keyed:
        return {
            "key_ring": _(
                "The key is in this computer's key ring. On another computer the recovery code opens the data."
            ),
            "keys_file": _("The key comes from the file that SHOPDESK_KEYS_FILE names."),
            "environment": _("The key comes from the environment of this program."),
        }.get(found.place, _("The key is kept as long as this program runs."))
    if not found.may_set:
        return _(
            "This computer has no key ring, so no key can be set here. Write database_key, 64 hexadecimal digits, "
            "into a file only you can read and name it in SHOPDESK_KEYS_FILE; then it can."
        )
    if found.place != "nowhere":
        return _("A key is kept but not on the data yet. Set it; the recovery code stays the same.")
    return _(
        "Whoever gets this computer's disk or a backup can read names and addresses. A key ends that; it takes two "
        "minutes and a sheet of paper."
    )
