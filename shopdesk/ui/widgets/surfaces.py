"""What things lie on: cards, tiles, banners, rows, scrolling areas, and the states of a list without rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui.icons import Icon, paint_icon
from shopdesk.ui.paint import CENTER, RIGHT, Run, blob, box, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Button, link
from shopdesk.ui.widgets.layouts import Item, Margin, hbox, vbox
from shopdesk.ui.widgets.marks import Dot
from shopdesk.ui.widgets.text import BesideLabel, Label, Prose, elided, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent

ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "danger": "circle-alert"}


def line(*, vertical: bool = False) -> QFrame:
    """Return a 1 px line between things."""
    made = QFrame()
    made.setProperty("part", "line")
    (made.setFixedWidth if vertical else made.setFixedHeight)(theme().border("hair"))
    return made


class Card(QFrame):
    """A bordered box. `part`: card, chosen, sentence, well, sunken, dialog, panel (at the counter)."""

    def __init__(self, *items: Item, pad: Margin = "card_inside", gap: str = "", part: str = "card") -> None:
        super().__init__()
        self.setProperty("part", part)
        self.setLayout(vbox(*items, gap=gap, margin=pad))


def card_head(*items: Item, pad: Margin = ("s4", "s3", "s4", "s3")) -> QVBoxLayout:
    """Return the head of a card whose own padding is nothing: a row and a line below it."""
    return vbox(hbox(*items, margin=pad), line())


class Figure(QWidget):
    """A number with its unit, smaller and lighter, on one base line. `role`: figure, figure_xl, cost."""

    def __init__(self, number: str, unit: str, role: str = "figure") -> None:
        super().__init__()
        self.role = role
        self._number, self._unit = label(number, role), BesideLabel(unit, "body", "text_2", role)
        self.setLayout(hbox(self._number, self._unit, ..., gap="figure_gap"))

    def show_number(self, number: str, unit: str | None = None, tone: str = "text") -> None:
        """Show another number."""
        self._number.setText(number)
        self._number.set_tone(tone)
        if unit is not None:
            self._unit.setText(unit)


class Tile(Card):
    """One figure with its name and one line that explains or compares. `mark` is an icon or, with `dot`, a colour."""

    def __init__(
        self,
        mark: str,
        name: str,
        number: str,
        unit: str,
        note: str = "",
        *,
        dot: bool = False,
        tone: str = "text_2",
        chosen: bool = False,
    ) -> None:
        self.figure, self.note = Figure(number, unit), Prose(note, role="caption", tone="text_3")
        sign = Dot(mark) if dot else Icon(mark, tone, "icon_small")
        head = hbox(sign, elided(name, "small", tone), gap="label_gap")
        super().__init__(head, self.figure, "tiny", self.note, ..., part="chosen" if chosen else "card")

    def show_number(self, number: str, unit: str | None = None, note: str | None = None) -> None:
        """Show another number, and another line below it."""
        self.figure.show_number(number, unit)
        if note is not None:
            self.note.set_runs(note)


class Banner(QFrame):
    """What is so, then what to do. `state`: info, success, warning, danger. At most one on top of a page."""

    def __init__(
        self,
        state: str,
        fact: str,
        advice: str = "",
        *,
        action: str = "",
        does: Callable[[], object] | None = None,
        below: bool = False,
    ) -> None:
        super().__init__()
        self._state = state
        self.prose = Prose()
        self.say(fact, advice)
        self.action = link(action, does, bold=not below) if action else None
        words = vbox(self.prose, hbox(self.action, ...)) if below and self.action else self.prose
        beside = self.action if self.action and not below else None
        sign = vbox("tiny", Icon(ICONS[state], f"{state}_text"), ...)
        self.setLayout(hbox(sign, (words, 1), beside, gap="mid", margin=("s4", "mid", "s3", "mid")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def say(self, fact: str, advice: str = "") -> None:
        """Show another fact and another advice."""
        self.prose.set_runs(Run(fact, bool(advice)), Run("  " + advice if advice else ""))

    def paintEvent(self, _event: object) -> None:
        t, p, r = theme(), smooth(self), QRectF(self.rect())
        radius, bar = t.radius("control"), t.border("bar")
        blob(p, r.adjusted(0, 0, -r.width() / 2, 0), f"{self._state}_solid", radius)  # the bar first, the box over it
        box(p, r.adjusted(bar - 1, 0, 0, 0), f"{self._state}_soft", f"{self._state}_line", radius)
        p.fillRect(QRectF(bar - 1, radius, 1, r.height() - 2 * radius), t[f"{self._state}_solid"])


class Row(QFrame):
    """A row inside a card with a line below it. `clicked` when it can be opened.

    `height` names how high it is, with `grows` at least: wrapping text makes it higher.
    """

    clicked = Signal()

    def __init__(
        self, *items: Item, height: str = "row_two", last: bool = False, opens: bool = False, grows: bool = False
    ) -> None:
        super().__init__()
        self._height, self._opens, self._grows = height, opens, grows
        self.setProperty("part", "row")
        self.setProperty("last", "true" if last else "false")
        self._strut = QSpacerItem(0, 0)
        row = hbox(*items, gap="s3", margin=("s3", "label_gap" if grows else ""))
        row.addSpacerItem(self._strut)
        self.setLayout(row)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        height = theme().px(self._height)
        if self._grows:  # a least height of the widget's own would let its layout be squeezed
            fixed = QSizePolicy.Policy.Fixed
            self._strut.changeSize(0, height - 2 * theme().px("label_gap"), fixed, fixed)
        else:
            self.setFixedHeight(height)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        if self._opens and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def fact(name: str, value: str | Label | Prose, tone: str = "text") -> QHBoxLayout:
    """Return a name at the left and its value at the right; a value that is prose may take several lines."""
    shown = elided(value, "body", tone, align=RIGHT) if isinstance(value, str) else value
    return hbox(vbox(label(name, tone="text_2"), ...), (shown, 1))


def scroller(layout: QLayout) -> QScrollArea:
    """Return an area that scrolls when the window is low. Leave 4 px inside: the viewport cuts off focus rings."""
    inner, area = QWidget(), QScrollArea()
    inner.setLayout(layout)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)  # setWidget() turned it on
    area.viewport().setAutoFillBackground(False)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


class _Picture(QWidget):
    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.dress()

    def dress(self) -> None:
        self.setFixedSize(theme().px("empty_picture"), theme().px("empty_picture"))

    def paintEvent(self, _event: object) -> None:
        p, side, inner = smooth(self), self.width(), theme().px("icon_medium")
        blob(p, QRectF(self.rect()), f"{self._tone}_soft", side / 2)
        paint_icon(p, self._icon, f"{self._tone}_text", (side - inner) / 2, (side - inner) / 2, "icon_medium")


class EmptyState(QWidget):
    """Nothing here yet: what is so, what to do next, and the button that does it."""

    def __init__(self, icon: str, fact_: str, advice: str = "", *actions: QWidget, tone: str = "accent") -> None:
        super().__init__()
        self._fact = label(fact_, "section", align=CENTER)
        self._advice = Prose(advice, tone="text_2", align=CENTER)
        self._advice.setVisible(bool(advice))
        buttons = vbox(*(hbox(..., action, ...) for action in actions), gap="s2")
        words = vbox(
            ...,
            hbox(..., _Picture(icon, tone), ...),
            "s4",
            self._fact,
            "s2",
            hbox(..., (self._advice, 8), ...),
            "s3",
            buttons,
            ...,
        )
        self.setLayout(hbox((words, 1), margin="s6"))

    def say(self, fact_: str, advice: str = "") -> None:
        """Show another sentence."""
        self._fact.setText(fact_)
        self._advice.set_runs(advice)
        self._advice.setVisible(bool(advice))


class ErrorState(QWidget):
    """A list that could not be read: one sentence and the way to try again."""

    again = Signal()

    def __init__(self, fact_: str = "", advice: str = "") -> None:
        super().__init__()
        self._fact, self._advice = Prose(Run(fact_, bold=True)), Prose(advice, tone="text_2")
        retry = Button(_("Try again"), size="control_small", does=self.again.emit)
        sign = vbox("tiny", Icon("circle-alert", "danger_text"), ...)
        words = vbox(self._fact, self._advice)
        self.setLayout(vbox(hbox(sign, (words, 1), vbox(retry, ...), gap="s3", margin="s4"), ...))

    def say(self, fact_: str, advice: str = "") -> None:
        """Show another sentence."""
        self._fact.set_runs(Run(fact_, bold=True))
        self._advice.set_runs(advice)
        self._advice.setVisible(bool(advice))


class Skeleton(QWidget):
    """Grey bars in the place of rows that are on their way."""

    def __init__(self, rows: int = 8) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(_("Loading"))

    def paintEvent(self, _event: object) -> None:
        t, p = theme(), smooth(self)
        row, bar, side = t.px("row"), t.px("s3"), t.px("s4")
        for i in range(min(self._rows, self.height() // row + 1)):
            y = i * row + (row - bar) / 2
            width = self.width() * (0.28 + 0.06 * (i % 3))
            blob(p, QRectF(side, y, width, bar), "hover", t.radius("small"))
            blob(p, QRectF(self.width() - side - t.px("s12") * 2, y, t.px("s12") * 2, bar), "hover", t.radius("small"))
            p.fillRect(QRectF(0, (i + 1) * row - 1, self.width(), 1), t["line"])
