"""What is said of the whole menu: how it is divided, its size, whom it is for, the bar below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.menus import SIZES, areas, layout_of
from shopdesk.messages import units
from shopdesk.ui import widgets as w
from shopdesk.ui.menus.choosing import LayoutChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.segments import Segment
    from shopdesk.ui.menus.draft import Draft

_FLAT = 2.0
"""So many times as wide as high, a menu is a flat one."""


class Side(QWidget):
    """Writes into the draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._segments: list[tuple[str, int | None]] = []
        self.layouts = LayoutChoice()
        self._own = w.Prose(
            _("Or draw places yourself: pull them at a corner, or begin on bare ground."), role="caption", tone="text_3"
        )
        self.pixels = w.Choice([(_size_words(*one), one) for one in SIZES])
        self.people = w.Choice([(_("All friends"), None)])
        self.bar = w.TextField()
        self._bar = w.Field(_("Words on the bar"), self.bar)
        self.opened = w.CheckBox(_("Open at first"))
        self._others = w.Prose(role="caption", tone="text_3")
        self.setLayout(
            w.vbox(
                w.Field(_("Division"), self.layouts),
                self._own,
                w.Field(_("Size"), self.pixels),
                w.Field(_("For whom"), self.people),
                self._others,
                self._bar,
                self.opened,
                ...,
                gap="s3",
            )
        )
        self.layouts.chosen.connect(lambda name: draft.divide(areas(name, *draft.size)))
        self.pixels.chosen.connect(lambda size: draft.resize(*size))
        self.people.chosen.connect(lambda segment: draft.change(segment_id=segment))
        self.bar.textEdited.connect(lambda said: draft.restyle("bar", bar=said))
        self.bar.editingFinished.connect(draft.end_step)
        self.opened.toggled.connect(lambda on: draft.restyle(opened=on))
        draft.changed.connect(self._look)

    def offer(self, segments: Sequence[Segment], others: int) -> None:
        """Offer these segments, and say how many other menus there are."""
        self._segments = [(_("All friends"), None), *((one.name, one.id) for one in segments)]
        self._others.set_runs(
            _("Other menus stand in the list; the first from above that fits is shown.") if others else ""
        )
        self._others.setVisible(bool(others))
        self._look()

    def _look(self) -> None:
        draft, design = self._draft, self._draft.design
        self.layouts.show_layout(layout_of(draft.tab.areas, *draft.size), flat=design.width > _FLAT * design.height)
        sizes = [*SIZES] if tuple(draft.size) in SIZES else [*SIZES, tuple(draft.size)]
        self.pixels.set_entries([(_size_words(*one), one) for one in sizes], tuple(draft.size))
        segments, chosen = self._segments or [(_("All friends"), None)], draft.plan.segment_id
        if chosen not in {one for _words, one in segments}:
            segments = [*segments, (_("a segment that is gone"), chosen)]
        self.people.set_entries(segments, chosen)
        if self.bar.text() != design.bar:
            self.bar.setText(design.bar)
        over = units(design.bar) - limits.MENU_BAR.most
        self._bar.set_count(f"{units(design.bar)} / {limits.MENU_BAR.most}", over=over > 0)
        self.opened.blockSignals(True)
        self.opened.setChecked(design.opened)
        self.opened.blockSignals(False)


def _size_words(width: int, height: int) -> str:
    return _("flat, {w} × {h}").format(w=width, h=height) if width > _FLAT * height else f"{width} × {height}"
