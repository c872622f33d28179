"""One answer to choose, as a row of a form: its words and picture, how many may choose it, the tag it gives, where it leads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.surveys import LONGEST_OPTION, Option
from shopdesk.ui import widgets as w
from shopdesk.ui.thumbnail import Thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from shopdesk.messages import Picture
    from shopdesk.ui.studio import Studio

NEXT, END = 0, -1
"""Where an answer leads: on, or to the end; any other number is a question's own."""
SHOWN_WIDTH = 240
_MOST = 1_000_000


class Leads(w.Choice):
    """Where an answer leads; what was chosen stays chosen when the questions are others."""

    def __init__(self, first: str) -> None:
        self._first = first
        super().__init__([(first, NEXT)], NEXT, width=100)

    def offer(self, later: Sequence[tuple[str, int]]) -> None:
        """Offer these questions, by their own numbers."""
        before = self.value()
        self.set_entries([(self._first, NEXT), *later, (_("to the end"), END)], before)


class OptionRow(QWidget):
    """`edited` with each change, `removed` when it is to go."""

    edited = Signal()
    removed = Signal()

    def __init__(self, studio: Studio, option: Option) -> None:
        super().__init__()
        self._studio, self.picture = studio, option.picture
        self.label = w.TextField(option.label, _("Answer to choose"))
        self.label.setMaxLength(LONGEST_OPTION)
        self.label.setAccessibleName(_("Answer to choose"))
        self.tag = w.TextField(option.tag, _("Tag"))
        self.tag.setAccessibleName(_("Tag that this answer gives"))
        self.quota = w.NumberField(option.quota, 1, _MOST)
        self.quota.setPlaceholderText(_("quota"))
        self.quota.setAccessibleName(_("So many may choose it"))
        self.leads = Leads(_("goes on"))
        self.leads.setAccessibleName(_("This answer leads to"))
        self.thumbnail = Thumbnail(self.image)
        self.choose = w.icon_button("image-plus", _("Choose a picture"), self._ask)
        self._pictured = w.holder(w.hbox(self.thumbnail, self.choose, gap="s1"))
        remove = w.icon_button("x", _("Remove this answer"), self.removed.emit)
        self.setLayout(w.hbox(self._pictured, (self.label, 3), (self.tag, 2), self.quota, self.leads, remove, gap="s1"))
        for signal in (self.label.textEdited, self.tag.textEdited, self.quota.changed, self.leads.chosen):
            signal.connect(lambda *_said: self.edited.emit())
        studio.arrived.connect(self.thumbnail.update)

    def show_kind(self, *, pictured: bool, tagged: bool) -> None:
        """Show what this kind of question has."""
        self._pictured.setVisible(pictured)
        self.tag.setVisible(tagged)

    def option(self, *, pictured: bool, tagged: bool) -> Option:
        """Return what stands in the row."""
        tag = self.tag.text().strip() if tagged else ""
        return Option(self.label.text().strip(), self.picture if pictured else "", self.quota.value(), tag)

    def image(self) -> QImage | None:
        """Return its picture, None while it is read and where there is none."""
        return self._studio.image(addresses.own(self.picture, SHOWN_WIDTH)) if self.picture else None

    def _ask(self) -> None:
        kinds = f"{_('Pictures')} (*.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kinds)
        if chosen:
            self._studio.add(self, Path(chosen), self._added, self._studio.notices.error)

    def _added(self, picture: Picture) -> None:
        self.picture = picture.id
        self.thumbnail.update()
        self.edited.emit()
