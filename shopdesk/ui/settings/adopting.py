"""How many of LINE's friends are known here, and what closes the gap: LINE names a friend only when they do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Bar, Card, Prose, Share, label

if TYPE_CHECKING:
    from shopdesk.friends import Gauge


class AdoptingCard(Card):
    """Hidden while LINE does not say how many friends there are."""

    def __init__(self) -> None:
        self._figure, self._bar = Prose(role="body"), Bar()
        self._advice = Prose(role="small", tone="text_2")
        super().__init__(label(_("Known friends"), bold=True), "s2", self._bar, "s2", self._figure, "s2", self._advice)
        self.hide()
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("bubble") + theme().px("s10"))

    def show_gauge(self, found: Gauge) -> None:
        """Show how many are known."""
        self.setVisible(bool(found.on_line))
        if not found.on_line:
            return
        known = min(found.known, found.on_line)
        self._bar.set_shares(Share(known / found.on_line, "accent"))
        said = _("{known} of LINE's {all} friends are known here.")
        self._figure.set_runs(said.format(known=f"{known:,}", all=f"{found.on_line:,}"))
        self._advice.set_runs(
            _("All of them can be written to by name.")
            if known == found.on_line
            else _(
                "The others appear by themselves as soon as they write, tap the rich menu or open a card's QR code. A "
                "broadcast to everyone that asks for a tap brings most; a verified account can fetch the list."
            )
        )
