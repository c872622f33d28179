"""What can be set, as it is laid out: a card no wider than text reads well, with a name, its meaning and its control in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.layouts import hbox, holder, vbox
from shopdesk.ui.widgets.surfaces import Card
from shopdesk.ui.widgets.text import Prose, label

if TYPE_CHECKING:
    from shopdesk.ui.widgets.layouts import Item


class Narrow(Card):
    """A card no wider than text reads well."""

    def __init__(self, *items: Item) -> None:
        super().__init__(*items, pad="s5", gap="")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.dress()

    def dress(self) -> None:
        """Take the greatest width from the theme in use."""
        self.setMaximumWidth(theme().px("text_width") + 2 * theme().px("s5"))


def choice(name: str, help_text: str, control: QWidget) -> QWidget:
    """Return a setting: its name and what it does at the left, its control at the right."""
    control.setAccessibleName(name)
    said = vbox(label(name, bold=True), Prose(help_text, role="small", tone="text_2") if help_text else None)
    return holder(hbox((said, 1), vbox(..., control, ...), gap="s5"))
