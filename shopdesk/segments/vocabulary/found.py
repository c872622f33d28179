"""Fields about how people found the shop, and about links that they opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_
from shopdesk.segments import answers_found as a, found as f, wording_found as wf
from shopdesk.segments.vocabulary.shapes import choice

if TYPE_CHECKING:
    from shopdesk.segments.fields import Field

FOUND: tuple[Field, ...] = (
    choice(
        "line.source", N_("Friend by QR code"), where=f.source, say=wf.source, offers=f.source_names, answer=a.source
    ),
    choice(
        "link.opened",
        N_("Opened a link to"),
        where=f.opened,
        say=wf.opened,
        in_window=True,
        offers=f.pages,
        answer=a.opened,
    ),
)
