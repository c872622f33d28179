"""The bands of one day: from and to, several times, or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.settings import OpeningHours
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.settings import Band
    from shopdesk.ui.widgets.layouts import Item

USUAL = ("10:00", "19:00")
_LATER = ("17:00", "20:00")


class BandField(QWidget):
    """One band. `changed` when it was left with another time, `gone` when it is not wanted any more."""

    changed = Signal()
    gone = Signal()

    def __init__(self, day: str, begin: str, end: str) -> None:
        super().__init__()
        self.begin, self.end = w.TextField(begin, width="number_field"), w.TextField(end, width="number_field")
        self.begin.setAccessibleName(_("{day}: opens at").format(day=day))
        self.end.setAccessibleName(_("{day}: closes at").format(day=day))
        self._told = self.text()
        for field in (self.begin, self.end):
            field.editingFinished.connect(self._left)
        self.remove = w.icon_button("x", _("Remove these hours"), self.gone.emit)
        self.setLayout(w.hbox(self.begin, w.label("–", tone="text_2"), self.end, self.remove, gap="s1"))

    def text(self) -> str:
        """Return what stands there, as opening hours are written."""
        return f"{self.begin.text().strip()}-{self.end.text().strip()}"

    def show_wrong(self, *, wrong: bool) -> None:
        """Draw the borders of times that cannot be used."""
        for field in (self.begin, self.end):
            field.set_wrong(wrong)

    def _left(self) -> None:
        if self.text() != self._told:
            self._told = self.text()
            self.changed.emit()


class DayRow(QWidget):
    """A day and its bands; none: closed. `changed` when they are others."""

    changed = Signal()

    def __init__(self, day: str, *more: Item) -> None:
        super().__init__()
        self.day = day
        self.bands: list[BandField] = []
        self._flow = w.Flow()
        self._closed = w.label(_("Closed"), tone="text_3")
        self.add = w.icon_button("plus", _("{day}: add hours").format(day=day), self._add)
        self._wrong = w.Prose(role="caption", tone="danger_text")
        self._wrong.hide()
        self._name = w.label(day, bold=True)
        self._name.setMinimumWidth(self._name.fontMetrics().horizontalAdvance("00") * 5)
        self.hours_box = w.holder(w.hbox((self._flow, 1), w.vbox("s1", self.add, ...)))
        row = w.hbox(w.vbox("s2", self._name, ...), self._closed, (self.hours_box, 1), *more)
        self.setLayout(w.vbox(row, self._wrong))

    def show_bands(self, bands: Sequence[Band]) -> None:
        """Show other hours."""
        self.bands = [self._band(*_times(one)) for one in bands]
        self._show()

    def use(self, *, on: bool) -> None:
        """Show the hours, or only the name of a day that has none of its own."""
        self.hours_box.setVisible(on)
        self._show()

    def _band(self, begin: str, end: str) -> BandField:
        band = BandField(self.day, begin, end)
        band.changed.connect(self.changed)
        band.gone.connect(lambda: self._drop(band))
        return band

    def _add(self) -> None:
        band = self._band(*(_LATER if self.bands else USUAL))
        self.bands.append(band)
        self._show()
        band.begin.setFocus()
        self.changed.emit()

    def _drop(self, band: BandField) -> None:
        self.bands.remove(band)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._flow.show_items(*self.bands)
        self._closed.setVisible(not self.bands and not self.hours_box.isHidden())

    def read(self) -> tuple[Band, ...] | None:
        """Return the bands; None where one is no time, which is then said below them."""
        sound = [_band(one.text()) for one in self.bands]
        for field, bands in zip(self.bands, sound, strict=True):
            field.show_wrong(wrong=bands is None)
        wrong = None in sound
        self._wrong.set_runs(_("Write times like 10:00; past midnight goes on to 26:00.") if wrong else "")
        self._wrong.setVisible(wrong)
        return None if wrong else tuple(sorted(band for bands in sound if bands for band in bands))


def _band(text: str) -> tuple[Band, ...] | None:
    try:
        hours = OpeningHours.parse(f"mon {text.replace(' ', '')}")
    except InvalidInputError:
        return None
    return hours.week[0] if hours else None


def _times(band: Band) -> tuple[str, str]:
    begin, _dash, end = str(band).partition("-")
    return begin, end
