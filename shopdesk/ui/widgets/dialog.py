"""The question before what cannot be undone: a sentence, what follows, and buttons that are verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QGraphicsDropShadowEffect, QWidget

from shopdesk.i18n import _
from shopdesk.ui.paint import Run
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Button, Kind
from shopdesk.ui.widgets.layouts import Item, hbox, vbox
from shopdesk.ui.widgets.surfaces import Card, scroller
from shopdesk.ui.widgets.text import Prose

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLayout, QScrollArea


class _Shade(QWidget):
    """Lies over the window behind a dialog, flat."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.show()

    def paintEvent(self, _event: object) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), theme()["overlay"])


class Dialog(QDialog):
    """A box over the window. Esc and the second button go back without harm; `wider` by so many `s12` than others."""

    wider: ClassVar[int] = 0

    def __init__(
        self, parent: QWidget, question: str, *body: Item, verb: str, back: str = "", kind: Kind = "primary"
    ) -> None:
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._window = parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self._shade: _Shade | None = None
        self._caret: QWidget | None = None
        self.back = Button(back or _("Back"), does=self.reject)
        self.verb = Button(verb, kind, does=self.accept)
        for button in (self.back, self.verb):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        (self.verb if kind == "primary" else self.back).setDefault(True)
        foot = hbox(..., self.back, self.verb)
        card = Card(Prose(Run(question, bold=True), role="section"), "s2", *body, "s4", foot, pad="s5", part="dialog")
        _x, y, blur, colour = theme().shadow("dialog")
        shadow = QGraphicsDropShadowEffect(card, blurRadius=blur, offset=QPointF(0, y))
        shadow.setColor(colour)
        card.setGraphicsEffect(shadow)
        self._card = card
        self.setLayout(vbox(card, margin="s8"))
        self.dress()

    def begin_at(self, field: QWidget) -> None:
        """Have the caret in this field when the dialog opens; without it the button for Enter has the focus."""
        self._caret = field

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self._card.setFixedWidth(theme().px("dialog") + self.wider * theme().px("s12"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self._window
        self._shade = _Shade(window)
        window.installEventFilter(self)
        self.adjustSize()
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        (self._caret or (self.verb if self.verb.isDefault() else self.back)).setFocus()

    def done(self, result: int) -> None:
        if self._shade is not None:
            self._shade.hide()
            self._shade.deleteLater()
            self._shade = None
            self._window.removeEventFilter(self)
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._shade is not None:
            self._shade.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)


def listed(layout: QLayout, most: int) -> QScrollArea:
    """Return a list inside a dialog: as high as what it holds, scrolled beyond `most` px."""
    layout.setContentsMargins(0, 0, theme().px("s3"), 0)  # the bar stands beside the numbers, not on them
    area, width = scroller(layout), theme().px("dialog") - 2 * theme().px("s5")
    needed = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
    area.setFixedHeight(min(needed, most))
    return area


def confirm(parent: QWidget, question: str, *facts: Run | str, verb: str, back: str = "", danger: bool = False) -> bool:
    """Ask before what cannot be undone and return whether to go on.

    `question` names the thing and its number, `facts` say what follows, `verb` is the button's word.
    Enter is the next step only where nothing is destroyed; with `danger` it goes back.
    """
    kind: Kind = "stop" if danger else "primary"
    dialog = Dialog(parent, question, Prose(*facts, tone="text_2"), verb=verb, back=back, kind=kind)
    answer = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answer
