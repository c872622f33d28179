"""What will be printed, as large as the page has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.paint import smooth
from shopdesk.ui.posters.drawing import draw_sheet
from shopdesk.ui.posters.forms import FORMS, POSTER
from shopdesk.ui.posters.ink import Ink
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from shopdesk.ui.posters.drawing import Poster
    from shopdesk.ui.posters.forms import Form


class SheetView(QWidget):
    """The sheet on a ground of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.poster: Poster | None = None
        self.form: Form = POSTER
        self.setAccessibleName(_("What will be printed"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: object) -> None:
        t, p, room = theme(), smooth(self), QRectF(self.rect())
        p.fillRect(room, t["hover"])
        if self.poster is None:
            return
        width, height = self.form.paper
        edge = t.px("s4")
        dots = min((room.width() - 2 * edge) / width, (room.height() - 2 * edge) / height)
        corner = room.center() - QPointF(width * dots / 2, height * dots / 2)
        p.translate(corner)
        p.fillRect(QRectF(0, 0, width * dots, height * dots), "white")
        draw_sheet(Ink(p, dots), self.form, self.poster)
        p.setPen(QPen(t["line_strong"], 1))
        p.setBrush("transparent")
        p.drawRect(QRectF(0, 0, width * dots, height * dots))


class Preview(w.Card):
    """The forms and the sheet."""

    def __init__(self) -> None:
        self.view, self._wrong = SheetView(), w.Banner("warning", "")
        self.forms = w.Choice([(_(one.title), one) for one in FORMS])
        self.forms.setAccessibleName(_("What is printed"))
        wrong = w.holder(w.vbox(self._wrong, margin="s3"))
        self._trouble = wrong
        super().__init__(w.card_head(self.forms, ...), wrong, (self.view, 1), pad="")
        wrong.hide()
        self.forms.chosen.connect(self._turn)

    def _turn(self, form: Form) -> None:
        self.view.form = form
        self.view.update()

    def show_poster(self, poster: Poster) -> None:
        """Show what is printed."""
        self._trouble.hide()
        self._show(poster)

    def show_trouble(self, sentence: str) -> None:
        """Say why there is nothing to print."""
        self._wrong.say(sentence)
        self._trouble.show()
        self._show(None)

    def _show(self, poster: Poster | None) -> None:
        self.view.poster = poster
        self.view.update()
