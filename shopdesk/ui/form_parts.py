"""What the forms of several pages are made of besides plain fields: a switch with what it means, some lines of text, a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.japanese import date as read_date
from shopdesk.ui import widgets as w
from shopdesk.ui.icons import icon

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QIcon


class Told(QWidget):
    """A switch with its name and, below, what it means."""

    def __init__(self, name: str, help_text: str, *, dot: bool = False) -> None:
        super().__init__()
        self.switch = w.Switch(name)
        self.help = w.Prose(help_text, role="caption", tone="text_3")
        head = w.hbox(w.Dot("line_green") if dot else None, w.label(name, "body_bold"), ...)
        self.setLayout(w.hbox(w.vbox("tiny", self.switch, ...), (w.vbox(head, self.help), 1), gap="s3"))


class Lines(w.TextArea):
    """Some lines of text, as high as those and no higher."""

    def dress(self) -> None:
        """Take font and height from the theme in use."""
        super().dress()
        self.setFixedHeight(self.minimumHeight())


class DayField(w.TextField):
    """A day as people write it: 2026/11/23, 11月23日, 令和8年11月23日."""

    def __init__(self, name: str) -> None:
        super().__init__(hint=_("2026/11/23"))
        self.setAccessibleName(name)
        self.addAction(_calendar(), self.ActionPosition.LeadingPosition)

    def dress(self) -> None:
        """Take sizes and the icon from the theme in use."""
        super().dress()
        for sign in self.actions():
            sign.setIcon(_calendar())

    def show_day(self, day: date | None) -> None:
        """Show a day, or none."""
        self.setText(f"{day:%Y/%m/%d}" if day else "")

    def day(self) -> date | None:
        """Return the day, None where there is none or it cannot be read."""
        return read_date(self.text()) if self.text().strip() else None

    def unreadable(self) -> bool:
        """Tell whether something stands there that is no day."""
        return bool(self.text().strip()) and self.day() is None


def _calendar() -> QIcon:
    return icon("calendar", "text_3", "icon_small")
