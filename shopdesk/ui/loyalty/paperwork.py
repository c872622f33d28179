"""What goes to the printer or into a file: cards with new codes, and the sheet for emergencies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _, _n
from shopdesk.line import add_friend
from shopdesk.ui.amounts import number
from shopdesk.ui.exporting import Exporter, Wanted
from shopdesk.ui.loyalty.paper_dialog import MOST, PaperDialog
from shopdesk.ui.loyalty.papers import PLAIN
from shopdesk.ui.loyalty.printing import PrintedCard, Printing, draw_cards
from shopdesk.ui.loyalty.sheet import draw_sheet
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtWidgets import QWidget

    from shopdesk.cards import Issued, SheetRow
    from shopdesk.ui.shop_page import Desk


class Paperwork(QObject):
    """Asks how, reads, draws, and says where it is."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._shop, self._tasks, self._notices = page, desk.shop, desk.tasks, desk.notices
        self._exporter = Exporter(page, desk.shop, desk.tasks, desk.notices)

    # Cards

    def print_cards(self, card_ids: Sequence[int]) -> None:
        """Print cards with a new code each."""
        cards = self._shop.cards
        if card_ids:
            self._ask(len(card_ids), lambda _count: _printed(cards.print_codes(card_ids[:MOST])))
        else:
            self._notices.done(_("Nobody has a card yet."))

    def print_issued(self, issued: Sequence[Issued]) -> None:
        """Print cards that have their new code already."""
        self._ask(len(issued), lambda _count: _printed(issued))

    def print_blanks(self) -> None:
        """Print cards that are nobody's yet, as many as are wanted."""
        cards = self._shop.cards
        self._ask(None, lambda count: [PrintedCard(None, "", one.digits) for one in cards.blanks.make(count)])

    def _ask(self, count: int | None, make: Callable[[int], Sequence[PrintedCard]]) -> None:
        settings = self._shop.settings

        def ask(found: tuple[str, str]) -> None:
            shop, basic_id = found
            dialog = PaperDialog(self._page, count, shop, add_friend(basic_id) if basic_id else "")
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            printing, as_pdf, wanted = dialog.printing(), dialog.as_pdf, dialog.count()
            dialog.deleteLater()
            if accepted:
                self._begin(lambda: make(wanted), printing, as_pdf=as_pdf)

        self._tasks.run(self, lambda: (str(settings.get("shop_name")), str(settings.get("line_basic_id"))), ask)

    def _begin(self, make: Callable[[], Sequence[PrintedCard]], printing: Printing, *, as_pdf: bool) -> None:
        """Choose where to first: codes are made only for what is printed."""
        if as_pdf:
            file = self._file(_("Shop cards"))
            if file is not None:
                self._tasks.run(
                    self,
                    lambda: _drawn(file, lambda device: draw_cards(device, make(), printing)),
                    lambda _done: self._kept(file),
                    lane=Lane.WRITE,
                )
            return
        printer = self._printer(_("Shop cards"))
        if printer is not None:
            self._tasks.run(
                self,
                make,
                lambda cards: self._said(len(cards), ok=draw_cards(printer, cards, printing)),
                lane=Lane.WRITE,
            )

    def _said(self, count: int, *, ok: bool) -> None:
        words = _n("Printed {n} card.", "Printed {n} cards.", count).format(n=number(count))
        self._notices.done(words if ok else _("The printer did not take it. Look at the printer, then try again."))

    # The sheet for emergencies

    def write_sheet(self, how: str) -> None:
        """Print it, keep it as PDF, or write it for Excel (`print`, `pdf`, `xlsx`)."""
        title = _("Balances of the shop cards")
        if how == "xlsx":
            self._exporter.ask(Wanted(title, what=("cards",)))
            return
        shop, clock = self._shop, self._shop.clock

        def found() -> tuple[str, list[SheetRow]]:
            return str(shop.settings.get("shop_name")), shop.cards.sheet()

        def draw(device: QPagedPaintDevice, read: tuple[str, list[SheetRow]]) -> bool:
            return draw_sheet(device, *read, clock.now())

        if how == "pdf":
            file = self._file(title)
            if file is not None:
                self._tasks.run(
                    self,
                    lambda: _drawn(file, lambda device: draw(device, found())),
                    lambda _done: self._kept(file),
                )
            return
        printer = self._printer(title)
        if printer is not None:
            self._tasks.run(self, found, lambda read: self._printed_sheet(ok=draw(printer, read)))

    def _printed_sheet(self, *, ok: bool) -> None:
        sent = _("The sheet went to the printer.")
        self._notices.done(sent if ok else _("The printer did not take it. Look at the printer, then try again."))

    # Where to

    def _file(self, name: str) -> Path | None:
        place, _kind = QFileDialog.getSaveFileName(self._page, _("Choose where"), f"{name}.pdf", "*.pdf")
        return Path(place).with_suffix(".pdf") if place else None

    def _printer(self, name: str) -> QPrinter | None:
        return _chosen(self._page, name)

    def _kept(self, file: Path) -> None:
        self._notices.done(_("Kept as “{file}”.").format(file=file.name))


def print_card(parent: QWidget, shop: str, issued: Issued) -> bool:
    """Print one card on plain paper, to be cut out, and return whether it was done."""
    printer = _chosen(parent, _("Shop cards"))
    return printer is not None and draw_cards(printer, _printed([issued]), Printing(PLAIN, shop))


def _chosen(parent: QWidget, name: str) -> QPrinter | None:
    """Ask for a printer (or a PDF file, which systems offer among them); None where nobody wants one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    asked = QPrintDialog(printer, parent)
    return printer if asked.exec() == QDialog.DialogCode.Accepted else None


def _printed(issued: Sequence[Issued]) -> list[PrintedCard]:
    return [PrintedCard(one.card.id, one.card.name, one.code.digits) for one in issued]


def _drawn(file: Path, draw: Callable[[QPagedPaintDevice], bool]) -> None:
    """Draw into a PDF file, off the screen's thread. Raises InvalidInputError where it cannot be written."""
    if not draw(QPdfWriter(str(file))):
        said = _("“{file}” cannot be written. Close it where it is open, or choose another place.")
        raise InvalidInputError(said.format(file=file.name))
