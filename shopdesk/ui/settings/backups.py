"""バックアップ: one made now, those there are, and how one is put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui.settings.section import Section
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    EmptyState,
    Frame,
    Prose,
    Row,
    TextField,
    card_head,
    clear,
    elided,
    hbox,
    label,
    vbox,
)

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.backup import Kept
    from shopdesk.ui.shop_page import Desk

_SHOWN = 50


class BackupSection(Section):
    """Backups of the home; PostgreSQL's own are the server's business, and its snapshots lie here too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Backups")
        self.purpose = _("A whole copy of the shop's data, checked before it counts.")
        self.make = Button(_("Back up now"), "primary", "download", does=self._make)
        self._last = elided("", "small", "text_2")
        head = vbox(label(_("Backups on this computer"), "section"), self._last)
        self._lines = vbox()
        self.empty = EmptyState(
            "download", _("No backup yet"), _("One is also made by itself before each update of the program.")
        )
        top = card_head((head, 1), Button(_("Open the folder"), does=self._open), self.make)
        lists = Card(top, self.empty, self._lines, pad="")
        lists.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.plain = Banner(
            "info",
            _("These files hold names and addresses and have no key."),
            _("Keep copies where only you can read them."),
        )
        self.plain.hide()
        self.setLayout(vbox(Frame(None, lists, self.plain, self._restoring(), ...)))

    def _restoring(self) -> QWidget:
        self.command = TextField()
        self.command.setReadOnly(True)
        self.command.setAccessibleName(_("Command that restores a backup"))
        made = Card(
            label(_("To put a backup back"), "section"),
            "s2",
            Prose(
                _(
                    "Close ShopDesk, then enter this line in the terminal. "
                    "What is there now is kept aside, and nothing is sent before you have looked."
                ),
                tone="text_2",
            ),
            "s3",
            hbox((self.command, 1), Button(_("Copy"), icon="copy", does=self._copy)),
        )
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        return made

    def load(self) -> None:
        """Read which backups there are."""
        self.tasks.run(self, self.shop.backups, self._loaded, key="load")

    def _loaded(self, found: list[Kept]) -> None:
        clear(self._lines)
        shown = found[:_SHOWN]
        for one in shown:
            self._lines.addWidget(_row(one, last=one is shown[-1]))
        self.empty.setVisible(not found)
        self.plain.setVisible(any(one.plain for one in found))
        said = _("The latest: {when}").format(when=when(found[0])) if found else ""
        self._last.setText(said)
        self._last.setVisible(bool(said))
        self.command.setText(f'shopdesk restore "{found[0].file}"' if found else f"shopdesk restore {_('FILE')}")
        self.command.setCursorPosition(0)

    def _make(self) -> None:
        self.make.setEnabled(False)
        self.make.set_words(_("Backing up"))
        self.tasks.run(self, self.shop.back_up, self._made, failed=self._failed, lane=Lane.WRITE, key="make")

    def _made(self, made: tuple[Path, int]) -> None:
        self._ready()
        self.load()
        file, rows = made
        self.notices.done(_("Backed up and checked: {file}, {rows} rows.").format(file=file.name, rows=f"{rows:,}"))

    def _failed(self, error: Exception) -> None:
        self._ready()
        self.notices.error(error)

    def _ready(self) -> None:
        self.make.setEnabled(True)
        self.make.set_words(_("Back up now"))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.shop.home.backups)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self.notices.done(_("Copied."))


def _row(one: Kept, *, last: bool) -> Row:
    key = Badge(_("no key"), "warning") if one.plain else Badge(_("with a key"), "success", icon="lock")
    said = vbox(..., label(when(one), bold=True), elided(one.file.name, "caption", "text_3"), ...)
    return Row((said, 1), key, label(size(one.size), tone="text_2"), last=last)


def when(one: Kept) -> str:
    """Return when a backup was written."""
    return f"{in_japan(one.at):%Y/%m/%d %H:%M}"


def size(count: int) -> str:
    """Return a size as people read it."""
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{max(1, count // 1000):,} KB"
