"""An answer with everything a broadcast can say: the same forms, the friend's phone beside them, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.message_form import MessageForm
from shopdesk.ui.talks.cost import CostLine
from shopdesk.ui.talks.words import called
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.line import Message
    from shopdesk.shop import Shop
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.tasks import Tasks


class ComposeDialog(w.Dialog):
    """Closes with `accept` only when LINE would take what is written. Enter goes to the next line, Ctrl+Enter sends."""

    def __init__(
        self, parent: QWidget, shop: Shop, tasks: Tasks, studio: Studio, name: str, began: Sequence[Message]
    ) -> None:
        self.form, self.cost = MessageForm(studio), CostLine(shop, tasks)
        self.form.show_messages(began)
        hint = w.label(_("Ctrl+Enter sends."), "caption", "text_3")
        question = _("Answer {name}").format(name=called(name))
        super().__init__(
            parent, question, (self.form, 1), "s2", w.hbox(hint, ..., self.cost), verb=_("Send"), back=_("Later")
        )
        self.verb.setDefault(False)
        self.verb.set_icon("send")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)
        tasks.run(
            self.form, lambda: str(shop.settings.get("shop_name")), lambda said: self.form.speak(said, name), key="shop"
        )
        studio.read()
        self.begin_at(self.form.first())

    def dress(self) -> None:
        """Be as large as the window lets it."""
        t, window = theme(), self._window
        around = 2 * t.px("s12")
        width = min(t.px("window_least_width"), window.width() - around)
        self._card.setFixedSize(width, min(t.px("window_height"), window.height() - around))

    def accept(self) -> None:
        if self.form.check():
            super().accept()
