"""The rows to check of an import, saved as a workbook to be put right and dropped again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.ui.shop_page import Desk


def save_corrections(page: QWidget, desk: Desk, files: Sequence[Path], mapping: str | None) -> None:
    """Ask for a place, write the rows to check of these files there, and say so."""
    name = _("{file} - rows to check.xlsx").format(file=files[0].stem)
    place, _kind = QFileDialog.getSaveFileName(page, _("Save the rows to check"), name, "*.xlsx")
    if not place:
        return
    target, imports = Path(place).with_suffix(".xlsx"), desk.shop.imports

    def saved(written: tuple[Path, ...]) -> None:
        names = _(", ").join(file.name for file in written)
        desk.notices.done(_("Saved {files}. Put the rows right in Excel and drop the file here.").format(files=names))

    desk.tasks.run(page, lambda: imports.save_corrections(files, target, mapping=mapping), saved)
