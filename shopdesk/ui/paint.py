"""Drawing by name: text, boxes and paragraphs in the theme's fonts and colours. Always plain text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintDevice

    from shopdesk.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
MEASURED = 8192


class Run(NamedTuple):
    """A piece of a sentence with its own weight and colour."""

    text: str
    bold: bool = False
    tone: str = "text"


def smooth(device: QPaintDevice) -> QPainter:
    """Return a painter with soft edges and no pen."""
    p = QPainter(device)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(Qt.PenStyle.NoPen)
    return p


def box(p: QPainter, rect: QRectF, ground: str, line: str, radius: float) -> None:
    """Draw a bordered box whose 1 px line lies inside `rect` on whole pixels."""
    p.setPen(QPen(theme()[line], 1))
    p.setBrush(theme()[ground])
    p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def blob(p: QPainter, rect: QRectF, ground: str | QColor, radius: float) -> None:
    """Draw a filled shape without a border."""
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(ground if isinstance(ground, QColor) else theme()[ground])
    p.drawRoundedRect(rect, radius, radius)


def draw(
    p: QPainter,
    rect: QRect | QRectF,
    text: str,
    role: str = "body",
    tone: str = "text",
    bold: bool | None = None,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draw one line of text, cut with … at the right end where it does not fit."""
    t, width = theme(), rect.width()
    p.setFont(t.font(role, bold))
    p.setPen(t[tone])
    if width < advance(text, role, bold):
        text = _cut(t, text, role, bold, width)
    p.drawText(QRectF(rect), _flags(align), text)


@lru_cache
def _flags(align: Qt.AlignmentFlag) -> int:
    return int(align) | int(Qt.TextFlag.TextSingleLine)


def advance(text: str, role: str, bold: bool | None = None) -> float:
    """Return how wide a line of text is, in pixels."""
    return _advance(theme(), text, role, bold)


@lru_cache(MEASURED)
def _advance(t: Theme, text: str, role: str, bold: bool | None) -> float:
    return _metrics(t, role, bold).horizontalAdvance(text)


@lru_cache(MEASURED)
def _cut(t: Theme, text: str, role: str, bold: bool | None, width: float) -> str:
    return _metrics(t, role, bold).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(64)
def _metrics(t: Theme, role: str, bold: bool | None) -> QFontMetricsF:
    return QFontMetricsF(t.font(role, bold))


def lay_out(
    runs: Iterable[Run], font: QFont, bold: QFont, width: float, line: float, *, align: Qt.AlignmentFlag = LEFT
) -> tuple[QTextLayout, float]:
    """Return plain text broken into lines of one height, and the whole height; draw it with `layout.draw`."""
    runs = list(runs)
    return lines_of(
        "".join(run.text for run in runs), font, width, line, align=align, formats=_formats(runs, font, bold)
    )


def lines_of(
    words: str,
    font: QFont,
    width: float,
    line: float,
    *,
    align: Qt.AlignmentFlag = LEFT,
    formats: Iterable[QTextLayout.FormatRange] = (),
) -> tuple[QTextLayout, float]:
    """Return plain text as `lay_out` does; without formats it is drawn in the painter's own pen."""
    # QTextLayout does not break at \n
    layout = QTextLayout(words.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    layout.beginLayout()
    y = 0.0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
        row.setPosition(QPointF(0, y + (line - row.height()) / 2))
        y += line
    layout.endLayout()
    return layout, y


def _formats(runs: Iterable[Run], font: QFont, bold: QFont) -> Iterable[QTextLayout.FormatRange]:
    at = 0
    for run in runs:
        length = len(run.text.encode("utf-16-le")) // 2  # Qt counts UTF-16 units: 𠮷 is two
        span, form = QTextLayout.FormatRange(), QTextCharFormat()
        form.setFont(bold if run.bold else font)
        form.setForeground(theme()[run.tone])
        span.start, span.length, span.format = at, length, form
        at += length
        yield span
