"""Which columns the list shows: chosen in a dialog, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSizePolicy

from shopdesk.i18n import _
from shopdesk.ui.customers.columns import DEFAULT
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CheckBox, Dialog, Prose, hbox, link, scroller, tip, vbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import OwnField
    from shopdesk.shop import Shop
    from shopdesk.ui.customers.columns import Shown


@dataclass(frozen=True)
class ListChoices:
    """What the list can show and be narrowed by: the shop's own fields, where its people come from."""

    fields: list[OwnField]
    sources: list[str]


def read_choices(shop: Shop) -> ListChoices:
    """Read what the list can show."""
    return ListChoices(shop.customers.fields.all(), shop.customers.sources())


class _Box(CheckBox):
    """A check box that takes the half it is given: a title that is longer is cut, whole as its tooltip."""

    def __init__(self, words: str, on: bool) -> None:
        super().__init__(words, on)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words, room = self.accessibleName(), self.width() - self.iconSize().width() - theme().px("s4")
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        tip(self, "" if shown == words else words)


class ColumnsDialog(Dialog):
    """Offers every column but the name, which is always there."""

    def __init__(self, parent: QWidget, known: Mapping[str, Shown], kept: str) -> None:
        self._widths = {part.partition("=")[0]: part for part in kept.split(",")}
        self.boxes = {key: _Box(one.title, key in self._widths) for key, one in known.items() if key != "name"}
        boxes = list(self.boxes.values())
        half = (len(boxes) + 1) // 2
        left, right = (vbox(*some, ..., gap="s1") for some in (boxes[:half], boxes[half:]))
        area = scroller(vbox(hbox((left, 1), (right, 1), gap="s4"), margin="s1"))
        area.setMinimumHeight(min(half * (theme().line("body") + theme().px("s1")) + theme().px("s3"), 400))
        hint = Prose(
            _("Drag the edge of a column's head to make it wider. Click the head to sort."), role="small", tone="text_2"
        )
        usual = link(_("The usual columns"), self.usual)
        super().__init__(
            parent, _("Columns of the list"), hint, "s3", area, "s2", hbox(usual, ...), verb=_("Show these")
        )

    def usual(self) -> None:
        """Check the usual columns."""
        for key, box in self.boxes.items():
            box.setChecked(key in DEFAULT.split(","))

    def kept(self) -> str:
        """Return the choice as it is kept; columns that stay keep their width."""
        return ",".join(["name", *(self._widths.get(key, key) for key, box in self.boxes.items() if box.isChecked())])


def choose_columns(parent: QWidget, known: Mapping[str, Shown], kept: str) -> str | None:
    """Ask which columns to show; None where nothing is to change."""
    dialog = ColumnsDialog(parent, known, kept)
    made = dialog.kept() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return made
