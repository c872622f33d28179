"""What was recognised: a line for each file, and how many of its columns are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.imports import words
from shopdesk.ui.paint import blob, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Badge, Card, Prose, clear, elided, hbox, holder, line, link, vbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.imports import FileRead, ImportReport


class _Sheet(QWidget):
    """The picture of a file."""

    def __init__(self) -> None:
        super().__init__()
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("icon_large"), theme().px("icon_large"))

    def paintEvent(self, _event: object) -> None:
        p, side, inner = smooth(self), self.width(), theme().px("icon_medium")
        blob(p, QRectF(self.rect()), "success_soft", theme().radius("control"))
        paint_icon(p, "file-spreadsheet", "success_text", (side - inner) / 2, (side - inner) / 2, "icon_medium")


class FilesCard(Card):
    """The files of one import. `columns_wanted` when the columns are to be shown, `change_wanted` when to be changed."""

    columns_wanted = Signal()
    change_wanted = Signal()

    def __init__(self) -> None:
        self._files = vbox(gap="mid")
        self._said = Prose(role="small", tone="text_2")
        show = link(_("See the columns"), self._show_columns)
        self.change = link(_("Change the columns"), self._change_columns)
        foot = hbox((self._said, 1), vbox(show, ...), vbox(self.change, ...), gap="s3")
        super().__init__(self._files, "s3", line(), "s2", foot, ..., pad=("s4", "s3", "s4", "s3"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _show_columns(self) -> None:
        self.columns_wanted.emit()

    def _change_columns(self) -> None:
        self.change_wanted.emit()

    def show_report(self, report: ImportReport, carts: Mapping[str, str]) -> None:
        """Show another import; `carts` are the carts' titles by their names."""
        clear(self._files)
        for file in report.files:
            self._files.addWidget(self._file(file, carts.get(file.cart, "")))
        self.change.setVisible(len(report.files) == 1 and not report.files[0].cart)
        used = sum(column.field is not None for column in report.columns)
        asked = sum(column.asked for column in report.columns)
        said = _("{used} of {all} columns are used.").format(used=used, all=len(report.columns))
        unclear = _n("{n} column is unclear.", "{n} columns are unclear.", asked).format(n=asked)
        self._said.set_runs(words.sentences(said, unclear if asked else _("None is unclear.")))

    @staticmethod
    def _file(file: FileRead, cart: str) -> QWidget:
        by_name = _("Columns as you said before") if file.remembered else _("Read by its column names")
        kind = (
            Badge(_("{cart} format").format(cart=cart), "success", icon="check")
            if cart
            else Badge(by_name, "info", icon="info")
        )
        said = vbox(elided(file.file, bold=True), elided(words.place(file), "small", "text_2"))
        return holder(hbox(_Sheet(), (said, 1), kind, gap="s3"))
