"""このソフトについて: version, whether everything it needs is there, where it writes, whose work it stands on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSizePolicy

from shopdesk import doctor
from shopdesk.i18n import _
from shopdesk.logs import log_file
from shopdesk.ui.icons import Icon
from shopdesk.ui.settings.section import Section
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Button,
    Card,
    Frame,
    Prose,
    Spinner,
    card_head,
    clear,
    elided,
    hbox,
    holder,
    label,
    line,
    vbox,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.doctor import Check
    from shopdesk.ui.shop_page import Desk

# What is inside the program and under which licence; the texts lie beside the files.
LICENCES = (
    ("Noto Sans JP", "OFL-1.1"),
    ("Lucide", "ISC"),
    ("Qt, PySide6", "LGPL-3.0"),
    ("SQLCipher, sqlcipher3", "BSD-3-Clause"),
    ("line-bot-sdk", "Apache-2.0"),
    ("SQLAlchemy, python-calamine", "MIT"),
)


class AboutSection(Section):
    """Looks at everything when it is opened, in its own time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("About this program")
        self.purpose = _("Whether everything it needs is there, and where it keeps its data.")
        self.again = Button(_("Look again"), size="control_small", does=self.load)
        self._busy = Spinner()
        self._busy.hide()
        self._lines = vbox(gap="s3", margin=("s4", "s3", "s4", "s4"))
        head = card_head(label(_("Is everything there?"), "section"), ..., self._busy, self.again)
        checks = Card(head, self._lines, pad="")
        log = log_file(self.shop.home.logs)
        facts = Card(
            label(f"ShopDesk {own_version()}", "section"),
            "s3",
            hbox(label(_("Data"), tone="text_2"), (elided(str(self.shop.home.path)), 1)),
            "s1",
            hbox(
                label(_("Log"), tone="text_2"),
                (elided(str(log)), 1),
                Button(_("Open the folder"), size="control_small", does=self._open),
            ),
        )
        licences = Card(label(_("Licences"), "section"), "s2", *self._licences(), gap="s1")
        for card in (checks, facts, licences):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setLayout(vbox(Frame(None, facts, checks, licences, ...)))

    @staticmethod
    def _licences() -> list[QWidget]:
        rows = [holder(hbox((elided(name), 1), label(licence, "small", "text_2"))) for name, licence in LICENCES]
        parted: list[QWidget] = []
        for row in rows:
            parted += [line(), row] if parted else [row]
        return parted

    def load(self) -> None:
        """Look at everything; LINE is asked too, so that it may take some seconds."""
        self.again.setEnabled(False)
        self._busy.show()
        self.tasks.run(
            self, lambda: doctor.examine(self.shop), self._loaded, failed=self._failed, lane=Lane.NETWORK, key="load"
        )

    def _loaded(self, found: list[Check]) -> None:
        self._ready()
        clear(self._lines)
        for one in found:
            self._lines.addWidget(_check(one))

    def _failed(self, error: Exception) -> None:
        self._ready()
        self.notices.error(error)

    def _ready(self) -> None:
        self.again.setEnabled(True)
        self._busy.hide()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.shop.home.logs)))


def _check(one: Check) -> QWidget:
    sign = Icon("circle-check", "success_text") if one.ok else Icon("triangle-alert", "warning_text")
    return holder(hbox(vbox(sign, ...), (vbox(label(check_name(one.name), bold=True), _said(one)), 1), gap="s3"))


def _said(one: Check) -> QWidget:
    return Prose(one.message, role="small", tone="text_2")


def check_name(name: str) -> str:
    """Return what a check of the doctor is about, in the shop's words."""
    known = {
        "python": "Python",
        "sqlite": "SQLite",
        "home": _("Folder of the data"),
        "database": _("Database"),
        "key ring": _("Key ring of this computer"),
        "quarantine": _("May send"),
        "line token": _("Connection with LINE"),
        "webhook": _("Receiving messages"),
        "public address": _("Public address"),
        "messages left": _("Messages left this month"),
        "gateway": _("The gateway"),
        "messages arrive": _("Friends' messages arrive"),
    }
    return known.get(name, name)


def own_version() -> str:
    """Return the version of this program; empty where it runs without being installed."""
    try:
        return version("shopdesk")
    except PackageNotFoundError:
        return ""
