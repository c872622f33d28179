"""A question as its page shows it on the customer's phone, drawn: the same in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from shopdesk.i18n import N_, _, for_customers
from shopdesk.surveys import CHOICES, Form, Question
from shopdesk.ui.paint import LEFT, RIGHT, blob
from shopdesk.ui.phone_face import Paragraph, PhoneFace, one_line
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage, QPainter

_RIGHT = Qt.TextElideMode.ElideRight
_ROW, _PICTURE, _GAP, _BUTTON = 44, 56, 8, 44
"""Of the preview's own px, as in `phone_face`."""
_LONG_SCALE = 10


class QuestionPage(PhoneFace):
    """The page of one question in a phone."""

    def __init__(self, picture: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._picture = picture
        self._form, self._at = Form("", "", ()), 0

    def show_question(self, form: Form, at: int) -> None:
        """Show another question, by its place."""
        self._form, self._at, self.bar = form, at, form.title or form.name
        one = self._one()
        self.setAccessibleName("\n".join([_("Preview"), *([one.title] if one else [])]))
        self.update()

    def _one(self) -> Question | None:
        questions = self._form.questions
        return questions[min(self._at, len(questions) - 1)] if questions else None

    def draw_page(self, p: QPainter, room: QRectF) -> None:
        one, own = self._one(), light()
        if one is None:
            return
        step, steps = min(self._at, len(self._form.questions) - 1) + 1, len(self._form.questions)
        top = QRectF(0, room.y() - 12, room.right() + 12, 4)
        p.fillRect(top, own["line"])
        p.fillRect(QRectF(top.x(), top.y(), top.width() * step / steps, 4), own["accent"])
        y = self._words(p, room, room.y(), for_customers(N_("Question {step} of {steps}")), "caption", step, steps)
        y = self._words(p, room, y + 2, one.title or for_customers(N_("The question")), "section")
        y = self._words(p, room, y, one.note, "caption") + _GAP
        y = self._answers(p, QRectF(room.x(), y, room.width(), room.bottom() - y), one)
        if one.consent:
            said = for_customers(N_("I agree: {consent}")).format(consent=one.consent)
            y = self._words(p, room, y + 4, f"□ {said}", "caption") + _GAP
        button = QRectF(room.x(), y + 4, room.width(), _BUTTON)
        if step > 1:
            back = QRectF(button.x(), button.y(), 64, _BUTTON)
            self._box(p, back)
            one_line(p, back, for_customers(N_("Back")), "body_bold", "text")
            button.setLeft(back.right() + _GAP)
        blob(p, button, own["accent"], 8)
        one_line(p, button, for_customers(N_("Next")), "body_bold", "on_accent")

    def _words(self, p: QPainter, room: QRectF, y: float, said: str, role: str, step: int = 0, steps: int = 0) -> float:
        if not said:
            return y
        shown = Paragraph(said.format(step=step, steps=steps) if steps else said, role, room.width())
        p.setPen(light()["text" if role == "section" else "text_2"])
        shown.draw(p, QPointF(room.x(), y))
        return y + shown.height()

    def _answers(self, p: QPainter, room: QRectF, one: Question) -> float:
        """Draw what can be chosen or where something is written; return where it ends."""
        if one.kind in CHOICES:
            return self._options(p, room, one)
        if one.kind == "rating":
            return self._scale(p, room, one)
        field = QRectF(room.x(), room.y(), room.width(), 2 * _ROW if one.kind == "text" else _ROW)
        self._box(p, field)
        return field.bottom() + _GAP

    def _options(self, p: QPainter, room: QRectF, one: Question) -> float:
        own, y = light(), room.y()
        for option in one.options:
            high = _PICTURE if option.picture else _ROW
            row = QRectF(room.x(), y, room.width(), high)
            self._box(p, row)
            left = row.x() + 12
            image = self._picture(option.picture) if option.picture else None
            if option.picture:
                place = QRectF(row.x() + 6, row.y() + 6, 66, high - 12)
                blob(p, place, own["hover"], 6)
                if image is not None and not image.isNull():
                    p.drawImage(place, image)
                left = place.right() + 10
            p.setFont(own.font("body"))
            p.setPen(own["text"])
            words = QRectF(left, row.y(), row.right() - left - 38, high)
            p.drawText(words, int(LEFT), p.fontMetrics().elidedText(option.label, _RIGHT, round(words.width())))
            p.setPen(QPen(own["control"], 1.5))
            p.setBrush(own["surface"])
            spot = QRectF(row.right() - 30, row.center().y() - 9, 18, 18)
            p.drawRoundedRect(spot, 4 if one.kind == "several" else 9, 4 if one.kind == "several" else 9)
            y = row.bottom() + _GAP
        return y

    def _scale(self, p: QPainter, room: QRectF, one: Question) -> float:
        least, most = one.least if one.least is not None else 1, one.most if one.most is not None else 5
        count = most - least + 1
        across = min(count, 6) if count < _LONG_SCALE else 5  # as `.scale` in page.css
        wide = (room.width() - _GAP * (across - 1)) / across
        box = QRectF(room.x(), room.y(), wide, _ROW)
        for place, number in enumerate(range(least, most + 1)):
            line, column = divmod(place, across)
            box.moveTo(room.x() + column * (wide + _GAP), room.y() + line * (_ROW + _GAP))
            self._box(p, box)
            one_line(p, box, str(number), "body", "text")
        return self._ends(p, QRectF(room.x(), box.bottom() + 4, room.width(), room.height()), one) + _GAP

    @staticmethod
    def _ends(p: QPainter, room: QRectF, one: Question) -> float:
        """Write what the ends of a scale mean, one at each side; return where it ends."""
        p.setPen(light()["text_2"])
        y = room.y()
        for said, left, align in ((one.low, room.x(), LEFT), (one.high, room.center().x(), RIGHT)):
            if said:
                shown = Paragraph(said, "caption", room.width() / 2, align)
                shown.draw(p, QPointF(left, room.y()))
                y = max(y, room.y() + shown.height())
        return y

    @staticmethod
    def _box(p: QPainter, rect: QRectF) -> None:
        p.setPen(QPen(light()["line_strong"], 1))
        p.setBrush(light()["surface"])
        p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
