"""How a talk looks in the list: its circle, name, time, last line, unread count, labels and how long somebody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from shopdesk.ui.directions import isolated
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import RIGHT, advance, draw
from shopdesk.ui.talks.words import called, initial, last_line, moment, not_sent, waits
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.marks import Mark, badge_width, draw_avatar, draw_badge, draw_count

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QStyleOptionViewItem

    from shopdesk.talks import Talk
    from shopdesk.ui.talks.list_model import Index, TalkModel

_SELECTED, _HOVERED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver
_WIDEST_LABEL = 10


class TalkPainter(QStyledItemDelegate):
    """Paints a row of two lines, and a third where somebody waits or the talk has labels."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        t, model = theme(), index.model()
        third = t.px("badge") + t.px("s1") if _has_third(model.talks[index.row()]) else 0  # type: ignore[attr-defined]
        return QSize(t.px("s12"), t.line("body") + t.line("small") + 2 * t.px("s3") + third + 1)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: TalkModel = index.model()  # type: ignore[assignment]
        t, rect, talk = theme(), QRect(option.rect), model.talks[index.row()]
        self._ground(p, rect, option.state)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, avatar = t.px("s3"), t.px("avatar")
        draw_avatar(p, QRectF(rect.x() + side, rect.y() + side + 1, avatar, avatar), initial(talk.name), t)
        left = rect.x() + side + avatar + t.px("mid")
        inner = QRect(left, rect.y() + side, rect.right() - side - left, rect.height() - 2 * side - 1)
        self._first(p, inner, talk, moment(talk.last_at, model.clock.now()))
        self._second(p, inner.adjusted(0, t.line("body"), 0, 0), talk)
        if _has_third(talk):
            room = inner.adjusted(0, t.line("body") + t.line("small") + t.px("s1"), 0, 0)
            self._third(p, room, talk, standing(talk, model.clock.now()))

    def _ground(self, p: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        t, chosen = theme(), _SELECTED in state
        if chosen or _HOVERED in state:
            p.fillRect(rect, t["accent_soft" if chosen else "hover"])
        if chosen:
            p.fillRect(rect.x(), rect.y(), t.border("bar"), rect.height() - 1, t["accent"])
        p.fillRect(rect.x(), rect.bottom(), rect.width(), 1, t["line"])

    def _first(self, p: QPainter, room: QRect, talk: Talk, time: str) -> None:
        t, wide = theme(), round(advance(time, "caption")) + 1
        line = QRect(room.x(), room.y(), room.width(), t.line("body"))
        draw(p, line, time, "caption", "text_3", align=RIGHT)
        name = line.adjusted(0, 0, -wide - t.px("s2"), 0)
        draw(p, name, called(talk.name), "body", "text", bold=bool(talk.unread))

    def _second(self, p: QPainter, room: QRect, talk: Talk) -> None:
        t = theme()
        line = QRect(room.x(), room.y(), room.width(), t.line("small"))
        if talk.unread:
            bubble = t.px("count")
            draw_count(p, QRectF(line.right() - bubble + 1, line.y(), bubble, bubble), talk.unread)
            line.adjust(0, 0, -bubble - t.px("s2"), 0)
        icon = "circle-slash" if talk.blocked else "check" if talk.last_side == "shop" and not talk.failed else ""
        if icon:
            small = t.px("icon_small")
            paint_icon(p, icon, "text_3", line.x(), line.y() + (line.height() - small) / 2, "icon_small")
            line.adjust(small + t.px("s1"), 0, 0, 0)
        draw(p, line, last_line(talk), "small", "text" if talk.unread else "text_2")

    def _third(self, p: QPainter, room: QRect, talk: Talk, stands: Mark | None) -> None:
        at, marks = float(room.x()), [stands] if stands else []
        marks += [Mark(isolated(_short(name)), icon="tag") for name in talk.labels]
        for mark in marks:
            if at + badge_width(mark) > room.right():
                return
            draw_badge(p, at, room.y(), mark)
            at += badge_width(mark) + theme().px("s1")


def standing(talk: Talk, now: datetime) -> Mark | None:
    """Return what stands first below a talk: that an answer did not go out, else how long somebody waits."""
    if talk.failed:
        return Mark(not_sent(talk), "danger", icon="triangle-alert")
    return Mark(waits(talk.waiting_since, now), "warning") if talk.waiting_since else None


def _has_third(talk: Talk) -> bool:
    return talk.waiting_since is not None or bool(talk.labels)


def _short(name: str) -> str:
    return name if len(name) <= _WIDEST_LABEL else f"{name[: _WIDEST_LABEL - 1]}…"
