"""Writing a table to a file from any page: which form, where to, how far it is, and the way to the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from shopdesk.errors import ShopDeskError
from shopdesk.exports import OWN
from shopdesk.i18n import _, _n
from shopdesk.staff import Act
from shopdesk.ui.amounts import number
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import Choice, Dialog, Field, Prose, Segmented, Spinner, hbox, label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.exports import ExportReport, What
    from shopdesk.shop import Shop
    from shopdesk.spreadsheets import Encoding
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

FORMAT = "export_format"
_SHOWN = 6


class StoppedError(ShopDeskError):
    """The person stopped the writing; no file was made."""

    code = "stopped"


@dataclass(frozen=True)
class Wanted:
    """What to write: of these people (None: of everybody), found when it begins."""

    name: str
    people: Callable[[], Sequence[int]] | None = None
    what: tuple[What, ...] = ("customers", "orders")


def formats() -> list[tuple[str, str]]:
    """Return the kinds of file a person chooses from, and their names in the settings."""
    return [(_("Excel (.xlsx)"), "xlsx"), (_("CSV (Shift_JIS)"), "cp932"), (_("CSV (UTF-8)"), "utf-8")]


def encoding_of(kind: str) -> Encoding | None:
    """Return the encoding of a kind of file, None for what is no text."""
    return cast("Encoding", kind) if kind in {"cp932", "utf-8"} else None


def tables() -> dict[What, str]:
    """Return the tables with their names."""
    return {
        "customers": _("Customers"),
        "orders": _("Orders"),
        "subscriptions": _("Subscriptions"),
        "coupons": _("Coupons"),
        "cards": _("Shop cards"),
    }


def layouts(shop: Shop, what: What) -> list[tuple[str, str]]:
    """Return the layouts a table can be written in, our own first, with their titles."""
    found = shop.exports.layouts(what)
    return [(one.title, one.name) if one.family else (_("All of ShopDesk"), OWN) for one in found]


class ExportDialog(Dialog):
    """Asks which table, which kind of file, in which layout."""

    def __init__(self, parent: QWidget, shop: Shop, wanted: Wanted, form: str) -> None:
        self._shop = shop
        named = tables()
        self.what = Segmented([(named[one], one) for one in wanted.what])
        self.form = Choice(formats(), form)
        self.layouts = Choice([], OWN)
        said = Prose(_("The file holds names and addresses. Keep it where only you can read it."), tone="text_2")
        body = (
            Field(_("What to write"), self.what),
            "s2",
            Field(_("Kind of file"), self.form),
            "s2",
            Field(_("Columns"), self.layouts, help_text=_("A cart's own columns go back into that cart.")),
            "s3",
            said,
        )
        super().__init__(parent, _("Write “{name}” to a file").format(name=wanted.name), *body, verb=_("Choose where"))
        self.what.chosen.connect(self._offer_layouts)
        self._offer_layouts(self.what.value())

    def _offer_layouts(self, what: What) -> None:
        self.layouts.set_entries(layouts(self._shop, what), OWN)


class Progress(Dialog):
    """Shows how many rows are written; its button stops that, and leads to the file when it is there."""

    def __init__(self, parent: QWidget, file: Path) -> None:
        self.file = file
        self.stopped = False
        self._said = Prose(_("Nothing is left behind when you stop."), tone="text_2")
        self._spinner = Spinner()
        self._rows = label("", "section")
        body = (hbox(self._spinner, (self._rows, 1)), "s2", self._said)
        super().__init__(
            parent, _("Export to “{file}”").format(file=file.name), *body, verb=_("Open the folder"), back=_("Stop")
        )
        self.verb.hide()
        self.show_rows(0)

    def show_rows(self, rows: int) -> None:
        """Show how far it is."""
        self._rows.setText(_n("{n} row", "{n} rows", rows).format(n=number(rows)))

    def reject(self) -> None:
        self.stopped = True
        super().reject()

    def finish(self, report: ExportReport) -> None:
        """Show what was written, and what the encoding or the layout could not hold."""
        self.show_rows(report.rows)
        self._spinner.hide()
        self.back.set_words(_("Close"))
        self.verb.show()
        beside = _n("{n} file is beside it.", "{n} files are beside it.", report.files).format(n=number(report.files))
        said = (
            *((beside,) if report.files else ()),
            _lost(report) or _("Every character is in the file."),
            *report.not_fitting,
        )
        self._said.set_runs(" ".join(said))
        self.adjustSize()


def _lost(report: ExportReport) -> str:
    if not report.lost:
        return ""
    rows = _(", ").join(
        _("row {row}: {character}").format(row=one.row, character=one.character) for one in report.lost[:_SHOWN]
    )
    more = _(" and more") if len(report.lost) > _SHOWN else ""
    said = _("Shift_JIS has no {rows}{more}. 〓 or a look-alike stands there; UTF-8 or Excel keep them.")
    return said.format(rows=rows, more=more)


class Exporter(QObject):
    """Asks, writes and shows; one for each page that can."""

    _told = Signal(int)

    def __init__(self, page: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(page)
        self._page, self._shop, self._tasks, self._notices = page, shop, tasks, notices

    def allowed(self) -> bool:
        """Say whether who is there may carry data out."""
        return self._shop.staff.may(Act.EXPORT)

    def ask(self, wanted: Wanted) -> None:
        """Ask for the form and the place, then write."""
        self._tasks.run(self, lambda: str(self._shop.settings.get(FORMAT)), lambda form: self._asked(wanted, form))

    def _asked(self, wanted: Wanted, form: str) -> None:
        dialog = ExportDialog(self._page, self._shop, wanted, form)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        what, kind, layout = dialog.what.value(), str(dialog.form.value()), str(dialog.layouts.value())
        dialog.deleteLater()
        if not chosen:
            return
        ending = self._shop.exports.ending(what, layout, "xlsx" if kind == "xlsx" else "csv")
        name = f"{wanted.name}.{ending}".replace("/", "_")
        place, _kind = QFileDialog.getSaveFileName(self._page, _("Choose where"), name, f"*.{ending}")
        if place:
            if kind != form and self._shop.staff.may(Act.MANAGE):
                self._tasks.run(self, lambda: self._shop.settings.set(FORMAT, kind), lane=Lane.WRITE)
            self.write(wanted, what, kind, layout, Path(place).with_suffix(f".{ending}"))

    def write(self, wanted: Wanted, what: What, kind: str, layout: str, file: Path) -> Progress:
        """Write a table to a place that is known, and show how far it is."""

        def work(tell: Callable[[int], None]) -> ExportReport:
            people = None if wanted.people is None else wanted.people()
            return self._shop.exports.write(
                what, file, people=people, layout=layout, encoding=encoding_of(kind), on_progress=tell
            )

        return self.run(file, work)

    def run(self, file: Path, write: Callable[[Callable[[int], None]], ExportReport]) -> Progress:
        """Let `write` write a file, and show how far it is; it calls what it is given with the number of rows."""
        shown = Progress(self._page, file)
        self._told.connect(shown.show_rows)

        def tell(rows: int) -> None:
            if shown.stopped:
                raise StoppedError(_("Stopped. No file was written."))
            self._told.emit(rows)

        def failed(error: Exception) -> None:
            shown.close()
            if isinstance(error, StoppedError):
                self._notices.done(error.message)
            else:
                self._notices.error(error)

        shown.accepted.connect(lambda: open_folder(file.parent))
        self._tasks.run(self, lambda: write(tell), shown.finish, failed=failed)
        shown.open()
        return shown


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own window for files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
