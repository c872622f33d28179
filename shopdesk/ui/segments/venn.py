"""Two segments laid over each other: how many are only in one, in both, only in the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.segments import AllOf, Except
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.paint import CENTER, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from shopdesk.segments import Overlap, Rule, Segments
    from shopdesk.ui.tasks import Tasks

    Named = tuple[str, Rule]

FIRST, BOTH, SECOND = range(3)
GROUNDS = ("accent_soft", "accent", "accent_softer")
MOST_SIGNS = 18
"""Signs of a segment's name that are said in the name of a part, so that its end is seen too."""
OVERLAP = 0.62
"""How far apart the middles lie, in diameters: all three parts have room for a number."""


def part_of(first: Rule, second: Rule, part: int) -> Rule:
    """Return the rule for one part of the picture."""
    match part:
        case 0:
            return AllOf((first, Except(second)))
        case 1:
            return AllOf((first, second))
    return AllOf((second, Except(first)))


def shortened(name: str, most: int | None) -> str:
    """Return a name, its beginning with … where it has more than `most` signs."""
    return name if most is None or len(name) <= most else f"{name[: most - 1]}…"


class Venn(QWidget):
    """The picture; `pressed` carries the part clicked: 0 only the first, 1 both, 2 only the second."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._overlap: Overlap | None = None
        self._under: int | None = None
        self.setMouseTracking(True)
        self.setFixedHeight(theme().px("row") * 4)

    def show_overlap(self, overlap: Overlap) -> None:
        """Show other numbers."""
        self._overlap = overlap
        numbers = (overlap.first, overlap.both, overlap.second)
        self.setAccessibleName(", ".join(people(number) for number in numbers))
        self.update()

    def parts(self) -> list[QPainterPath]:
        """Return the outlines of the three parts."""
        size = min(self.height() - 4.0, self.width() / (1 + OVERLAP) - 4)
        left = (self.width() - size * (1 + OVERLAP)) / 2
        one, other = QPainterPath(), QPainterPath()
        one.addEllipse(QRectF(left, (self.height() - size) / 2, size, size))
        other.addEllipse(QRectF(left + size * OVERLAP, (self.height() - size) / 2, size, size))
        return [one.subtracted(other), one.intersected(other), other.subtracted(one)]

    def _at(self, point: QPointF) -> int | None:
        return next((number for number, path in enumerate(self.parts()) if path.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if self._under is None else Qt.CursorShape.PointingHandCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        part = self._at(event.position())
        if part is not None:
            self.pressed.emit(part)

    def leaveEvent(self, _event: Any) -> None:
        self._under = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t = smooth(self), theme()
        numbers = (self._overlap.first, self._overlap.both, self._overlap.second) if self._overlap else (None,) * 3
        for part, (path, ground, number) in enumerate(zip(self.parts(), GROUNDS, numbers, strict=True)):
            p.setPen(QPen(t["accent" if part == self._under else "accent_line"], 2 if part == self._under else 1))
            p.setBrush(t[ground])
            p.drawPath(path)
            middle = path.boundingRect().center() + QPointF((part - 1) * path.boundingRect().width() * 0.08, 0)
            room = QRectF(middle.x() - t.px("s12"), middle.y() - t.px("s4"), 2 * t.px("s12"), 2 * t.px("s4"))
            said = "…" if number is None else f"{number:,}"
            draw(p, room, said, "section", "on_accent" if part == BOTH else "text", bold=True, align=CENTER)


class Swatch(QWidget):
    """The ground of one part, beside its name."""

    def __init__(self, part: int) -> None:
        super().__init__()
        self._part = part
        self.setFixedSize(theme().px("s3"), theme().px("s3"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t = smooth(self), theme()
        p.setPen(QPen(t["accent_line"], 1))
        p.setBrush(t[GROUNDS[self._part]])
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class _Part(w.Row):
    """One part as a row: its colour, its name, how many people, and the button that takes it."""

    def __init__(self, part: int, take: Callable[[], object]) -> None:
        self._said, self.count = w.Prose(), w.label("…", bold=True)
        self._make = w.icon_button("plus", _("Make a segment"), take)
        swatch = Swatch(part)
        super().__init__(swatch, (self._said, 1), self.count, self._make, height="row", grows=True, last=part == SECOND)

    def say(self, name: str, whole: str) -> None:
        """Name the part, by its `whole` name where it is read aloud."""
        self._said.set_runs(name)
        self._make.setAccessibleName(whole)


class VennDialog(w.Dialog):
    """Choose another segment, see both; `part` is the name and the rule of the part that was chosen."""

    def __init__(self, parent: QWidget, first: Named, others: list[Named], segments: Segments, tasks: Tasks) -> None:
        self._first, self._others, self._segments, self._tasks = first, others, segments, tasks
        self.part: Named | None = None
        self.other = w.Choice([(name, number) for number, (name, _rule) in enumerate(others)], 0)
        self.other.setAccessibleName(_("The other segment"))
        self.picture = Venn()
        self.parts = tuple(_Part(part, partial(self.choose, part)) for part in (FIRST, BOTH, SECOND))
        heads = w.hbox((w.elided(first[0], bold=True), 1), self.other)
        hint = w.Prose(_("Choose a part to make a segment of it."), role="caption", tone="text_3")
        super().__init__(
            parent,
            _("Two segments together"),
            heads,
            "s3",
            self.picture,
            "s2",
            *self.parts,
            "s2",
            hint,
            verb=_("Close"),
        )
        self.back.hide()
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.reject)
        self.picture.pressed.connect(self.choose)
        self.other.chosen.connect(lambda _number: self.count())
        self.count()

    def _second(self) -> Named:
        number: int = self.other.value()
        return self._others[number]

    def count(self) -> None:
        """Count the three parts."""
        for part, row in enumerate(self.parts):
            row.say(self._named(part, MOST_SIGNS), self._named(part))
        first, second = self._first[1], self._second()[1]
        self._tasks.run(self, lambda: self._segments.overlap(first, second), self._show, key="overlap")

    def _show(self, overlap: Overlap) -> None:
        self.picture.show_overlap(overlap)
        for row, number in zip(self.parts, (overlap.first, overlap.both, overlap.second), strict=True):
            row.count.setText(people(number))

    def _named(self, part: int, most: int | None = None) -> str:
        """Name a part; segments with names longer than `most` signs by their beginning, so that the rest is read too."""
        first, second = (shortened(name, most) for name in (self._first[0], self._second()[0]))
        if part == BOTH:
            return _("“{first}” and “{second}”").format(first=first, second=second)
        return _("“{name}” only").format(name=first if part == FIRST else second)

    def choose(self, part: int) -> None:
        """Take one part as a segment of its own."""
        self.part = (self._named(part), part_of(self._first[1], self._second()[1], part))
        self.accept()
