"""The sidebar: the shop's name and who is there, the pages in small groups, and the LINE light at the foot."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QButtonGroup, QWidget

from shopdesk.i18n import _
from shopdesk.paths import resources
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import blob, box, draw, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Painted
from shopdesk.ui.widgets.layouts import hbox, holder, vbox
from shopdesk.ui.widgets.marks import Dot, draw_count
from shopdesk.ui.widgets.surfaces import line, scroller
from shopdesk.ui.widgets.text import elided, label, tip

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shopdesk.ui.pages import PageEntry


class Logo(QWidget):
    """A noren over a shop's door."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn = QSvgRenderer(str(resources() / "icons" / "shopdesk.svg"), self)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("logo"), theme().px("logo"))

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        self._drawn.render(p, QRectF(self.rect()))


class NavItem(Painted):
    """One line of the sidebar; only its icon when the sidebar is narrow."""

    def __init__(self, key: str, icon: str, words: str) -> None:
        super().__init__(words)
        self.key, self._icon, self._count, self._narrow = key, icon, 0, False
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("sidebar_row"))

    def set_count(self, count: int) -> None:
        """Show how many things wait on that page."""
        self._count = count
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show only the icon, with the words as its tooltip."""
        self._narrow = narrow
        tip(self, self.words if narrow else "")
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, p, w, h, on = theme(), smooth(self), self.width(), self.height(), self.isChecked()
        tone, radius = "accent_text" if on else "text_2", t.radius("control")
        if on:
            box(p, QRectF(self.rect()), "surface", "line", radius)
            bar = t.border("bar")
            blob(p, QRectF(0, h / 4 + 1, bar, h / 2 - 2), "accent", bar / 2)
        elif self.underMouse():
            blob(p, QRectF(self.rect()), "hover", radius)
        side, icon = t.px("mid"), t.px("icon")
        paint_icon(p, self._icon, tone, (w - icon) / 2 if self._narrow else side, (h - icon) / 2)
        bubble = t.px("count")
        if not self._narrow:
            left = side + icon + side
            draw(p, QRect(left, 0, w - left - side - (bubble if self._count else 0), h), self.words, "body", tone, on)
        if self._count:
            at = QRectF(w - side - bubble, (h - bubble) / 2, bubble, bubble)
            draw_count(p, at.translated(side, -side + 2) if self._narrow else at, self._count)


class Sidebar(QWidget):
    """Asks for a page with `wanted`, for the lock with `lock_wanted`."""

    wanted = Signal(str)
    lock_wanted = Signal()

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        self._buttons = QButtonGroup(self)
        self.items: dict[str, NavItem] = {}
        self._heads: dict[str, QWidget] = {}
        self._groups = {entry.key: entry.group for entry in entries}
        self._allowed = set(self._groups)
        self._shop, self._person = elided("", "brand"), elided("", "small", "text_2")
        self._person.hide()
        self._light, self._state = Dot("control"), elided("", "small", "text_2")
        brand = hbox(Logo(), (vbox(self._shop, self._person), 1), gap="mid", margin=("mid", "s1", "s1", "label_gap"))
        self._marked = {entry.key: entry.below or entry.key for entry in entries}
        ordered = sorted((entry for entry in entries if not entry.below), key=lambda entry: entry.order)
        lines: list[QWidget] = []
        for group, members in groupby([one for one in ordered if one.group != "foot"], key=lambda one: one.group):
            lines += [self._head(group)] if group else []
            lines += [self._item(entry) for entry in members]
        foot = [self._item(entry) for entry in ordered if entry.group == "foot"]
        self.lock = NavItem("lock", "lock", _("Lock"))
        self.lock.setCheckable(False)
        self.lock.clicked.connect(self.lock_wanted)
        self.lock.hide()
        self._status = holder(hbox(self._light, (self._state, 1), margin=("mid", "label_gap", "", "tiny")))
        self._reach_light, self._reach = Dot("control"), elided("", "small", "text_2")
        self._reached = holder(hbox(self._reach_light, (self._reach, 1), margin=("mid", "tiny", "", "tiny")))
        self._reached.hide()
        bottom = vbox(line(), "s2", *foot, self.lock, self._status, self._reached, margin=("s1", ""))
        middle = scroller(vbox(*lines, ..., margin="s1"))
        self.setLayout(vbox(brand, (middle, 1), bottom, margin=("label_gap", "s3", "label_gap", "mid")))
        self._narrow = False
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        t = theme()
        self.setFixedWidth(t.px("sidebar_narrow" if self._narrow else "sidebar"))
        for head in self._heads.values():
            head.setFixedHeight(t.px("sidebar_group"))

    def _head(self, group: str) -> QWidget:
        made = holder(hbox(label(_(group), "caption", "text_3"), margin=("mid", "label_gap", "", "")))
        self._heads[group] = made
        return made

    def _item(self, entry: PageEntry) -> NavItem:
        made = NavItem(entry.key, entry.icon, _(entry.title))
        made.clicked.connect(lambda: self.wanted.emit(entry.key))
        self._buttons.addButton(made)
        self.items[entry.key] = made
        return made

    def set_shop(self, name: str) -> None:
        """Show the shop's name."""
        self._shop.setText(name)

    def set_person(self, words: str) -> None:
        """Show who is there, and the way to lock; without words nobody is registered, and there is neither."""
        self._person.setText(words)
        self._person.setVisible(bool(words) and not self._narrow)
        self.lock.setVisible(bool(words))

    def allow(self, keys: Collection[str]) -> None:
        """Show only these pages."""
        self._allowed = set(keys)
        for key, item in self.items.items():
            item.setVisible(key in self._allowed)
        self._show_heads()

    def _show_heads(self) -> None:
        groups = {self._groups[key] for key in self._allowed}
        for group, head in self._heads.items():
            head.setVisible(group in groups and not self._narrow)

    def set_line(self, tone: str, words: str) -> None:
        """Show how the connection with LINE is: a colour (success_solid, warning_solid, danger_solid) and its words."""
        self._light.set_tone(tone)
        self._state.setText(words)
        tip(self._light, words)

    def set_reach(self, tone: str, words: str) -> None:
        """Show how the gateway is, as `set_line` does; without words there is none here, and nothing is shown."""
        self._reached.setVisible(bool(words))
        self._reach_light.set_tone(tone)
        self._reach.setText(words)
        tip(self._reach_light, words)

    def set_narrow(self, narrow: bool) -> None:
        """Show only icons, or icons and words."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._shop, self._state, self._reach):
            part.setVisible(not narrow)
        self._person.setVisible(bool(self._person.text()) and not narrow)
        self._show_heads()
        for item in (*self.items.values(), self.lock):
            item.set_narrow(narrow)
        self.dress()

    def choose(self, key: str) -> None:
        """Mark the page that is shown, or the one it lies below."""
        self.items[self._marked[key]].setChecked(True)

    def paintEvent(self, _event: object) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), theme()["sidebar"])
        p.fillRect(self.width() - 1, 0, 1, self.height(), theme()["line"])
