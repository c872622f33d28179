"""What every page is: a widget with the shop, the lanes, and what it reloads on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtWidgets import QWidget

from shopdesk.ui.widgets.inputs import Search

if TYPE_CHECKING:
    from shopdesk.changes import Topic
    from shopdesk.shop import Shop
    from shopdesk.supervisor import Supervisor
    from shopdesk.ui.interlude import Work
    from shopdesk.ui.live import Live
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Navigator(Protocol):
    """How a page asks for another; no page imports another."""

    def show_page(self, key: str, **what: Any) -> None: ...

    def rename(self, name: str) -> None: ...

    def start_again(self, work: Work) -> None: ...


@dataclass(frozen=True)
class Desk:
    """What a page works with."""

    shop: Shop
    navigator: Navigator
    tasks: Tasks
    live: Live
    notices: Notices
    supervisor: Supervisor


class ShopPage(QWidget):
    """One page of the window, made when it is first shown.

    A subclass lays itself out in `__init__`, sets `topics`, and overrides `shown` and `reload`.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.shop, self.navigator = desk.shop, desk.navigator
        self.tasks, self.live, self.notices = desk.tasks, desk.live, desk.notices
        self._stale = False
        if self.topics:
            self.live.on(self, self.topics, self._changed)

    def shown(self, **what: Any) -> None:
        """Show what was asked for; called each time the page comes to the front."""

    def reload(self) -> None:
        """Read again what is shown: something in `topics` has changed, or F5 was pressed."""

    def dropped(self, files: list[Any]) -> None:
        """Take files that were let go anywhere on the window; only the imports page is given any."""

    def back(self) -> bool:
        """Esc: go one step back without harm and return True, or return False when there is none."""
        return False

    def search(self) -> None:
        """Ctrl+F: put the caret into the page's search."""
        field = next((one for one in self.findChildren(Search) if one.isVisible()), None)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def come_to_front(self, **what: Any) -> None:
        """Be shown; a page that heard of changes while it was hidden reads again first."""
        if self._stale:
            self._stale = False
            self.reload()
        self.shown(**what)

    def _changed(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._stale = True
