"""What each condition on how people found the shop, and on opened links, is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.segments import wording as w

if TYPE_CHECKING:
    from shopdesk.segments.rules import Condition


def source(condition: Condition) -> w.Clause:
    """「レジ横の QR で友だちになった」."""
    texts = {
        "is": _("who became friends by the QR code {sources}"),
        "is_not": _("who did not become friends by the QR code {sources}"),
    }
    return w.Clause(texts[condition.comparison], {"sources": w.names(condition)})


def opened(condition: Condition) -> w.Clause:
    """「この 30 日に https://… を開いた」."""
    texts = {"is": _("who opened {pages}{when}"), "is_not": _("who did not open {pages}{when}")}
    return w.Clause(texts[condition.comparison], {"pages": w.names(condition), "when": w.when(condition)})
