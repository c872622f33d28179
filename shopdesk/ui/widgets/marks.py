"""Small marks that say how a thing is: badge, dot, avatar, bars, steps, tabs, spinner."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, advance, blob, box, draw, smooth
from shopdesk.ui.theme import Theme, theme
from shopdesk.ui.widgets.buttons import Painted
from shopdesk.ui.widgets.layouts import hbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

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


def draw_bar(p: QPainter, rect: QRectF, shares: Sequence[Share], ground: str = "pressed") -> None:
    """Draw parts of a whole; only the outer ends are round."""
    radius, x = rect.height() / 2, rect.x()
    blob(p, rect, ground, radius)
    right = rect.x() + rect.width()
    for i, share in enumerate(shares):
        width = min(max(0.0, share.part), 1.0) * rect.width()
        if not width:
            continue
        piece = QRectF(x, rect.y(), min(width, right - x), rect.height())
        blob(p, piece, share.tone, radius)
        if i or piece.width() < rect.height():  # square on the inner left side
            p.drawRect(piece.adjusted(0, 0, -min(radius, piece.width() / 2), 0)) if i else None
        if x + width < right - 0.5:
            p.drawRect(piece.adjusted(min(radius, piece.width() / 2), 0, 0, 0))
        x += width


class Steps(QWidget):
    """Where one stands in a wizard. Done steps can be clicked (`chosen`); give `now` from 0."""

    chosen = Signal(int)

    def __init__(self, *names: str, now: int = 0) -> None:
        super().__init__()
        self._names, self._now = list(names), now
        self.setMouseTracking(True)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("step"))
        self.setMinimumWidth(int(sum(width for _, width in self._places())))

    def show_step(self, now: int, *names: str) -> None:
        """Stand at another step; names only where they have changed."""
        self._now = now
        self._names = list(names) or self._names
        self.setAccessibleName(self._names[now])
        self.dress()
        self.update()

    def _places(self) -> list[tuple[float, float]]:
        t, at, places = theme(), 0.0, []
        for i, name in enumerate(self._names):
            width = t.px("step") + t.px("s2") + advance(name, "body", i == self._now) + t.px("mid")
            width += t.px("s6") + t.px("s1") + t.px("mid") if i + 1 < len(self._names) else 0
            places.append((at, width))
            at += width
        return places

    def _at(self, x: float) -> int | None:
        for i, (at, width) in enumerate(self._places()):
            if at <= x < at + width - theme().px("s10") and i < self._now:
                return i
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        step = self._at(event.position().x())
        if step is not None:
            self.chosen.emit(step)

    def paintEvent(self, _event: object) -> None:
        t, p, side = theme(), smooth(self), theme().px("step")
        for i, (x, width) in enumerate(self._places()):
            ground, edge, ink, tone = _STEP[(i >= self._now) + (i > self._now)]
            box(p, QRectF(x, 0, side, side), ground, edge, side / 2)
            if i < self._now:
                inset = (side - t.px("icon_small")) / 2
                paint_icon(p, "check", ink, x + inset, inset, "icon_small")
            else:
                draw(p, QRectF(x, 0, side, side), str(i + 1), "small", ink, bold=True, align=CENTER)
            here = i == self._now
            wide = advance(self._names[i], "body", here) + 1
            draw(p, QRectF(x + side + t.px("s2"), 0, wide, side), self._names[i], "body", tone, here)
            if i + 1 < len(self._names):
                end = x + width - t.px("mid")
                p.fillRect(QRectF(end - t.px("s6"), side // 2, t.px("s6"), 1), t["line_strong"])


_STEP = (
    ("accent_soft", "accent_line", "accent_text", "text_2"),
    ("accent", "accent", "on_accent", "text"),
    ("window", "control", "text_3", "text_3"),
)


class _Tab(Painted):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        self.setFixedSize(round(advance(self.words, "body", bold=True)) + theme().px("s6"), theme().px("tab"))

    def paintEvent(self, _event: object) -> None:
        p, on, bar = smooth(self), self.isChecked(), theme().border("focus")
        tone = "accent_text" if on else "text" if self.underMouse() else "text_2"
        draw(p, self.rect(), self.words, "body", tone, on, CENTER)
        if on:
            p.fillRect(QRect(0, self.height() - bar, self.width(), bar), theme()["accent"])


class Tabs(QWidget):
    """Views of one thing, side by side. `changed` carries the number of the one chosen."""

    changed = Signal(int)

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tabs = [_Tab(name) for name in names]
        for i, tab in enumerate(self._tabs):
            self._group.addButton(tab, i)
        self._tabs[0].setChecked(True)
        self.setLayout(hbox(*self._tabs, ..., gap="s1"))
        self._group.idClicked.connect(self.changed)

    def current(self) -> int:
        """Return the number of the chosen one."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose one, as a click would."""
        self._tabs[number].click()

    def rename(self, number: int, words: str) -> None:
        """Change a name, say for its count."""
        tab = self._tabs[number]
        tab.words = words
        tab.setAccessibleName(words)
        tab.dress()
        tab.update()


class Spinner(QWidget):
    """Something is happening and will be over within 2 s; longer work shows its progress."""

    def __init__(self, size: str = "icon") -> None:
        super().__init__()
        self._size, self._angle = size, 0
        self._timer = QTimer(self, interval=80)
        self._timer.timeout.connect(self._turn)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px(self._size), theme().px(self._size))

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
