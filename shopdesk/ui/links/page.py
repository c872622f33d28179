"""The page of friend-add codes: the places, what is printed for the one that is chosen, and how many came by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.links import Wanted
from shopdesk.qr import files
from shopdesk.ui import widgets as w
from shopdesk.ui.link_clicks import LinkDialog
from shopdesk.ui.links.asking import CameDialog, CountedDialog, LoginDialog, PlaceDialog
from shopdesk.ui.links.form import SourceForm
from shopdesk.ui.links.preview import Preview
from shopdesk.ui.links.sources import CodeCard, SourceList
from shopdesk.ui.list_page import may_be_lost
from shopdesk.ui.posters.drawing import print_poster
from shopdesk.ui.posters.files import poster_of, write_pdf
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.studio import Studio
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.links import Clicker, Hour, Report, Source
    from shopdesk.qr import Code
    from shopdesk.ui.posters.drawing import Poster
    from shopdesk.ui.shop_page import Desk

_PIXELS, _SIDE_MM, _DAYS = 10, 40, 30
_ALL = 16_777_215
"""Qt's own word for no limit: without a place the list has the whole page."""


class Seen(NamedTuple):
    """What the page shows, read in one go."""

    sources: list[Source]
    address: str
    signs_in: bool


class LinksPage(ShopPage):
    """Friend-add codes. `shown(source=ID)` opens one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.LINKS, Topic.FRIENDS, Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._source: Source | None = None
        self._asked = 0  # for the place of this number, before it is there
        self._address = ""
        self.add = w.Button(_("Add a place"), icon="plus", does=self.begin)
        self.counted = w.Button(_("Counted links"), icon="chart-column", does=self.show_links)
        self.pdf = w.Button(_("Keep as PDF…"), icon="download", does=self.to_pdf)
        self.print = w.Button(_("Print"), "primary", "printer", does=self.to_printer)
        purpose = _("A code that adds the shop on LINE for each place. You see by which people came.")
        header = w.Header(_("QR and posters"), purpose, actions=[self.counted, self.add, self.pdf, self.print])
        self.list = SourceList(self.tasks, self.notices.sentence, self.begin)
        self.code = CodeCard()
        self.login = w.Banner("info", "", action=_("Set it up"), does=self.ask_login, below=True)
        self.preview, self.form = Preview(), SourceForm(Studio(self, self.shop, self.tasks, self.notices))
        self._left = w.holder(w.vbox((self.list, 1), self.login, self.code, gap="card_gap"))
        columns = w.hbox(self._left, (self.preview, 1), self.form, gap="card_gap")
        margin = ("page_side", "s1", "page_side", "page_top")
        self.setLayout(w.vbox(header, (w.holder(w.hbox((w.holder(columns), 1), margin=margin)), 1)))
        self.dress()
        self._connect()
        self.reload()

    def dress(self) -> None:
        """Take the widths of the columns from the theme in use."""
        side = theme().px("talk_side")
        self._left.setMinimumWidth(side)
        self._left.setMaximumWidth(side if self._source else _ALL)
        self.form.setFixedWidth(theme().px("side_wide"))

    def _connect(self) -> None:
        self.list.chosen.connect(self._picked)
        self.code.wanted.connect(self.write_code)
        self.form.edited.connect(self._draw)
        self.form.save.connect(self.save)
        self.form.end.connect(self.end)
        self.form.friends.connect(self.show_friends)

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open a place by its number."""
        if what.get("source"):
            self._reload(int(what["source"]))

    def reload(self) -> None:
        """Read again; what is being written stays."""
        self._reload(self._asked or (self._source.id if self._source else 0))

    def _reload(self, chosen: int) -> None:
        shop, self._asked = self.shop, chosen

        def read() -> Seen:
            return Seen(shop.links.sources.list(), shop.settings.fixed_address(), shop.login_keys() is not None)

        self.tasks.run(self, read, lambda found: self._show(found, chosen), key="sources")

    def _show(self, found: Seen, chosen: int) -> None:
        self._address, self._asked = found.address, 0
        self.login.setVisible(bool(found.address) and not found.signs_in and bool(found.sources))
        self.login.say(_("With a LINE Login channel it is known for sure who came by which code."))
        one = next((one for one in found.sources if one.id == chosen), found.sources[0] if found.sources else None)
        writing = self._source is not None and one is not None and one.id == self._source.id and self.form.dirty()
        for part in (self.preview, self.form, self.code, self.add, self.pdf, self.print):
            part.setVisible(one is not None)
        self.list.show_sources(found.sources, one.id if one else 0)
        if one is not None and not writing:
            self._open(one)
        self.dress()

    def _picked(self, source: Source) -> None:
        if self._source is not None and source.id == self._source.id:
            return
        if self._source is not None and self.form.dirty() and not may_be_lost(self, self.form.name.text()):
            self.reload()
            return
        self._open(source)

    def _open(self, source: Source) -> None:
        self._source = source
        self.form.show_source(source)
        self._draw()

    # What is printed

    def _draw(self) -> None:
        """Show what would be printed now."""
        written, shop = self._written(), self.shop
        if written is None:
            return

        def show(poster: Poster) -> None:
            self.preview.show_poster(poster)
            self.code.show_code(written.wanted.name, poster.code)
            self._ready(ready=True)

        def failed(error: Exception) -> None:
            self.preview.show_trouble(self.notices.sentence(error))
            self._ready(ready=False)

        self.tasks.run(self, lambda: poster_of(shop, written), show, failed=failed, key="poster")

    def _ready(self, *, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.pdf.setEnabled(ready)
        self.code.setVisible(ready)

    def _written(self) -> Source | None:
        return replace(self._source, wanted=self.form.wanted()) if self._source else None

    def to_printer(self) -> None:
        """Print the sheet that is shown."""
        poster = self.preview.view.poster
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("QR and posters"))
        dialog = QPrintDialog(printer, self)
        if poster is None or dialog.exec() != QDialog.DialogCode.Accepted:
            return
        sent = print_poster(printer, self.preview.view.form, poster)
        refused = _("The printer did not take it. Look at the printer, then try again.")
        self.notices.done(_("It went to the printer.") if sent else refused)

    def to_pdf(self) -> None:
        """Keep the sheet that is shown as a file."""
        poster, form = self.preview.view.poster, self.preview.view.form
        file = self._file(f"{_(form.title)}.pdf") if poster else None
        if poster is not None and file is not None:
            self._keep(file, lambda: write_pdf(file, form, poster))

    def write_code(self, kind: str) -> None:
        """Keep the code alone as a file of a kind."""
        poster = self.preview.view.poster
        file = self._file(f"{self.form.name.text()}.{kind}") if poster else None
        if poster is not None and file is not None:
            self._keep(file, lambda: _write(file, _drawn(poster.code, kind)))

    def _file(self, name: str) -> Path | None:
        ending = name.rpartition(".")[2]
        place, _kind = QFileDialog.getSaveFileName(self, _("Choose where"), name.replace("/", "_"), f"*.{ending}")
        return Path(place).with_suffix(f".{ending}") if place else None

    def _keep(self, file: Path, work: Callable[[], object]) -> None:
        said = _("Kept as “{file}”.").format(file=file.name)
        self.tasks.run(self, work, lambda _done: self.notices.done(said))

    # Keeping

    def begin(self) -> None:
        """Ask for a new place, and make it."""
        dialog = PlaceDialog(self, "page" if self._address else "talk")
        wanted = Wanted(dialog.name.text(), dialog.way.value()) if dialog.asked() else None
        dialog.deleteLater()
        sources = self.shop.links.sources
        if wanted is not None:
            self.tasks.run(self, lambda: sources.add(wanted), lambda made: self._reload(made.id), lane=Lane.WRITE)

    def save(self) -> None:
        """Keep what is written."""
        source, wanted, sources = self._source, self.form.wanted(), self.shop.links.sources
        if source is None:
            return

        def done(kept: Source) -> None:
            self.form.kept()
            self.notices.done(_("Kept “{name}”.").format(name=kept.wanted.name))
            self._reload(kept.id)

        self.tasks.run(self, lambda: sources.change(source.id, wanted), done, lane=Lane.WRITE)

    def end(self) -> None:
        """Put the place away, or take it out again."""
        source, sources = self._source, self.shop.links.sources
        if source is not None:
            turn = sources.end if source.ended_at is None else sources.take_out
            self.tasks.run(self, lambda: turn(source.id), lambda _done: self.reload(), lane=Lane.WRITE)

    def show_friends(self) -> None:
        """Show who came by the place."""
        source, sources = self._source, self.shop.links.sources
        if source is None:
            return

        def show(found: tuple[Any, Any]) -> None:
            dialog = CameDialog(self, source, *found)
            dialog.exec()
            dialog.deleteLater()

        self.tasks.run(self, lambda: (sources.arrivals(source.id), sources.days(source.id, _DAYS)), show)

    def show_links(self) -> None:
        """Show the counted links that stand somewhere for everybody, then the one that is chosen."""
        links = self.shop.links

        def show(found: list[Report]) -> None:
            dialog = CountedDialog(self, found)
            dialog.exec()
            chosen = dialog.chosen
            dialog.deleteLater()
            if chosen is not None:
                self._show_link(chosen)

        self.tasks.run(self, links.list, show)

    def _show_link(self, link: Report) -> None:
        links = self.shop.links

        def show(found: tuple[list[Hour], list[Clicker]]) -> None:
            dialog = LinkDialog(self, link, *found)
            dialog.exec()
            dialog.deleteLater()

        self.tasks.run(self, lambda: (links.hours(link.link.id), links.clickers(link.link.id)), show)

    def ask_login(self) -> None:
        """Ask for the keys of a LINE Login channel, and keep them."""
        dialog = LoginDialog(self)
        keys = dialog.ask(self._address)
        dialog.deleteLater()
        shop = self.shop
        if keys is not None and all(one.strip() for one in keys):
            said = _(
                "Kept. People can sign in with LINE in a moment; where the gateway runs elsewhere, from its next start on."
            )
            self.tasks.run(
                self, lambda: shop.connect_login(*keys), lambda _done: self.notices.done(said), lane=Lane.WRITE
            )


def _drawn(code: Code, kind: str) -> bytes:
    if kind == "png":
        return files.png(code, _PIXELS)
    return files.svg(code).encode() if kind == "svg" else files.pdf(code, _SIDE_MM)


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        said = _("“{file}” cannot be written. Close it where it is open, or choose another place.")
        raise InvalidInputError(said.format(file=file.name)) from error
