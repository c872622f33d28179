"""これまでの取り込み: every import with what it brought, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui.days import day_time
from shopdesk.ui.imports import words
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Badge,
    Button,
    Card,
    EmptyState,
    ErrorState,
    Frame,
    Row,
    clear,
    elided,
    hbox,
    label,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.imports import PastImport

_SHOWN = 200


class _End(QWidget):
    """What stands at the end of a row: as wide in every row."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setLayout(hbox(..., inner))
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(3 * theme().px("s12"))


class Past(QWidget):
    """The list of past imports. `undo` carries the number of one; `again` asks to read the list anew."""

    undo = Signal(int)
    again = Signal()

    def __init__(self, carts: Mapping[str, str]) -> None:
        super().__init__()
        self._carts = carts
        self._lines = vbox()
        self._card = Card(self._lines, pad="")
        self._card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.empty = EmptyState(
            "clock", _("Nothing has been imported yet"), _("Each import is listed here and can be undone as a whole.")
        )
        self.error = ErrorState()
        self.error.again.connect(self.again)
        for part in (self._card, self.empty, self.error):
            part.hide()
        self._cut = elided("", "caption", "text_3")
        self.setLayout(vbox(Frame(None, self.empty, self.error, self._card, self._cut, ...)))

    def show_imports(self, found: Sequence[PastImport]) -> None:
        """Show the list."""
        clear(self._lines)
        shown = found[:_SHOWN]
        for one in shown:
            self._add(self._lines, one, last=one is shown[-1])
        self._card.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.error.hide()
        cut = _("The latest {n} are shown.").format(n=_SHOWN) if len(found) > _SHOWN else ""
        self._cut.setText(cut)

    def say_wrong(self, sentence: str) -> None:
        """Show why there is no list."""
        self.error.say(sentence)
        for part in (self._card, self.empty):
            part.hide()
        self.error.show()

    def _add(self, lines: QVBoxLayout, one: PastImport, *, last: bool) -> None:
        gone = one.undone_at is not None
        names = _(", ").join(one.files)
        cart = _(", ").join(filter(None, (self._carts.get(name, "") for name in one.cart.split(","))))
        said = vbox(
            ...,
            elided(names, bold=True, tone="text_3" if gone else "text"),
            elided(cart, "caption", "text_3"),
            ...,
        )
        back: QWidget
        if gone:
            back = Badge(_("Undone {day}").format(day=words.day(one.undone_at or one.at)))
        else:
            back = Button(_("Undo"), icon="undo-2", size="control_small", does=lambda: self.undo.emit(one.id))
            back.setAccessibleName(_("Undo the import of {day}").format(day=words.day(one.at)))
        end = _End(back)
        when = label(day_time(one.at), tone="text_2")
        lines.addWidget(Row(when, (said, 4), (elided(words.past(one), "small", "text_2"), 5), end, last=last))
