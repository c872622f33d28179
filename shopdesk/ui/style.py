"""What Qt draws itself: one palette, one stylesheet and one proxy style, all made from the theme."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle

from shopdesk.ui.theme import Theme, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOption, QWidget

ROUND = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)

QSS = Template("""
QFrame[part="card"] { background: $surface; border: 1px solid $line; border-radius: ${r_card}px; }
QFrame[part="chosen"] { background: $surface; border: 1px solid $accent_line; border-radius: ${r_card}px; }
QFrame[part="sentence"] { background: $accent_softer; border: 1px solid $accent_line; border-radius: ${r_card}px; }
QFrame[part="well"] { background: $sunken; border: 0 solid $line; border-top-width: 1px; border-bottom-width: 1px; }
QFrame[part="sunken"] { background: $sunken; border: 1px solid $line; border-radius: ${r_control}px; }
QFrame[part="dialog"], QFrame[part="panel"] { background: $surface; border: 1px solid $line; border-radius: ${r_panel}px; }
QFrame[part="counter_head"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[part="line"] { background: $line; border: none; }
QFrame[part="row"] { background: transparent; border: none; border-bottom: 1px solid $line; }
QFrame[part="row"]:hover { background: $hover; }
QFrame[part="row"][last="true"] { border: none; border-bottom-left-radius: 9px; border-bottom-right-radius: 9px; }
QFrame[part="row"][here="true"] { background: $accent_softer; }
QPushButton { border: 1px solid $line_strong; border-radius: ${r_control}px; background: $surface; color: $text;
              padding: 0 ${button_side}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="stop"] { background: $danger_solid; border-color: $danger_solid; color: $on_accent; }
QPushButton[kind="stop"]:hover { background: $danger_hover; border-color: $danger_hover; }
QPushButton[kind="accent"] { color: $accent_text; border-color: $accent_line; }
QPushButton[kind="danger"] { color: $danger_text; border-color: $danger_line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent_text;
  padding: 0 ${s2}px; }
QPushButton[fit="small"] { padding: 0 ${mid}px; }
QPushButton[fit="large"] { padding: 0 22px; }
QPushButton[fit="square"] { padding: 0; }
QPushButton[kind="link"] { background: transparent; border: none; color: $accent_text; padding: 0; }
QPushButton[kind="link"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[kind="tip"] { background: transparent; border: none; color: $tip_link; padding: 0; }
QPushButton[kind="icon"] { background: transparent; border: none; padding: 0; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="icon"]:hover { background: $hover; }
QPushButton:disabled { color: $text_disabled; background: $sunken; border-color: $line; }
QPushButton[kind="link"]:disabled, QPushButton[kind="icon"]:disabled, QPushButton[kind="quiet"]:disabled {
  background: transparent; border-color: transparent; color: $text_disabled; }
QLineEdit, QPlainTextEdit[part="field"] { border: 1px solid $control; border-radius: ${r_control}px;
  background: $surface; color: $text; placeholder-text-color: $text_3; padding: 0 ${s2}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit[part="search"] { padding: 0 2px; }
QLineEdit[part="counter"] { border-radius: ${r_card}px; padding: 0 ${s3}px; }
QLineEdit[part="title"] { border-color: transparent; background: transparent; padding: 0; }
QLineEdit[part="title"]:hover { border-color: $line_strong; background: $surface; }
QLineEdit[part="title"]:focus { border-color: $control; background: $surface; padding: 0 ${label_gap}px; }
QPlainTextEdit[part="field"] { padding: ${label_gap}px ${s2}px; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border-color: $danger_solid; }
QLineEdit:disabled { color: $text_disabled; background: $sunken; border-color: $line; }
QLineEdit:read-only { background: $sunken; }
QTextEdit, QPlainTextEdit { border: none; background: transparent; color: $text;
  selection-background-color: $accent; selection-color: $on_accent; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line_strong; outline: none; padding: ${s1}px;
  selection-background-color: $accent_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${control_small}px; padding: 0 ${s2}px; border-radius: ${r_small}px; }
QComboBox QAbstractItemView::item:hover { background: $hover; color: $text; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $surface; border: 1px solid $line_strong; padding: ${s1}px; }
QMenu::item { min-height: ${control_small}px; padding: 0 ${s4}px 0 ${s3}px; border-radius: ${r_small}px; color: $text; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $line; margin: ${s1}px 0; }
QCheckBox, QRadioButton { spacing: ${s2}px; color: $text; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }
QTableView, QListView, QGraphicsView, QScrollArea { border: none; background: transparent; }
QHeaderView { background: transparent; border: none; }
QTableCornerButton::section { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${scroll_bar}px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: ${scroll_bar}px; margin: 2px; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::handle:vertical { min-height: ${s8}px; }
QScrollBar::handle:horizontal { min-width: ${s8}px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $tip; color: $tip_text; border: none; padding: ${s1}px ${s2}px; }
""")
_LENGTHS = (
    "s1",
    "s2",
    "s3",
    "s4",
    "s8",
    "mid",
    "label_gap",
    "button_side",
    "control_small",
    "scroll_bar",
)


def stylesheet(t: Theme) -> str:
    """Return the one stylesheet: the template over the tokens, and a rule for each tone of a label."""
    names = {**t.colours(), **{name: str(t.px(name)) for name in _LENGTHS}}
    names.update({f"r_{name}": str(t.radius(name)) for name in ("small", "control", "card", "panel")})
    tones = "".join(f'QLabel[tone="{name}"] {{ color: {value}; }}\n' for name, value in t.colours().items())
    return QSS.substitute(names) + tones


def palette(t: Theme) -> QPalette:
    """Return the palette of what the stylesheet does not reach."""
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: "window",
        roles.Base: "surface",
        roles.AlternateBase: "sunken",
        roles.Button: "surface",
        roles.Text: "text",
        roles.WindowText: "text",
        roles.ButtonText: "text",
        roles.PlaceholderText: "text_3",
        roles.Highlight: "accent_soft",
        roles.HighlightedText: "text",
        roles.Link: "accent_text",
        roles.Accent: "accent",
        roles.ToolTipBase: "tip",
        roles.ToolTipText: "tip_text",
    }
    made = QPalette()
    for role, name in pairs.items():
        made.setColor(role, t[name])
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, t["text_disabled"])
    return made


class Style(QProxyStyle):
    """The few things a stylesheet cannot draw: focus ring outside a control, check boxes, radio buttons."""

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        kinds = QStyle.PrimitiveElement
        if element == kinds.PE_FrameFocusRect:
            return
        if element not in {kinds.PE_IndicatorCheckBox, kinds.PE_IndicatorRadioButton}:
            super().drawPrimitive(element, option, painter, widget)
            return
        rect, on = _rect(option), bool(_state(option) & QStyle.StateFlag.State_On)
        if element == kinds.PE_IndicatorCheckBox:
            check_box(painter, rect, on=on)
        else:
            radio_button(painter, rect, on=on)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element == QStyle.ControlElement.CE_FocusFrame:
            focus_ring(painter, QRectF(_rect(option)))
        else:
            super().drawControl(element, option, painter, widget)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        m, t = QStyle.PixelMetric, theme()
        if metric in {m.PM_FocusFrameHMargin, m.PM_FocusFrameVMargin}:
            return t.border("focus") + t.border("focus_gap")
        if metric in {
            *(m.PM_IndicatorWidth, m.PM_IndicatorHeight, m.PM_ExclusiveIndicatorWidth),
            *(m.PM_ExclusiveIndicatorHeight, m.PM_LineEditIconSize),
        }:
            return t.px("icon")
        if metric == m.PM_LineEditIconMargin:
            return t.px("s2")
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: object = None,  # noqa: N803 - Qt's own name
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_ComboBox_Popup:
            return 0  # a list below the field, not one laid over it
        return super().styleHint(hint, option, widget, returnData)  # type: ignore[arg-type]


def _rect(option: QStyleOption) -> QRectF:
    return QRectF(option.rect)


def _state(option: QStyleOption) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state


def focus_ring(p: QPainter, rect: QRectF) -> None:
    """Draw the ring that lies just outside what has the focus."""
    t = theme()
    width = t.border("focus")
    inset, radius = width / 2, t.radius("control") + width
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(t["focus"], width))
    p.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def check_box(p: QPainter, rect: QRectF, *, on: bool, partly: bool = False) -> None:
    """Draw a check box; shared by QCheckBox (through the style), the table's header and its delegate."""
    t = theme()
    radius, unit = t.radius("small") - 0.5, rect.width() / 18
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(t["accent" if on or partly else "control"], 1))
    p.setBrush(t["accent" if on or partly else "surface"])
    p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    p.setPen(QPen(t["on_accent"], 2 * unit, *ROUND))
    if partly:
        p.drawLine(rect.topLeft() + QPointF(5, 9) * unit, rect.topLeft() + QPointF(13, 9) * unit)
    elif on:
        p.drawPolyline([rect.topLeft() + QPointF(x, y) * unit for x, y in ((4.2, 9.2), (7.5, 12.5), (13.8, 6))])
    p.restore()


def radio_button(p: QPainter, rect: QRectF, *, on: bool) -> None:
    """Draw a radio button: a ring, or a filled one with its hole."""
    t = theme()
    p.save()
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(t["accent" if on else "control"], 1))
    p.setBrush(t["accent" if on else "surface"])
    p.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    if on:
        hole = rect.width() / 3
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(t["surface"])
        p.drawEllipse(rect.adjusted(hole, hole, -hole, -hole))
    p.restore()
