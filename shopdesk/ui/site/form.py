"""A page as a form: its title, its parts, and what only the shop page or news has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.site import Content, safe_link
from shopdesk.ui import widgets as w
from shopdesk.ui.form_parts import Told
from shopdesk.ui.site.parts import PartList

if TYPE_CHECKING:
    from shopdesk.site import Kind
    from shopdesk.ui.studio import Studio


class PageForm(QWidget):
    """`edited` with each change; `settings_wanted` for what stands in the settings."""

    edited = Signal()
    settings_wanted = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._kind: Kind = "news"
        self.title, self.menu = w.TextField(), w.TextField(hint="https://")
        self.title_field = w.Field(_("Title"), self.title, check=self._untitled)
        self.menu_field = w.Field(_("Address of the menu"), self.menu, optional=True, check=self._bad_menu)
        self.reserves = Told(
            _("Requests for reservations"),
            _("A form on the page. Friends' requests stand in their talk, with three answers to choose from."),
        )
        self.answers = Told(
            _("Likes and comments"), _("People can like it and write below. You look at each comment first.")
        )
        self.parts = PartList(studio)
        self._shop = self._of_shop()
        head = w.Card(self.title_field, self.answers, self._shop, pad="s5", gap="form_gap")
        self.setLayout(w.vbox(head, self.parts, ..., gap="s4", margin=("", "", "s1", "")))
        self._connect()

    def _of_shop(self) -> QWidget:
        note = w.Prose(_("Hours, address and phone come from the settings."), role="caption", tone="text_3")
        link = w.link(_("Open the settings"), self.settings_wanted.emit)
        return w.holder(w.vbox(self.reserves, self.menu_field, w.hbox((note, 1), link), gap="form_gap"))

    def _connect(self) -> None:
        tell = lambda *_said: self.edited.emit()  # noqa: E731
        for signal in (self.title.textEdited, self.menu.textEdited, self.parts.edited):
            signal.connect(tell)
        for told in (self.reserves, self.answers):
            told.switch.clicked.connect(tell)

    def show_content(self, kind: Kind, content: Content) -> None:
        """Show what a page says; nobody has edited it."""
        self._kind = kind
        self.blockSignals(True)
        self.title.setText(content.title)
        self.title_field.rename(_("A line below the shop's name") if kind == "shop" else _("Title"))
        self.menu.setText(content.menu)
        self.reserves.switch.setChecked(content.reserves)
        self.answers.switch.setChecked(content.answers)
        self.parts.show_parts(content.parts)
        self._shop.setVisible(kind == "shop")
        self.answers.setVisible(kind == "news")
        for field in (self.title_field, self.menu_field):
            field.set_error("")
        self.blockSignals(False)

    def content(self) -> Content:
        """Return what stands in the form."""
        on, menu = self._kind == "shop", self.menu.text().strip()
        return Content(
            self.title.text().strip(),
            self.parts.parts(),
            menu if on else "",
            on and self.reserves.switch.isChecked(),
            self.answers.switch.isChecked(),
        )

    def valid(self) -> bool:
        """Check what can be checked here, show what is wrong, and tell whether it can be kept."""
        return self.title_field.valid() & self.menu_field.valid()

    def _untitled(self) -> str:
        return "" if self.title.text().strip() or self._kind == "shop" else _("Write a title.")

    def _bad_menu(self) -> str:
        menu = self.menu.text().strip()
        if not menu or self._kind != "shop" or safe_link(menu):
            return ""
        return _("The address of the menu must start with https:// or http://.")
