"""The page of the shop's own pages: the list, one being written, comments and requests for reservations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.site import SINGLE
from shopdesk.ui import widgets as w
from shopdesk.ui.list_page import ListPage
from shopdesk.ui.reserving import Answering
from shopdesk.ui.site.address import AddressDialog
from shopdesk.ui.site.comments import Comments
from shopdesk.ui.site.editor import PageEditor
from shopdesk.ui.site.first_words import first_words
from shopdesk.ui.site.overview import page_overview
from shopdesk.ui.site.requests import Requests
from shopdesk.ui.site.words import KINDS, called
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.site import Content, Kind, Page, Waiting
    from shopdesk.ui.shop_page import Desk


class SitePage(ListPage):
    """Pages. `shown(part="comments")` or `"reservations"` brings that to the front."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.SITE, Topic.BROADCASTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._site, self._any = self.shop.site, False
        self.new = w.Button(_("Make a page"), "primary", "plus", does=lambda: self._choose_kind(self.new))
        self.overview = page_overview(self.shop, self.tasks, self.notices)
        self.comments = Comments(self.shop, self.tasks)
        self.answering = Answering(self, self.shop, self.tasks, self.notices)
        self.requests = Requests(self.shop, self.tasks, self.answering)
        self.editor = PageEditor(self.shop, self.tasks, self.notices)
        self.part = w.Tabs(_("Pages"), _("Comments"), _("Reservations"))
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        self._parts = QStackedWidget()
        for one in (self.overview, self.comments, self.requests):
            self._parts.addWidget(one)
        purpose = _("What everybody can open: shop page, news, announcements – and what people say to them.")
        header = w.Header(_("Pages"), purpose, actions=(self.new,))
        body = w.vbox(self.part, "s3", (self._parts, 1), margin=("page_side", "", "page_side", "page_top"))
        self._sheet = w.holder(w.vbox(header, (w.holder(body), 1)))
        self._sheet.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # else Qt gives the first tab the focus, and the ring
        self.hold(self._sheet, self.editor)

    def _connect(self) -> None:
        self.part.changed.connect(self._turn)
        self.overview.opened.connect(self.open)
        self.overview.wanted.connect(lambda: self._choose_kind(self.overview.first))
        self.overview.list.counted.connect(self._counted)
        self.comments.decided.connect(self.reload)
        self.requests.talk_wanted.connect(lambda friend: self.navigator.show_page("talks", friend=friend))
        editor = self.editor
        editor.save.connect(self.save)
        editor.publish.connect(self.publish)
        editor.hide_wanted.connect(self.hide_page)
        editor.delete_wanted.connect(self.delete)
        editor.address_wanted.connect(self.show_address)
        editor.form.settings_wanted.connect(lambda: self.navigator.show_page("settings", section="shop"))

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Bring a part to the front."""
        wanted = {"comments": 1, "reservations": 2}.get(str(what.get("part")))
        if wanted is not None:
            self.bring(self._sheet)
            self.part.choose(wanted)

    def reload(self) -> None:
        """Read what is at the front again; what is being written stays."""
        for part in (self.overview, self.comments, self.requests):
            part.reload()
        self.tasks.run(self, self._site.waiting, self._count, key="waiting")

    def _turn(self, part: int) -> None:
        self._parts.setCurrentIndex(part)
        self.new.setVisible(part == 0 and self._any)

    def _counted(self, count: int) -> None:
        """Where there is no page yet, the empty list has the button."""
        self._any = bool(count)
        self._turn(self.part.current())

    def _count(self, waiting: Waiting) -> None:
        for at, name, count in (
            (1, _("Comments"), waiting.comments),
            (2, _("Reservations"), waiting.reservations),
        ):
            self.part.rename(at, f"{name} ({count})" if count else name)

    # Opening

    def _choose_kind(self, button: w.Button) -> None:
        entries = [(_(name), partial(self.begin, kind)) for kind, name in KINDS.items()]
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def begin(self, kind: Kind) -> None:
        """Begin a page; of what there is one, that is opened."""
        site, settings = self._site, self.shop.settings

        def work() -> tuple[Page | None, str, Content]:
            there = site.list(kind) if kind in SINGLE else []
            found = settings.all()
            return (there[0] if there else None), str(found["shop_name"]), first_words(kind, found)

        def show(found: tuple[Page | None, str, Content]) -> None:
            page, name, content = found
            self._edit(kind, page, name, content)

        self.tasks.run(self, work, show, key="page")

    def open(self, page: Page) -> None:
        """Write a page anew."""
        site, settings = self._site, self.shop.settings
        work = lambda: (site.get(page.id), str(settings.get("shop_name")))  # noqa: E731
        self.tasks.run(self, work, lambda found: self._edit(page.kind, found[0], found[1]), key="page")

    def _edit(self, kind: Kind, page: Page | None, shop: str, content: Content | None = None) -> None:
        self.editor.show_page(kind, page, shop, content)
        self.bring(self.editor)

    # Keeping

    def save(self) -> None:
        """Keep what is written, to be seen or not."""
        self._keep(lambda page: page, _("Kept “{name}”."))

    def publish(self) -> None:
        """Keep what is written and let everybody see it."""
        self._keep(lambda page: self._site.publish(page.id), _("“{name}” can be seen by everybody."))

    def _keep(self, then: Callable[[Page], Page], words: str) -> None:
        editor, site = self.editor, self._site
        if not editor.form.valid():
            return
        kind, known, content = editor.kind, editor.page, editor.form.content()
        work = lambda: then(site.write(kind, content, known.id if known else None))  # noqa: E731

        def done(page: Page) -> None:
            self.notices.done(words.format(name=called(page)))
            editor.show_page(kind, page, editor.shop_name)

        self.tasks.run(self, work, done, lane=Lane.WRITE)

    def hide_page(self) -> None:
        """Let nobody see it any more; it can be shown again."""
        page, site = self._written(), self._site
        show = lambda: self.tasks.run(self, lambda: site.publish(page.id), lane=Lane.WRITE)  # noqa: E731

        def done(_page: Page) -> None:
            self.notices.done(_("Nobody sees “{name}” any more.").format(name=called(page)), show)
            self.bring_list()

        self.tasks.run(self, lambda: site.hide(page.id), done, lane=Lane.WRITE)

    def delete(self) -> None:
        """Remove it for good, after a question."""
        page, site = self._written(), self._site
        if w.confirm(
            self,
            _("Delete “{name}”?").format(name=called(page)),
            _("Its likes and comments go with it. Its address leads nowhere after that."),
            verb=_("Delete this page"),
            danger=True,
        ):
            self.tasks.run(self, lambda: site.delete(page.id), lambda _done: self.bring_list(), lane=Lane.WRITE)

    def show_address(self) -> None:
        """Show where it is."""
        page, site = self._written(), self._site

        def show(address: str) -> None:
            dialog = AddressDialog(self, address, live=page.live)
            dialog.exec()
            dialog.deleteLater()

        self.tasks.run(self, lambda: site.address(page), show)

    def _written(self) -> Page:
        assert self.editor.page is not None  # noqa: S101 - its buttons are only seen with a page
        return self.editor.page
