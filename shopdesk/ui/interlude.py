"""Work that needs the shop closed: what is going on is said in a small window until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.ui.tasks import wait_for
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Prose, Spinner, hbox, vbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent


@dataclass(frozen=True)
class Work:
    """What is to be done between two windows: what to say meanwhile, and afterwards."""

    meanwhile: str
    does: Callable[[], object]
    afterwards: str


class Interlude(QWidget):
    """Stands between two windows of one program; it cannot be closed before the work is done."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.setWindowTitle("ShopDesk")
        self.setLayout(vbox(..., hbox(vbox(Spinner(), ...), (Prose(work.meanwhile), 1), gap="s3"), ..., margin="s6"))
        self.resize(theme().px("dialog"), 4 * theme().px("s10"))

    def run(self) -> Exception | None:
        """Do the work and return what went wrong, if anything did."""
        self.show()
        try:
            wait_for(self._work.does)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next window says it
            return error
        finally:
            self.hide()
            self.deleteLater()
        return None

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
