"""Step 1, to whom: a saved segment, or all friends with the way that means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from shopdesk.i18n import _
from shopdesk.segments import sentence
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.segments import Reach, Segment


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant: a segment by its name, or everyone; `each` takes only the friends we know.

    `follows` is the broadcast of which they opened nothing, `of` its name.
    """

    segment: str | None = None
    everyone: bool = False
    each: bool = False
    follows: int | None = None
    of: str = ""

    @property
    def chosen(self) -> bool:
        """Whether anybody is meant."""
        return self.everyone or self.segment is not None or self.follows is not None

    @property
    def name(self) -> str:
        """What the shop calls them."""
        if self.follows is not None:
            return _("Those who opened nothing of “{name}”").format(name=self.of)
        return self.segment or (_("All friends") if self.everyone else "")


class RecipientsStep(QWidget):
    """The choice. `changed` when it was made, `make` asks for a new segment."""

    changed = Signal()
    make = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group, self._ways = QButtonGroup(self), QButtonGroup(self)
        self._segments: dict[str, tuple[w.Radio, w.Label]] = {}
        self._wanted = Audience()
        self.everyone = w.Radio(_("All friends"))
        self._group.addButton(self.everyone)
        self.all_of_line = w.Radio(_("By LINE's broadcast"), on=True)
        self.known = w.Radio(_("Only the friends ShopDesk knows"))
        for radio in (self.all_of_line, self.known):
            self._ways.addButton(radio)
        self._way_box = w.holder(w.vbox(*self._way_lines(), gap="label_gap", margin=("s6", "s2", "", "")))
        self._list = w.vbox()
        self._none = w.EmptyState(
            "filter",
            _("No segments yet"),
            _("A segment is a group like “bought twice or more”. Make one to write only to them."),
            w.Button(_("Make a segment"), icon="plus", does=self.make.emit),
        )
        self._none.hide()
        self._group.buttonClicked.connect(self._chosen)
        self._ways.buttonClicked.connect(self._chosen)
        said = w.Prose(_("Everybody who has added the shop on LINE."), role="caption", tone="text_2")
        self._settled = w.Prose()
        note = _("Who that is is decided when it is sent: whoever opens a link before then does not get it.")
        self._follow_up = w.Card(self._settled, "s1", w.Prose(note, role="caption", tone="text_2"))
        everyone = w.Card(
            self.everyone,
            w.holder(w.vbox(said, margin=("s6", "", "", ""))),
            self._way_box,
            pad=("s4", "s3", "s4", "s3"),
        )
        head = w.card_head(w.label(_("A segment"), "section"), ..., w.link(_("Make a new segment"), self.make.emit))
        segments = w.Card(head, self._list, self._none, pad="")
        self._choice = w.holder(w.vbox(everyone, segments, gap="s3"))
        self.setLayout(w.vbox(self._follow_up, self._choice, ..., gap="s3"))
        self._follow_up.hide()
        self._show_ways()

    def _way_lines(self) -> list[QWidget]:
        notes = (
            _("LINE sends it to every friend, also to those ShopDesk does not know; each of them counts as a message."),
            _("It goes to every friend ShopDesk knows, and to nobody else."),
        )
        lines: list[QWidget] = []
        for radio, note in zip((self.all_of_line, self.known), notes, strict=True):
            said = w.Prose(note, role="caption", tone="text_2")
            lines += [radio, w.holder(w.vbox(said, margin=("s6", "", "", "")))]
        return lines

    def show_segments(self, found: Sequence[Segment]) -> None:
        """Offer these segments."""
        chosen = self.audience() if self._segments else self._wanted
        for radio, _count in self._segments.values():
            self._group.removeButton(radio)
        w.clear(self._list)
        self._segments = {}
        for number, one in enumerate(found):
            self._list.addWidget(self._row(one, last=number == len(found) - 1))
        self._none.setVisible(not found)
        self.choose(chosen)

    def _row(self, one: Segment, *, last: bool) -> w.Row:
        radio, count = w.Radio(""), w.label("…", "body", "text_2", align=w.RIGHT)
        radio.setAccessibleName(one.name)
        self._segments[one.name] = radio, count
        self._group.addButton(radio)
        words = w.vbox(..., w.elided(one.name, bold=True), w.elided(sentence(one.rule), "caption", "text_2"), ...)
        row = w.Row(radio, (words, 1), count, last=last, opens=True)
        row.clicked.connect(radio.click)
        return row

    def show_reach(self, name: str, reach: Reach) -> None:
        """Show how many of a segment LINE reaches."""
        if name in self._segments:
            self._segments[name][1].setText(
                _("{n} of {all} people on LINE").format(n=f"{reach.reachable_on_line:,}", all=f"{reach.count:,}")
            )

    def choose(self, audience: Audience) -> None:
        """Choose without saying so; a segment that is not offered yet is chosen when it is."""
        self._wanted = audience
        self._settled.set_runs(audience.name)
        self._follow_up.setVisible(audience.follows is not None)
        self._choice.setVisible(audience.follows is None)
        if audience.everyone:
            self.everyone.setChecked(True)
            (self.known if audience.each else self.all_of_line).setChecked(True)
        elif audience.segment in self._segments:
            self._segments[audience.segment][0].setChecked(True)
        else:
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)
        self._show_ways()

    def audience(self) -> Audience:
        """Return who is chosen."""
        if self._wanted.follows is not None:
            return self._wanted
        if self.everyone.isChecked():
            return Audience(everyone=True, each=self.known.isChecked())
        for name, (radio, _count) in self._segments.items():
            if radio.isChecked():
                return Audience(segment=name)
        return self._wanted if not self._wanted.everyone else Audience()

    def _chosen(self, _button: object) -> None:
        self._wanted = Audience()
        self._show_ways()
        self.changed.emit()

    def _show_ways(self) -> None:
        self._way_box.setVisible(self.everyone.isChecked())
