"""Small marks that say how a thing is: badge, dot, avatar, bars, steps, tabs, spinner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, advance, blob, draw, smooth
from shopdesk.ui.theme import Theme, theme

if TYPE_CHECKING:
    from collections.abc import Sequence


STATES = {
    "plain": ("text_2", "hover"),
    "accent": ("accent_text", "accent_soft"),
    "success": ("success_text", "success_soft"),
    "warning": ("warning_text", "warning_soft"),
    "danger": ("danger_text", "danger_soft"),
    "info": ("info_text", "info_soft"),
}


class Dot(QWidget):
    """A small round mark; always with its word beside it. `square` for the legend of a chart."""

    def __init__(self, tone: str, *, square: bool = False) -> None:
        super().__init__()
        self._tone, self._square = tone, square
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("dot"), theme().px("dot"))

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        blob(p, QRectF(self.rect()), self._tone, theme().px("tiny") if self._square else self.height() / 2)


class Mark(NamedTuple):
    """What a badge says: words, state (plain, accent, success, warning, danger, info), LINE's green dot or an icon."""

    words: str
    state: str = "plain"
    dot: bool = False
    icon: str = ""


def badge_width(mark: Mark) -> int:
    """Return how wide a badge is."""
    t = theme()
    lead = t.px("s3") if mark.dot else t.px("icon_small") + t.px("s1") if mark.icon else 0
    return round(advance(mark.words, "caption")) + 2 * t.px("s2") + lead


def draw_badge(p: QPainter, x: float, y: float, mark: Mark) -> None:
    """Draw a badge; shared by the widget and the table's delegate."""
    t, (tone, ground) = theme(), STATES[mark.state]
    width, height, at = badge_width(mark), t.px("badge"), x + t.px("s2")
    blob(p, QRectF(x, y, width, height), ground, t.radius("small"))
    if mark.dot:
        side = t.px("dot")
        blob(p, QRectF(at, y + (height - side) / 2, side, side), "line_green", side / 2)
        at += t.px("s3")
    elif mark.icon:
        side = t.px("icon_small")
        paint_icon(p, mark.icon, tone, at, y + (height - side) / 2, "icon_small")
        at += side + t.px("s1")
    draw(p, QRectF(at, y, width, height), mark.words, "caption", tone)


class Badge(QWidget):
    """A word on a soft ground."""

    def __init__(self, words: str, state: str = "plain", *, dot: bool = False, icon: str = "") -> None:
        super().__init__()
        self.mark = Mark(words, state, dot, icon)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setAccessibleName(self.mark.words)
        self.setFixedSize(badge_width(self.mark), theme().px("badge"))

    def show_mark(self, mark: Mark) -> None:
        """Say something else."""
        self.mark = mark
        self.dress()
        self.update()

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        draw_badge(p, 0, 0, self.mark)


class Count(QWidget):
    """A number in a filled circle."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setAccessibleName(str(number))
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("count"), theme().px("count"))

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        draw_count(p, QRectF(self.rect()), self._number)


def draw_count(p: QPainter, rect: QRectF, number: int) -> None:
    """Draw a number in a filled circle."""
    blob(p, rect, "accent", rect.height() / 2)
    draw(p, rect, str(number) if number < 100 else "99+", "caption", "on_accent", bold=True, align=CENTER)


class Avatar(QWidget):
    """The first letter of a name in a circle whose colour belongs to the name."""

    def __init__(self, name: str, size: str = "avatar") -> None:
        super().__init__()
        self._name, self._size = name, size
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px(self._size), theme().px(self._size))

    def show_name(self, name: str) -> None:
        """Stand for another person."""
        self._name = name
        self.update()

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        draw_avatar(p, QRectF(self.rect()), self._name, theme())


def draw_avatar(p: QPainter, rect: QRectF, name: str, t: Theme) -> None:
    """Draw a person's mark in a given theme (the phone preview keeps the light one)."""
    letter = _letter(name)
    blob(p, rect, t[f"avatar_{sum(name.encode()) % 4 + 1}"], rect.width() / 2)
    font = QFont(t.font("body", bold=True))
    font.setPixelSize(round(rect.width() * 0.385))
    p.setFont(font)
    p.setPen(t["avatar_text"])
    p.drawText(rect, CENTER, letter)


def _letter(name: str) -> str:
    words = name.split()
    return words[-1][0] if len(words) > 1 else words[0][0] if words else "・"


class Share(NamedTuple):
    """A part of a whole: between 0 and 1, and its colour."""

    part: float
    tone: str


class Bar(QWidget):
    """Parts of a whole from the left. `size` is `bar` or `bar_large`; words or numbers stand beside it."""

    def __init__(self, *shares: Share, size: str = "bar") -> None:
        super().__init__()
        self._shares, self._size = shares, size
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px(self._size))

    def set_shares(self, *shares: Share) -> None:
        """Show other parts."""
        self._shares = shares
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px("bubble"), theme().px(self._size))

    def paintEvent(self, _event: object) -> None:
        p, rect = smooth(self), QRectF(self.rect())
        draw_bar(p, rect, self._shares)


def draw_bar(p: QPainter, rect: QRectF, shares: Sequence[Share]) -> None:
    """Draw parts of a whole; only the outer ends are round."""
    radius, x = rect.height() / 2, rect.x()
    blob(p, rect, "pressed", radius)
    shares = [share for share in shares if share.part > 0]
    right = rect.x() + rect.width()
    for i, share in enumerate(shares):
        width = min(max(0.0, share.part), 1.0) * rect.width()
        piece = QRectF(x, rect.y(), min(width, right - x), rect.height())
        blob(p, piece, share.tone, radius)
        if i or piece.width() < rect.height():  # square on the inner left side
            p.drawRect(piece.adjusted(0, 0, -min(radius, piece.width() / 2), 0)) if i else None
        if x + width < right - 0.5:
            p.drawRect(piece.adjusted(min(radius, piece.width() / 2), 0, 0, 0))
        x += width


class Spinner(QWidget):
    """Something is happening and will be over within 2 s; longer work shows its progress."""

    def __init__(self) -> None:
        super().__init__()
        self._angle = 0
        self._timer = QTimer(self, interval=80)
        self._timer.timeout.connect(self._turn)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("icon"), theme().px("icon"))

    def showEvent(self, _event: object) -> None:
        self._timer.start()

    def hideEvent(self, _event: object) -> None:
        self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + 30) % 360
        self.update()

    def paintEvent(self, _event: object) -> None:
        p, width = smooth(self), theme().border("focus")
        rect = QRectF(self.rect()).adjusted(width, width, -width, -width)
        pen = QPen(QColor(theme()["accent"]), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        p.setPen(pen)
        p.drawArc(rect, -self._angle * 16, 260 * 16)
