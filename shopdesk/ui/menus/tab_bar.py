"""The tabs of a menu above its canvas: turned to, named, added, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import N_, _, for_customers
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from shopdesk.ui.menus.draft import Draft

_MOST_SHOWN = 6


class TabBar(QWidget):
    """A button each; the one of the tab one looks at is marked, and its name can be written."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._shown: tuple[object, ...] = ()
        self.buttons: list[w.Button] = []
        self.name = w.TextField(hint=_("Name of the tab"))
        self.name.setAccessibleName(_("Name of the tab"))
        self.name.setMaximumWidth(140)
        self.add = w.icon_button("plus", _("Add a tab"), self._add)
        self.remove = w.icon_button("trash-2", _("Remove this tab"), draft.remove_tab)
        self._row = w.holder(w.hbox(gap="s1"))
        self.setLayout(w.hbox(self._row, self.add, self.name, self.remove, ..., gap="s1"))
        self.name.textEdited.connect(lambda said: draft.retab("tab", title=said))
        self.name.editingFinished.connect(draft.end_step)
        draft.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        draft, tabs = self._draft, self._draft.design.tabs
        several = len(tabs) > 1
        for one in (self.name, self.remove, self._row):
            one.setVisible(several)
        self.add.setVisible(len(tabs) < _MOST_SHOWN)
        if self.name.text() != draft.tab.title:
            self.name.setText(draft.tab.title)
        now = (draft.tab_at, *((one.key, one.title) for one in tabs))
        if now != self._shown:
            self._shown = now
            self._fill()

    def _fill(self) -> None:
        layout = self._row.layout()
        assert layout is not None  # noqa: S101 - it was made with one
        w.clear(layout)
        self.buttons = []
        for number, tab in enumerate(self._draft.design.tabs):
            kind = "accent" if number == self._draft.tab_at else "quiet"
            words = tab.title.strip() or _("Tab {n}").format(n=number + 1)
            button = w.Button(words, kind, size="control_small", does=lambda at=number: self._draft.look_at(tab=at))  # type: ignore[arg-type,misc]
            self.buttons.append(button)
            layout.addWidget(button)

    def _add(self) -> None:
        self._draft.add_tab(for_customers(N_("More to see")))
        self.name.setFocus()
        self.name.selectAll()
