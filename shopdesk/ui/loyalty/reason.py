"""Before something is corrected: why, in a few words that stay beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ReasonDialog(w.Dialog):
    """Asks why something is done; with `points` also how many stamps are added, or taken off with a minus."""

    def __init__(self, parent: QWidget, question: str, fact: str, *, verb: str, points: bool = False) -> None:
        self.points = w.NumberField(None, -1_000_000, 1_000_000, width="counter_button")
        self.reason = w.TextField(hint=_("for example: counted on the wrong card"))
        self._points = w.Field(
            _("Stamps"),
            w.holder(w.hbox(self.points, w.label(_("a minus takes off"), "small", "text_2"), ...)),
            check=lambda: "" if self.points.value() else _("Say how many: 5 or -5."),
        )
        self.points.setAccessibleName(_("Stamps"))
        self._why = w.Field(
            _("Why"),
            self.reason,
            help_text=_("It is kept with what is corrected."),
            check=lambda: "" if self.reason.text().strip() else _("Say why, in a few words."),
        )
        self._asks_points = points
        body = w.vbox(
            w.Prose(fact, tone="text_2"), "s3", self._points if points else None, "s3" if points else None, self._why
        )
        super().__init__(parent, question, body, verb=verb)
        self.begin_at(self.points if points else self.reason)

    def accept(self) -> None:
        wrong = not self._why.valid() or (self._asks_points and not self._points.valid())
        if wrong:
            self.adjustSize()
        else:
            super().accept()
