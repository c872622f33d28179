"""The places of the codes with how many came by each, and the code of the one that is chosen."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.directions import isolated
from shopdesk.ui.paint import smooth
from shopdesk.ui.posters.ink import Ink
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.links import Source
    from shopdesk.qr import Code
    from shopdesk.ui.tasks import Tasks

_SMALLEST_SQUARE_MM = 0.4
"""Phones of some years ago read squares of this size from a hand's distance."""


class SourceList(w.ListCard["Source"]):
    """`chosen` carries the source that somebody chose; while it is read anew, nobody does."""

    chosen = Signal(object)

    def __init__(self, tasks: Tasks, sentence: Callable[[Exception], str], add: Callable[[], object]) -> None:
        empty = w.EmptyState(
            "qr-code",
            _("No code yet"),
            _("Make one for the till, one for the flyer: you see by which people came."),
            w.Button(_("Add a place"), "primary", "plus", does=add),
        )
        columns = [
            w.Column(_("Where it stands"), self._named),
            w.Column(_("Friends"), self._came, 90, w.RIGHT),
        ]
        super().__init__(columns, lambda one: one.id, tasks, empty=empty, sentence=sentence, row="row_two")
        self.table.setAccessibleName(_("Places"))
        self._at, self._reading = 0, False
        self.counted.connect(self._mark)
        self.table.picked.connect(self._picked)

    @staticmethod
    def _named(one: Source) -> w.Cell:
        if one.ended_at is not None:
            second = _("put away")
        elif one.wanted.way == "plain":
            second = _("cannot be counted")
        else:
            second = isolated(one.wanted.note) or _n("{n} new friend", "{n} new friends", one.new).format(
                n=number(one.new)
            )
        return w.Cell(isolated(one.wanted.name), bold=True, second=second)

    @staticmethod
    def _came(one: Source) -> w.Cell:
        return w.Cell("–" if one.wanted.way == "plain" else people(one.friends), bold=True)

    def show_sources(self, sources: Sequence[Source], chosen: int) -> None:
        """Show them, the chosen one marked."""
        self._at = next((at for at, one in enumerate(sources) if one.id == chosen), 0)
        self._reading = True
        self.show_listing(w.fixed(sources))

    def _mark(self, count: int) -> None:
        if count:
            self.table.setCurrentIndex(self.model.index(self._at, 0))
        self._reading = False

    def _picked(self, source: Source | None) -> None:
        if source is not None and not self._reading:
            self.chosen.emit(source)


class CodeView(QWidget):
    """A code, small."""

    def __init__(self) -> None:
        super().__init__()
        self._code: Code | None = None
        self.setAccessibleName(_("QR code"))
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(2 * theme().px("s12"), 2 * theme().px("s12"))

    def show_code(self, code: Code | None) -> None:
        """Show another one, None for none."""
        self._code = code
        self.update()

    def paintEvent(self, _event: object) -> None:
        if self._code is not None:
            Ink(smooth(self), 1).code(QRectF(self.rect()), self._code)


class CodeCard(w.Card):
    """The code of a source. `wanted` carries the ending of the file it is to be written to."""

    wanted = Signal(str)

    def __init__(self) -> None:
        self._title = w.elided("", "section")
        self.view, self._text = CodeView(), ""
        self.badge = w.Badge(_("It was read back"), "success", icon="check")
        self._least = w.Prose(role="caption", tone="text_3")
        self.files = [
            w.Button(kind.upper(), size="control_small", does=self._wants(kind)) for kind in ("png", "svg", "pdf")
        ]
        copy = w.Button(_("Copy the link"), icon="copy", size="control_small", does=self._copy)
        side = w.vbox(w.hbox(self.badge, ...), "s1", self._least, ...)
        buttons = w.Flow(*self.files, copy, gap="s2")
        super().__init__(self._title, w.hbox(self.view, (side, 1), gap="s3"), buttons, gap="s3")

    def _wants(self, kind: str) -> Callable[[], object]:
        return lambda: self.wanted.emit(kind)

    def show_code(self, name: str, code: Code) -> None:
        """Show a code, and how small it may be printed."""
        self._text = code.text
        self._title.setText(_("The code of “{name}”").format(name=name))
        self.view.show_code(code)
        least = ceil(code.side * _SMALLEST_SQUARE_MM / 5) / 2
        self._least.set_runs(_("It can be read down to {n} cm.").format(n=f"{least:g}"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
