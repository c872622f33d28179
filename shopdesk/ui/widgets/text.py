"""Text on the screen: the only place that makes labels and tooltips. Always plain text, in a role of the theme."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shopdesk.japanese import phrased
from shopdesk.ui.paint import LEFT, Run, draw, lay_out
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent


class Label(QLabel):
    """One line of plain text with the line height of its role. Make it with `label` or `elided`."""

    def __init__(self, text: str, role: str, tone: str, bold: bool | None, align: Qt.AlignmentFlag) -> None:
        super().__init__()
        self._role, self._bold = role, bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setAlignment(align)
        self.setProperty("tone", tone)
        self.dress()

    def dress(self) -> None:
        """Take font and line height from the theme in use."""
        self.setFont(theme().font(self._role, self._bold))
        self.setFixedHeight(theme().line(self._role))

    def set_role(self, role: str) -> None:
        """Change font and line height to another role of the theme."""
        if self._role != role:
            self._role = role
            self.dress()
            self.updateGeometry()

    def set_tone(self, tone: str) -> None:
        """Change the colour to another name of the theme."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class BesideLabel(Label):
    """Small words on the base line of a larger role beside them: the unit of a figure."""

    def __init__(self, text: str, role: str, tone: str, beside: str) -> None:
        self._beside = beside
        super().__init__(text, role, tone, None, LEFT)

    def set_beside(self, role: str) -> None:
        """Stand on the base line of another role."""
        if self._beside != role:
            self._beside = role
            self.dress()
            self.updateGeometry()

    def dress(self) -> None:
        """Take font, line and base line from the theme in use."""
        super().dress()
        self.setFixedHeight(theme().line(self._beside))
        large, small = QFontMetricsF(theme().font(self._beside)), QFontMetricsF(self.font())
        # Both are centred in the same line; what the base lines then differ by, twice, moves the centre of the small one.
        lower = (large.ascent() - large.descent()) - (small.ascent() - small.descent())
        self.setContentsMargins(0, round(lower), 0, 0)


class ElidedLabel(Label):
    """A label that gives way: cut with … at the right end, the whole text as its tooltip."""

    def __init__(self, text: str, role: str, tone: str, bold: bool | None, align: Qt.AlignmentFlag) -> None:
        super().__init__(text, role, tone, bold, align)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance("…"), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        draw(p, self.rect(), self.text(), self._role, str(self.property("tone")), self._bold, self.alignment())

    def _tell(self) -> None:
        cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width()
        tip(self, self.text() if cut else "")


def label(
    text: str, role: str = "body", tone: str = "text", *, bold: bool | None = None, align: Qt.AlignmentFlag = LEFT
) -> Label:
    """Return a one-line label: the only way to make one. `role` and `tone` are names of the theme."""
    return Label(text, role, tone, bold, align)


def elided(
    text: str, role: str = "body", tone: str = "text", *, bold: bool | None = None, align: Qt.AlignmentFlag = LEFT
) -> ElidedLabel:
    """Return a label for names and other texts of unknown length; never for yen, counts or dates."""
    return ElidedLabel(text, role, tone, bold, align)


def tip(widget: QWidget | QAction, text: str) -> None:
    """Give a tooltip. Qt guesses whether one is HTML, so that the text is escaped and wrapped to be surely so."""
    widget.setToolTip(f'<span style="white-space:pre-wrap">{escape(text)}</span>' if text else "")


class Prose(QWidget):
    """Wrapping plain text with a line height, at most as wide as Japanese reads well; its lines end between phrases."""

    def __init__(
        self,
        *runs: Run | str,
        role: str = "body",
        tone: str = "text",
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        super().__init__()
        self._role, self._tone, self._align = role, tone, align
        # Large letters read well in longer lines.
        self._is_wide = role == "lead" or role.startswith("counter")
        self._runs: list[Run] = []
        self._phrased: list[Run] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_runs(*runs)
        self.dress()

    def dress(self) -> None:
        """Take line height from the theme in use."""
        self.setMinimumHeight(theme().line(self._role))
        self.updateGeometry()

    def set_runs(self, *runs: Run | str) -> None:
        """Show another text: plain strings take the paragraph's tone, runs their own."""
        self._runs = [Run(run, tone=self._tone) if isinstance(run, str) else run for run in runs]
        self._phrased = [run._replace(text=phrased(run.text)) for run in self._runs]
        self.setAccessibleName(self.text())
        self.setMinimumHeight(self.heightForWidth(self.width()))  # no resize tells it where the width stays
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return what it says."""
        return "".join(run.text for run in self._runs)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._lay_out(width)[1])

    def sizeHint(self) -> QSize:
        width = min(theme().px("text_width"), max(1, self.width()))
        return QSize(theme().px("bubble"), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("s12"), theme().line(self._role))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setPen(theme()[self._tone])
        spare = 0 if self._is_wide else self.width() - theme().px("text_width")
        centred = self._align & Qt.AlignmentFlag.AlignHCenter
        self._lay_out(self.width())[0].draw(p, QPointF(max(0, spare) / 2 if centred else 0, 0))

    def _lay_out(self, width: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        t = theme()
        width = width if self._is_wide else min(width, t.px("text_width"))
        fonts = t.font(self._role), t.font(self._role, bold=True)
        return lay_out(self._phrased, *fonts, width, t.line(self._role), align=self._align)
