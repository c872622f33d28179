"""The first thing a new shop sees: what to do first, in ten seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Button,
    Card,
    DropZone,
    Icon,
    Prose,
    hbox,
    label,
    vbox,
)

if TYPE_CHECKING:
    from shopdesk.ui.home.today import Today


class Welcome(QWidget):
    """Three steps, the first one ready to take a file. `files` carries paths, `wanted` the key of a page."""

    files = Signal(list)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.drop = DropZone(
            _("Put your cart's order file here"), _("Shopify, 楽天 RMS, Yahoo!ショッピング. Excel and CSV")
        )
        self.drop.dropped.connect(self.files)
        first = Card(
            _head(
                "1",
                _("Bring in your orders"),
                _("Your customers and what they bought are listed at once. You look before anything is written."),
            ),
            "s3",
            (self.drop, 1),
            part="chosen",
        )
        self.connect_line = Button(_("Connect LINE"), icon="message-circle", does=lambda: self.wanted.emit("settings"))
        self._connected = hbox(
            Icon("circle-check", "success_text"), label(_("LINE is connected"), "small", "success_text"), ...
        )
        self._done = QWidget()
        self._done.setLayout(self._connected)
        second = Card(
            _head("2", _("Connect LINE"), _("About five minutes. Then your friends on LINE are counted here.")),
            ...,
            hbox(self.connect_line, self._done, ...),
        )
        third = Card(
            _head("3", _("Send to the right people"), _("Choose by what was bought, see what it costs, then send.")),
            ...,
            hbox(Button(_("See how broadcasts work"), icon="send", does=lambda: self.wanted.emit("broadcasts")), ...),
        )
        side = vbox((second, 1), (third, 1), gap="card_gap")
        self.drop.setMinimumHeight(2 * theme().px("drop_zone"))
        hello = vbox(
            label(_("Three steps to your first message"), "section"),
            Prose(_("Begin with the first; the others can wait."), role="small", tone="text_2"),
        )
        self.setLayout(vbox(hello, "s3", hbox((first, 3), (side, 2), gap="card_gap"), ...))

    def show_today(self, today: Today) -> None:
        """Tick what is done already."""
        self.connect_line.setVisible(not today.has_keys)
        self._done.setVisible(today.has_keys)


def _head(number: str, title: str, words: str) -> QWidget:
    made = QWidget()
    sign = label(number, "figure", "accent_text")
    text = vbox(label(title, "section"), Prose(words, role="small", tone="text_2"))
    made.setLayout(hbox(vbox(sign, ...), (text, 1), gap="s3"))
    return made
