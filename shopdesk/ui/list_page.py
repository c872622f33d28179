"""A page that begins with a list; one of it is written in an editor, and what would be lost there is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.shop_page import ShopPage

if TYPE_CHECKING:
    from shopdesk.ui.editor import Editor


def may_be_lost(parent: QWidget, name: str) -> bool:
    """Ask whether what was changed in something of that name may be lost."""
    return w.confirm(
        parent,
        _("Leave without saving?"),
        _("What you changed in “{name}” is lost.").format(name=name),
        verb=_("Leave without saving"),
        danger=True,
    )


class ListPage(ShopPage):
    """A subclass makes its list and its editor, and gives them to `hold` with whatever else it shows."""

    def hold(self, front: QWidget, editor: Editor, *views: QWidget) -> None:
        """Lay the sheets above each other, the list at the front; `left` of the editor leads back."""
        self._front, self._editor = front, editor
        self._stack = QStackedWidget()
        for sheet in (front, editor, *views):
            self._stack.addWidget(sheet)
        self.setLayout(w.vbox((self._stack, 1)))
        editor.left.connect(self.back)

    def bring(self, sheet: QWidget) -> None:
        """Bring a sheet to the front."""
        self._stack.setCurrentWidget(sheet)

    def at_front(self, sheet: QWidget) -> bool:
        """Tell whether this sheet is at the front."""
        return self._stack.currentWidget() is sheet

    def bring_list(self) -> None:
        """Go back to the list and read it again."""
        self.bring(self._front)
        self.reload()

    def back(self) -> bool:
        """Go back to the list; what is not kept is asked about."""
        if self.at_front(self._front):
            return False
        if not self.at_front(self._editor) or self.let_go():
            self.step_back()
        return True

    def let_go(self) -> bool:
        """Tell whether nothing would be lost, or it may be."""
        return not self._editor.dirty() or may_be_lost(self, self._editor.title())

    def step_back(self) -> None:
        """Show what one came from."""
        self.bring_list()
