"""くわしい設定: two texts to compare, a part of the people that gets nothing, and addresses that tell who opened them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

EVEN, TENTH, MOST_HELD_OUT = 50, 10, 90


@dataclass(frozen=True, slots=True)
class Parts:
    """How many per cent of the people read text B (0: there is none), how many get nothing, and whether addresses are counted."""

    split: int = 0
    holdout: int = 0
    counts: bool = False


class Finer(w.Fold):
    """Folded away until somebody wants it; `changed` when other people get other things."""

    changed = Signal()

    def __init__(self) -> None:
        self.split_on, self.split = w.CheckBox(_("Try two texts (A/B)")), w.NumberField(EVEN, 1, 99)
        self.holdout_on, self.holdout = (
            w.CheckBox(_("Leave some out to compare")),
            w.NumberField(TENTH, 1, MOST_HELD_OUT),
        )
        self._split_box = self._share(self.split, _("per cent of the people, chosen at random, read text B"))
        self._holdout_box = self._share(self.holdout, _("per cent of the people, chosen at random, get nothing"))
        note = _("You see afterwards what it brought: who bought with the message, and who would have bought anyway.")
        self.counts = w.CheckBox(_("Count who opens the links"))
        parts = (self.split_on, self._split_box, "s2", self.holdout_on, self._holdout_box)
        said = _(
            "Each person gets addresses of their own, which lead on by your page. Pages of your own and of LINE stay as they are."
        )
        counting = ("s3", self.counts, "s1", w.Prose(said, role="caption", tone="text_2"))
        super().__init__(_("Finer settings"), "", *parts, "s2", w.Prose(note, role="caption", tone="text_2"), *counting)
        self.split.setAccessibleName(_("Per cent who read text B"))
        self.holdout.setAccessibleName(_("Per cent who get nothing"))
        for box in (self.split_on, self.holdout_on, self.counts):
            box.toggled.connect(self._changed)
        for field in (self.split, self.holdout):
            field.changed.connect(self._changed)
        self._show()

    @staticmethod
    def _share(field: w.NumberField, words: str) -> QWidget:
        return w.holder(w.hbox(field, w.label(words, "small", "text_2"), ..., margin=("s6", "s1", "", "")))

    def parts(self) -> Parts:
        """Return what is chosen."""
        split = (self.split.value() or EVEN) if self.split_on.isChecked() else 0
        holdout = (self.holdout.value() or TENTH) if self.holdout_on.isChecked() else 0
        return Parts(split, holdout, self.counts.isChecked())

    def show_parts(self, parts: Parts) -> None:
        """Show others without saying that they changed."""
        blocked = [(one, one.blockSignals(True)) for one in (self.split_on, self.holdout_on, self.counts)]
        self.split_on.setChecked(bool(parts.split))
        self.holdout_on.setChecked(bool(parts.holdout))
        self.counts.setChecked(parts.counts)
        for one, before in blocked:
            one.blockSignals(before)
        self.split.set_value(parts.split or EVEN)
        self.holdout.set_value(parts.holdout or TENTH)
        self.open(on=parts != Parts())
        self._show()

    def _changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        parts = self.parts()
        self._split_box.setVisible(bool(parts.split))
        self._holdout_box.setVisible(bool(parts.holdout))
        read_b = _("A/B: {n} % read B").format(n=parts.split) if parts.split else ""
        nothing = _("{n} % get nothing").format(n=parts.holdout) if parts.holdout else ""
        links = _("links counted") if parts.counts else ""
        self.say("　".join(filter(None, (read_b, nothing, links))) or _("A/B, holdout, links"))
