"""The four tiles: friends, customers, sales, the last import; each says where its number comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.days import when
from shopdesk.ui.widgets import Tile, hbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.ui.home.today import Today


class Figures(QWidget):
    """Shows the figures of a `Today`."""

    def __init__(self) -> None:
        super().__init__()
        self.friends = Tile("user-plus", _("LINE friends"), "", "")
        self.customers = Tile("users", _("Customers"), "", "")
        self.sales = Tile("shopping-bag", _("Sales this month"), "", "")
        self.imported = Tile("file-up", _("Last import"), "", "")
        tiles = (self.friends, self.customers, self.sales, self.imported)
        self.setLayout(hbox(*((tile, 1) for tile in tiles), gap="s3"))

    def show_today(self, today: Today) -> None:
        """Show other figures."""
        self._show_friends(today)
        linked = _("{n} linked with LINE").format(n=f"{today.friends.linked:,}")
        self.customers.show_number(f"{today.customers:,}", _n("person", "people", today.customers), linked)
        totals = today.totals
        note = _("imported; today {today}, yesterday {yesterday}").format(
            today=f"{totals.today.yen:,}", yesterday=f"{totals.yesterday.yen:,}"
        )
        self.sales.show_number(f"{totals.month.yen:,}", _("yen"), note)
        self._show_import(today)

    def _show_friends(self, today: Today) -> None:
        friends = today.friends
        if not (friends.friends or friends.blocked):
            self.friends.show_number("—", "", _("Shown once LINE is connected"))
            return
        day = today.growth[-1] if today.growth else None
        note = _("today +{added}; blocked {blocked}").format(
            added=f"{day.added if day else 0:,}", blocked=f"{friends.blocked:,}"
        )
        self.friends.show_number(f"{friends.friends:,}", _n("person", "people", friends.friends), note)

    def _show_import(self, today: Today) -> None:
        last = today.last_import
        if last is None:
            self.imported.show_number("—", "", _("Nothing imported yet"))
            return
        new = int(last.counts.get("new", 0))
        note = _("{when} · {file}").format(when=when(last.at, today.now), file=_named(last.files))
        self.imported.show_number(f"{new:,}", _n("new order", "new orders", new), note)


def _named(files: Sequence[str]) -> str:
    """Name the first file, and how many came with it."""
    if len(files) < 2:
        return "".join(files)
    return _("{file} +{n}").format(file=files[0], n=len(files) - 1)
