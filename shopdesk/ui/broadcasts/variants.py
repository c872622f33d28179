"""How far each of two texts is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.broadcasts import Variant


class VariantTable(w.Card):
    """One row a text; hidden where there is one text only."""

    def __init__(self) -> None:
        self._rows = w.vbox()
        super().__init__(w.card_head(w.label(_("The two texts"), "section"), ...), self._rows, pad="")
        self._shown: Sequence[Variant] = ()
        self.hide()

    def show_variants(self, found: Sequence[Variant]) -> None:
        """Show other figures."""
        if found == self._shown:
            return
        self._shown = found
        self.setVisible(bool(found))
        w.clear(self._rows)
        for number, one in enumerate(found):
            self._rows.addWidget(_row(one, last=number == len(found) - 1))


def _row(one: Variant, *, last: bool) -> w.Row:
    name = w.label(_("Text {name}").format(name=one.name.upper()), bold=True)
    said = _("LINE accepted {n} of {people}").format(n=f"{one.accepted:,}", people=people(one.planned))
    rest = [
        _("{n} to go").format(n=f"{one.remaining:,}") if one.remaining else "",
        _("{n} not sent").format(n=f"{one.failed:,}") if one.failed else "",
        _("{n} unclear").format(n=f"{one.unknown:,}") if one.unknown else "",
        _("{n} stopped").format(n=f"{one.cancelled:,}") if one.cancelled else "",
    ]
    bar = w.Bar(w.Share(one.accepted / one.planned if one.planned else 0, "success_solid"))
    words = w.vbox(..., w.label(said), w.label("　".join(filter(None, rest)), "caption", "text_2"), ...)
    return w.Row(name, (words, 2), (w.vbox(..., bar, ...), 1), last=last)
