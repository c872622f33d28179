"""One page being written, beside the phone that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.site import Content
from shopdesk.ui import widgets as w
from shopdesk.ui.picture_field import SHOWN_WIDTH
from shopdesk.ui.site.face import PagePhone
from shopdesk.ui.site.form import PageForm
from shopdesk.ui.site.words import KINDS, state_mark
from shopdesk.ui.studio import Studio

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from shopdesk.shop import Shop
    from shopdesk.site import Kind, Page
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

WAITS_MS = 120


class PageEditor(QWidget):
    """`save`, `publish`, `hide_wanted` and `delete_wanted` ask for that; `address_wanted` for where it is; `left` to go back."""

    save = Signal()
    publish = Signal()
    hide_wanted = Signal()
    delete_wanted = Signal()
    address_wanted = Signal()
    left = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self.page: Page | None = None
        self.kind: Kind = "news"
        self.shop_name = ""
        self._begun = Content("")
        self.studio = Studio(self, shop, tasks, notices)
        self.form, self.phone = PageForm(self.studio), PagePhone(self._image)
        self.state = w.Badge(_("Draft"), "warning")
        self.more = w.icon_button("ellipsis", _("More"), self._menu, size="control")
        self.where = w.Button(_("Address and QR code"), icon="qr-code", does=self.address_wanted.emit)
        self.keep = w.Button(_("Keep the draft"), does=self.save.emit)
        self.give = w.Button(_("Publish"), "primary", "check", does=self.publish.emit)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self._show_face)
        self.form.edited.connect(self._timer.start)
        self.studio.arrived.connect(self._show_face)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, context=here).activated.connect(self.save)

    def _image(self, picture: str) -> QImage | None:
        return self.studio.image(addresses.own(picture, SHOWN_WIDTH))

    def _lay_out(self) -> None:
        self.head, self._crumb = w.elided("", "title"), w.label("", "small", "text_2")
        crumb = w.hbox(w.link(_("Pages"), self.left.emit), self._crumb, ..., gap="s1")
        row = w.hbox(
            (w.vbox(crumb, self.head), 1),
            "s4",
            *(self.state, self.more, self.where, self.keep, self.give),
            margin=("page_side", "s4", "page_side", "mid"),
        )
        aside = w.holder(w.vbox(w.label(_("What the customer sees"), "small", "text_2"), "s2", (self.phone, 1)))
        aside.setFixedWidth(self.phone.width())
        left = w.scroller(w.vbox(self.form, margin=("", "s1", "s1", "page_top")))
        columns = w.hbox((left, 1), aside, gap="s4", margin=("page_side", "", "page_side", "page_top"))
        self.setLayout(w.vbox(w.holder(row), (w.holder(columns), 1)))

    def _menu(self) -> None:
        entries = []
        if self.page is not None and self.page.state != "hidden":
            entries.append((_("Hide this page"), self.hide_wanted.emit))
        entries.append((_("Delete this page…"), self.delete_wanted.emit))
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_page(self, kind: Kind, page: Page | None, shop_name: str, content: Content | None = None) -> None:
        """Show a page, or the beginning of a new one, which may say something already."""
        self.kind, self.page, self.shop_name = kind, page, shop_name
        shown = page.content if page is not None else content or Content("")
        self.form.show_content(kind, shown)
        live = page is not None and page.live
        self.state.show_mark(state_mark(page) if page is not None else w.Mark(_("Draft"), "warning"))
        self.more.setVisible(page is not None)
        self.where.setVisible(page is not None)
        self.keep.setVisible(not live)
        self.give.set_words(_("Keep the changes") if live else _("Publish"))
        self._crumb.setText(f"／ {_(KINDS[kind])}")
        self.studio.read()
        self._begun = self.form.content()
        self._show_face()
        if page is None:
            self.form.title.setFocus()

    def dirty(self) -> bool:
        """Tell whether there is something that is not kept."""
        return self.form.content() != self._begun

    def _show_face(self) -> None:
        self._timer.stop()
        content = self.form.content()
        self.head.setText(content.title if self.kind != "shop" and content.title else _(KINDS[self.kind]))
        self.phone.show_content(self.shop_name, self.kind, content)
