"""Light, dark or as the system says, and the size of the text: applied at once to every open window."""

from __future__ import annotations

from typing import Literal, Protocol, cast, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFocusFrame, QLayout, QWidget
from shiboken6 import isValid

from shopdesk.ui import theme as themes
from shopdesk.ui.fonts import load_fonts
from shopdesk.ui.style import Style, palette, stylesheet

Choice = Literal["system", "light", "dark"]
Scale = Literal["standard", "large", "largest"]


@runtime_checkable
class Dressed(Protocol):
    """A widget or layout that took sizes, fonts or icons from the theme and takes them anew when told."""

    def dress(self) -> None: ...


class FocusRing(QObject):
    """One ring for the whole application, round what Tab leads to: whatever only a click or a page's coming gives the focus is no control.

    Buttons take focus by Tab only, so a click never shows it on them.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        wanted = new if new is not None and _is_ringed(new) else None
        if self._frame is None or not isValid(self._frame):  # it dies with the window it was last shown in
            if wanted is None:
                return
            self._frame = QFocusFrame(wanted.window())
        self._frame.setWidget(cast("QWidget", wanted))


def _is_ringed(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and not widget.isWindow() and widget.property("ring") is not False


class Appearance(QObject):
    """The appearance of the application. Make one, once, before the first widget."""

    def __init__(self, app: QApplication, choice: Choice = "system") -> None:
        super().__init__(app)
        self._app = app
        self.choice: Choice = choice
        self.scale: Scale = "standard"
        load_fonts()
        self._style = Style("Fusion")  # never replaced: nothing promises that Qt survives that
        app.setStyle(self._style)
        self._ring = FocusRing(app)
        self._worn: tuple[themes.Scheme, Scale] | None = None
        self.apply()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def apply(self, choice: Choice | None = None, scale: Scale | None = None) -> None:
        """Switch every open window, at any time; what is not given stays as it is.

        What is worn already is not put on again: Qt reads the whole style sheet anew for every widget.
        """
        self.choice, self.scale = choice or self.choice, scale or self.scale
        wanted = (self._scheme(), self.scale)
        if wanted == self._worn:
            return
        self._worn = wanted
        chosen = themes.Theme(self._scheme(), themes.SCALES[self.scale])
        themes.use(chosen)
        self._app.setFont(chosen.font("body"))
        self._app.setPalette(palette(chosen))
        self._app.setStyleSheet(stylesheet(chosen))
        dress_all(self._app)

    def _scheme(self) -> themes.Scheme:
        if self.choice != "system":
            return self.choice
        return "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"

    def _system_changed(self) -> None:
        if self.choice == "system":
            self.apply()


def dress_all(app: QApplication) -> None:
    """Let everything that took something from the theme take it anew."""
    for widget in app.allWidgets():
        if isinstance(widget, Dressed):
            widget.dress()
        outer = widget.layout()
        for layout in (outer, *outer.findChildren(QLayout)) if outer is not None else ():
            if isinstance(layout, Dressed):
                layout.dress()
        widget.update()
