"""The main window: sidebar, pages made when they are first shown, keys that work everywhere, files let go anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from shopdesk.i18n import _
from shopdesk.paths import resources
from shopdesk.supervisor import Supervisor
from shopdesk.ui.pages import PAGES
from shopdesk.ui.shop_page import Desk, ShopPage
from shopdesk.ui.sidebar import Sidebar
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.drop_zone import dropped_files
from shopdesk.ui.widgets.layouts import hbox, holder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from shopdesk.shop import Shop
    from shopdesk.ui.interlude import Work
    from shopdesk.ui.live import Live
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.pages import PageEntry
    from shopdesk.ui.tasks import Tasks

TAKES_FILES = "imports"


class MainWindow(QMainWindow):
    """The shop's window. It is the navigator of its pages; `closed` tells that it was closed for good."""

    closed = Signal()
    again = Signal(object)
    lock_wanted = Signal()
    counter_wanted = Signal()

    def __init__(
        self,
        shop: Shop,
        tasks: Tasks,
        live: Live,
        notices: Notices,
        *,
        name: str = "ShopDesk",
        pages: Sequence[PageEntry] = PAGES,
    ) -> None:
        super().__init__()
        self.supervisor = Supervisor(shop)
        self.desk = self._desk = Desk(shop, self, tasks, live, notices, self.supervisor)
        self._entries = {entry.key: entry for entry in sorted(pages, key=lambda entry: entry.order)}
        self._pages: dict[str, ShopPage] = {}
        self._allowed: Collection[str] = self._entries
        self._wanted: tuple[str, dict[str, Any]] | None = None
        self.locked = False
        self.current = ""
        self.stays_in_tray = False  # closing only hides it; the tray brings it back
        self.setWindowTitle(name)
        self.setWindowIcon(QIcon(str(resources() / "icons" / "shopdesk.svg")))
        self.setAcceptDrops(True)
        self.sidebar = Sidebar(pages)
        self.sidebar.set_shop(name)
        self.sidebar.wanted.connect(self.show_page)
        self.sidebar.lock_wanted.connect(self.lock_wanted)
        self._stack, self._rooms = QStackedWidget(), QStackedWidget()
        self._rooms.addWidget(holder(hbox(self.sidebar, (self._stack, 1), gap="")))
        self.setCentralWidget(self._rooms)
        self.resize(theme().px("window_width"), theme().px("window_height"))
        self.setMinimumSize(theme().px("window_least_width"), theme().px("window_least_height"))
        self._keys()
        notices.attach(self._stack)
        self._stack.currentChanged.connect(lambda _index: notices.come_to_front())

    def show_page(self, key: str, **what: Any) -> None:
        """Bring a page to the front and tell it what is wanted; behind a lock, once that is open."""
        if self.locked:
            self._wanted = (key, what)
            return
        if key not in self._allowed:
            self._desk.notices.done(_("This is not for your role. Ask the owner or a manager."))
            return
        if self._entries[key].own_window:
            if self.current:
                self.sidebar.choose(self.current)
            self.counter_wanted.emit()
            return
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._entries[key].make(self._desk)
            self._stack.addWidget(page)
        self.current = key
        self.sidebar.choose(key)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        page.come_to_front(**what)

    def page(self) -> ShopPage | None:
        """Return the page at the front; none is behind a lock."""
        return None if self.locked else self._pages.get(self.current)

    # Who may see it

    def set_lock(self, screen: QWidget) -> None:
        """Have this shown while the window is locked."""
        self._rooms.addWidget(screen)

    def lock(self) -> None:
        """Show the lock and nothing else; the pages wait behind it as they are."""
        self.locked = True
        self._rooms.setCurrentIndex(1)

    def admit(self, person: str, allowed: Collection[str], *, keeping: Collection[str]) -> None:
        """Show the pages of whoever is there, `person` in words.

        Pages that are not in `keeping` were made for somebody else, and are made anew.
        """
        for key in [one for one in self._pages if one not in keeping]:
            page = self._pages.pop(key)
            self._stack.removeWidget(page)
            page.deleteLater()
        self.locked, self._allowed = False, allowed
        self.sidebar.set_person(person)
        self.sidebar.allow(allowed)
        self._rooms.setCurrentIndex(0)
        wanted, self._wanted = self._wanted, None
        key, what = wanted or (self.current if self.current in keeping else "", {})
        kept = self._pages.get(key)
        if kept is not None and not wanted:
            kept.setFocus()
        else:
            first = next((key for key, one in self._entries.items() if key in allowed and not one.own_window), "")
            self.current = ""
            if key in allowed or first:
                self.show_page(key if key in allowed else first, **what)

    def rename(self, name: str) -> None:
        """Show the shop's name in the sidebar and in the title."""
        self.setWindowTitle(name)
        self.sidebar.set_shop(name)

    def start_again(self, work: Work) -> None:
        """Ask for the window to be closed, this work to be done with the shop closed, and a new window (`again`)."""
        self.again.emit(work)

    def _keys(self) -> None:
        pages = [one.key for one in self._entries.values() if not one.below and not one.own_window]
        for number, key in enumerate(pages[:9], start=1):
            self._key(f"Ctrl+{number}", lambda key=key: self.show_page(key))
        self._key(QKeySequence.StandardKey.Find, lambda: self._page_does("search"))
        self._key("F5", lambda: self._page_does("reload"))
        self._key("Esc", lambda: self._page_does("back"))
        self._key("Ctrl+L", self.lock_wanted.emit)

    def _key(self, keys: str | QKeySequence.StandardKey, does: Any) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(does)

    def _page_does(self, what: str) -> None:
        page = self.page()
        if page is not None:
            getattr(page, what)()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_narrow(self.width() < theme().px("narrow_below"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.locked and TAKES_FILES in self._allowed and dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.show_page(TAKES_FILES)
        page = self.page()
        if page is not None:
            page.dropped(dropped_files(event.mimeData()))

    def place(self) -> bytes:
        """Return where the window stands, to be kept."""
        return bytes(self.saveGeometry().data())

    def put(self, place: bytes) -> None:
        """Stand where the window stood."""
        self.restoreGeometry(QByteArray(place))

    def close_for_good(self) -> None:
        """Close, whatever closing by hand would do."""
        self.stays_in_tray = False
        self.close()

    def bring_to_front(self) -> None:
        """Show the window before all others, also where it was hidden or small."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.stays_in_tray:
            event.ignore()
            self.hide()
            return
        super().closeEvent(event)
        self.closed.emit()
