"""What kind of coupon it is, in large tiles, and how much comes off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk.coupons import DISCOUNTS
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.loyalty.coupon_words import kinds
from shopdesk.ui.paint import box, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from shopdesk.coupons import Kind, Offer


class KindTile(w.Painted):
    """A kind: icon and name."""

    def __init__(self, icon: str, words: str) -> None:
        super().__init__(words)
        self._icon = icon
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("control_large"))

    def paintEvent(self, _event: object) -> None:
        t, p, on, r = theme(), smooth(self), self.isChecked(), QRectF(self.rect())
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        box(p, r, ground, "accent" if on else "line_strong", t.radius("toast"))
        if on:
            p.setPen(QPen(t["accent"], t.border("focus")))
            p.drawRoundedRect(r.adjusted(1, 1, -1, -1), t.radius("toast") - 1, t.radius("toast") - 1)
        tone, side, size = "accent_text" if on else "text", t.px("s3"), t.px("icon")
        paint_icon(p, self._icon, tone if on else "text_2", side, (self.height() - size) / 2)
        left = side + size + t.px("mid")
        draw(p, QRect(left, 0, self.width() - left - side, self.height()), self.words, "body", tone, on)


class KindField(QWidget):
    """The kinds side by side, and below them the value where the kind has one."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys = [key for key, _icon, _words in kinds()]
        self.tiles = [KindTile(icon, words) for _key, icon, words in kinds()]
        self._group = QButtonGroup(self)
        for at, tile in enumerate(self.tiles):
            self._group.addButton(tile, at)
        self.value = w.NumberField(None, 1, 10_000_000, width="counter_button")
        self._unit = w.label("", tone="text_2")
        self.off = w.Field(_("Comes off"), w.holder(w.hbox(self.value, self._unit, ...)), check=self._wrong)
        self.value.setAccessibleName(_("Comes off"))
        tiles = w.holder(w.hbox(*((tile, 1) for tile in self.tiles)))
        self.setLayout(w.vbox(w.Field(_("What is it"), tiles), self.off, gap="form_gap"))
        self._group.idClicked.connect(self._chosen)
        self.value.changed.connect(self.edited)

    def show_offer(self, offer: Offer) -> None:
        """Show kind and value of an offer."""
        self.tiles[self._keys.index(offer.kind)].setChecked(True)
        self.value.set_value(offer.value)
        self._show()

    def kind(self) -> Kind:
        """Return the kind that is chosen."""
        return self._keys[self._group.checkedId()]

    def number(self) -> int | None:
        """Return yen or per cent, None where the kind has none."""
        return self.value.value() if self.kind() in DISCOUNTS else None

    def valid(self) -> bool:
        """Check the value."""
        return self.off.valid()

    def _chosen(self, _at: int) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.off.setVisible(self.kind() in DISCOUNTS)
        self._unit.setText(_("yen") if self.kind() == "yen_off" else "%")
        self.off.set_error("")

    def _wrong(self) -> str:
        number, percent = self.number(), self.kind() == "percent_off"
        if self.kind() not in DISCOUNTS:
            return ""
        if percent and (number is None or number > 99):
            return _("Say how many per cent come off, from 1 to 99.")
        return _("Say how many yen come off, from 1.") if number is None else ""
