"""One page being written, beside the phone that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.site import Content
from shopdesk.ui import widgets as w
from shopdesk.ui.editor import FormEditor, editor_head
from shopdesk.ui.picture_field import SHOWN_WIDTH
from shopdesk.ui.site.face import PagePhone
from shopdesk.ui.site.form import PageForm
from shopdesk.ui.site.words import KINDS, state_mark, title_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from shopdesk.shop import Shop
    from shopdesk.site import Kind, Page
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class PageEditor(FormEditor):
    """A page in its form, beside the phone; `hide_wanted`, `delete_wanted` and `address_wanted` (where it is) ask for that."""

    hide_wanted = Signal()
    delete_wanted = Signal()
    address_wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(shop, tasks, notices)
        self.page: Page | None = None
        self.kind: Kind = "news"
        self.shop_name = ""
        self.form, self.phone = PageForm(self.studio), PagePhone(self._image)
        self.more = w.icon_button("ellipsis", _("More"), self._menu, size="control")
        self.where = w.Button(_("Address and QR code"), icon="qr-code", does=self.address_wanted.emit)
        self._which = w.label("", "small", "text_2")
        acts = (self.state, self.more, self.where, self.keep, self.give)
        head = editor_head(_("Pages"), self.left.emit, self._which, self.head, *acts)
        self.lay_out(head, [self.form], self.phone, self.phone.width())
        self.form.edited.connect(self.resting.start)
        self.studio.arrived.connect(self.show_face)

    def _image(self, picture: str) -> QImage | None:
        return self.studio.image(addresses.own(picture, SHOWN_WIDTH))

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
        self.more.setVisible(page is not None)
        self.where.setVisible(page is not None)
        self.keep.setVisible(not live)
        self.give.set_words(_("Keep the changes") if live else _("Publish"))
        self._which.setText(f"／ {_(KINDS[kind])}")
        self.begin(state_mark(page) if page is not None else w.Mark(_("Draft"), "warning"))
        if page is None:
            self.form.title.setFocus()

    def written(self) -> Content:
        """Return what stands in the form."""
        return self.form.content()

    def title(self) -> str:
        """Return what it is called so far."""
        return title_of(self.kind, self.form.content())

    def draw(self) -> None:
        """Draw the page on the phone."""
        self.phone.show_content(self.shop_name, self.kind, self.form.content())
