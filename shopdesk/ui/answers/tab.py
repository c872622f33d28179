"""What every tab of the page is: it shows the machine's state, keeps what is changed, and offers the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.talks import Occasion
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.shop_page import Desk


class Tab(QWidget):
    """One tab. `write` carries the occasion that something is to be written for, `edit` the rule that is to be changed.

    `add` carries whether the new rule is a question.
    """

    write = Signal(str)
    edit = Signal(object)
    add = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.shop, self.tasks, self.notices = desk, desk.shop, desk.tasks, desk.notices

    def show_state(self, state: State) -> None:
        """Show how it is set."""
        raise NotImplementedError

    def keep(self, key: str, typed: str, failed: Callable[[Exception], object] | None = None) -> None:
        """Keep a setting at once, with the way back; `failed` says at its field why it is not taken."""
        settings = self.shop.settings

        def work() -> Any:
            before = settings.get(key)
            settings.set(key, typed)
            return before

        self.tasks.run(self, work, lambda before: self._kept(key, before), failed=failed, lane=Lane.WRITE)

    def silence(self, occasion: Occasion) -> None:
        """Say nothing on an occasion any more."""
        self.keep(occasion, "")

    def _kept(self, key: str, before: Any) -> None:
        undo = lambda: self.do(lambda: self.shop.settings.set(key, str(before)))  # noqa: E731
        self.notices.done(_("Kept."), undo)

    def do(self, work: Callable[[], object], then: Callable[[], object] | None = None) -> None:
        """Write something down; the page hears of it and reads again."""
        self.tasks.run(self, work, lambda _done: then() if then else None, lane=Lane.WRITE)
