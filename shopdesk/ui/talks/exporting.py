"""Talks to a file: the open one or all of them, with what friends sent or the table alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from shopdesk.i18n import _
from shopdesk.talks import saved_as
from shopdesk.ui import widgets as w
from shopdesk.ui.exporting import Exporter, encoding_of, formats
from shopdesk.ui.talks.words import called

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.exports import ExportReport
    from shopdesk.shop import Shop
    from shopdesk.talks import Talk
    from shopdesk.ui.exporting import Progress
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

ZIP = "zip"


class TalkExportDialog(w.Dialog):
    """Asks which talks and which kind of file; `talk` is the open one, None where none is."""

    def __init__(self, parent: QWidget, talk: Talk | None) -> None:
        which = [(_("All talks"), "all")] if talk is None else [(_("This talk"), "this"), (_("All talks"), "all")]
        self.which = w.Segmented(which, which[0][1])
        self.form = w.Choice([(_("Excel with all pictures and files (.zip)"), ZIP), *formats()], ZIP)
        said = w.Prose(
            _("The file holds what friends wrote and your own notes. Keep it where only you can read it."),
            tone="text_2",
        )
        which_field = w.Field(_("What to write"), self.which)
        which_field.setVisible(talk is not None)
        body = (which_field, "s2", w.Field(_("Kind of file"), self.form), "s3", said)
        super().__init__(parent, _("Write talks to a file"), *body, verb=_("Choose where"))


class TalkExporter(QObject):
    """Asks, writes and shows how far it is."""

    def __init__(self, page: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(page)
        self._page, self._shop = page, shop
        self._exporter = Exporter(page, shop, tasks, notices)

    def ask(self, talk: Talk | None) -> None:
        """Ask which talks, which kind of file and where, then write."""
        dialog = TalkExportDialog(self._page, talk)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        one, kind = talk if dialog.which.value() == "this" else None, str(dialog.form.value())
        dialog.deleteLater()
        if not chosen:
            return
        ending = kind if kind in {ZIP, "xlsx"} else "csv"
        name = _("Talk with {name}").format(name=called(one.name)) if one is not None else _("Talks")
        offered = f"{saved_as(name, '', 0, self._shop.clock.now())}.{ending}"
        place, _kind = QFileDialog.getSaveFileName(self._page, _("Choose where"), offered, f"*.{ending}")
        if place:
            friends = None if one is None else [one.friend_id]
            self.write(Path(place).with_suffix(f".{ending}"), kind, friends)

    def write(self, file: Path, kind: str, friends: Sequence[int] | None) -> Progress:
        """Write to a place that is known."""

        def work(tell: Callable[[int], None]) -> ExportReport:
            return self._shop.talks.exporting.write(file, friends=friends, encoding=encoding_of(kind), on_progress=tell)

        return self._exporter.run(file, work)
