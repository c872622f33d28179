"""Buttons: verbs with their object. Kinds: primary, secondary, accent, quiet, danger, stop, link, icon, tip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QWidget

from shopdesk.ui.icons import icon as make_icon, paint_icon
from shopdesk.ui.paint import advance, box, draw, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.text import tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent

Kind = Literal["primary", "secondary", "accent", "quiet", "danger", "stop", "link", "icon", "tip"]
Size = Literal["control", "control_small", "control_large", "touch", "key"]
_FOR_FINGERS = {"touch", "key"}
_TONES = {
    "primary": "on_accent",
    "stop": "on_accent",
    "accent": "accent_text",
    "quiet": "accent_text",
    "link": "accent_text",
    "danger": "danger_text",
    "icon": "text_3",
    "tip": "tip_link",
}
_FITS = {"control_small": "small", "control_large": "large", "touch": "large"}
_ROLES = {"control_small": "small", "control_large": "lead", "touch": "counter_s", "key": "counter_m"}


class Button(QPushButton):
    """A push button. `pressed` by mouse, Space or Enter; connect to `clicked`, or give `does`."""

    def __init__(
        self,
        words: str = "",
        kind: Kind = "secondary",
        icon: str = "",
        size: Size = "control",
        *,
        does: Callable[[], object] | None = None,
        trailing: bool = False,
    ) -> None:
        super().__init__()
        self.kind: Kind = kind
        self._icon, self._size = icon, size
        self._words = ""
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        self.setProperty("fit", _FITS.get(size, "") if words else "square")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if trailing:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.set_words(words)
        self.dress()
        if does is not None:
            self.clicked.connect(lambda *_checked: does())

    def dress(self) -> None:
        """Take font, sizes and icon from the theme in use."""
        bold = self.kind != "link" or self._size == "control"
        self.setFont(theme().font(_ROLES.get(self._size, "body"), bold))
        side = theme().px(self._size)
        if self.kind in {"link", "tip"}:
            side = theme().line("body") + theme().px("tiny")
        if self._size == "key":  # grows with its pad, and gives way on a low screen
            self.setMinimumHeight(theme().px("touch"))
            self.setMaximumHeight(theme().px("key_most"))
        else:
            self.setFixedHeight(side)
        if not self._words and self._size != "key":  # keys share the width of their pad
            self.setFixedWidth(side)
        self._draw_icon()

    def set_words(self, words: str) -> None:
        """Change what the button says. An ampersand is an ampersand, not a shortcut."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def words(self) -> str:
        """Return what the button says."""
        return self._words

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self._draw_icon()

    def _draw_icon(self) -> None:
        if not self._icon:
            return
        small = self._size == "control_small" and bool(self._words)
        plain = "icon_medium" if self._size in _FOR_FINGERS else "icon"
        size, gap = "icon_small" if small else plain, theme().px("label_gap") if self._words else 0
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            gap = -gap
        self.setIcon(make_icon(self._icon, _TONES.get(self.kind, "text"), size, gap))
        self.setIconSize(QSize(theme().px(size) + abs(gap), theme().px(size)))

    def sizeHint(self) -> QSize:
        # With a stylesheet Qt counts 4 px between icon and text but draws 2; the rest of the 8 px is in the picture.
        hint = super().sizeHint() - QSize(2 if self._icon and self._words else 0, 0)
        return QSize(hint.width(), theme().px("key")) if self._size == "key" else hint


def icon_button(icon: str, name: str, does: Callable[[], object] | None = None, size: Size = "control_small") -> Button:
    """Return a button without words (✕, handle, …): its name is tooltip and what a screen reader says."""
    made = Button(kind="icon", icon=icon, size=size, does=does)
    made.setAccessibleName(name)
    tip(made, name)
    return made


def link(words: str, does: Callable[[], object] | None = None, *, bold: bool = False) -> Button:
    """Return words that do something: small, in the accent."""
    return Button(words, "link", size="control" if bold else "control_small", does=does)


class Painted(QAbstractButton):
    """A button that draws itself. `words` is plain text."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class Chip(Painted):
    """A pill: a filter that is on (accent, ✕ at the right) or a thing that can be added (icon at the left).

    `widest` is a name of the theme: longer words are cut, and stand whole in the tooltip.
    """

    def __init__(
        self,
        words: str,
        icon: str = "",
        *,
        on: bool = False,
        does: Callable[[], object] | None = None,
        widest: str = "",
    ) -> None:
        super().__init__(words)
        self._icon, self._on, self._widest = ("x" if on else icon), on, widest
        self.dress()
        if does is not None:
            self.clicked.connect(lambda *_checked: does())

    def dress(self) -> None:
        """Take the size from the theme in use."""
        t = theme()
        icon = t.px("label_gap") + t.px("icon_small") if self._icon else 0
        width = round(advance(self.words, "small", self._on)) + 2 * t.px("s3") + 2 + icon
        most = t.px(self._widest) if self._widest else width
        tip(self, self.words if width > most else "")
        self.setFixedSize(min(width, most), t.px("chip"))

    def set_words(self, words: str) -> None:
        """Say something else."""
        self.words = words
        self.setAccessibleName(words)
        self.dress()
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, p, w, h = theme(), smooth(self), self.width(), self.height()
        tone, edge = ("accent_text", "accent_line") if self._on else ("text_2", "line_strong")
        ground = "accent_soft" if self._on else "hover" if self.underMouse() else "surface"
        box(p, QRectF(self.rect()), ground, edge, h / 2)
        side, small = t.px("s3") + 1, t.px("icon_small")
        at = side
        if self._icon and not self._on:
            paint_icon(p, self._icon, tone, side, (h - small) / 2, "icon_small")
            at += small + t.px("label_gap")
        elif self._icon:
            paint_icon(p, self._icon, tone, w - side - small, (h - small) / 2, "icon_small")
        right = side + (small + t.px("label_gap") if self._on and self._icon else 0)
        draw(p, QRect(at, 0, w - at - right + 2, h), self.words, "small", tone, self._on)


def popup_menu(parent: QWidget, entries: Iterable[tuple[str, Callable[[], object]] | None]) -> QMenu:
    """Return a menu of (words, what it does); None draws a line. Show it with `popup` or give it to a button."""
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        words, does = entry
        action = menu.addAction(words.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, does=does: does())
    return menu
