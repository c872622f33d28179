"""Shop cards: a ledger of points, what they bring, and the codes that open them."""

from shopdesk.cards.invariants import broken, loose_nonces
from shopdesk.cards.records import (
    Card,
    Counted,
    Entry,
    Issued,
    Noted,
    Notice,
    PublishPreview,
    Reached,
    Replayed,
    SheetRow,
    Suspicion,
    Totals,
    Uncounted,
)
from shopdesk.cards.refusals import CardRefusedError
from shopdesk.cards.rules import COLOURS, STAMPS, Rank, Reward, Rules, dump, parse
from shopdesk.cards.service import Cards

__all__ = [
    "COLOURS",
    "STAMPS",
    "Card",
    "CardRefusedError",
    "Cards",
    "Counted",
    "Entry",
    "Issued",
    "Noted",
    "Notice",
    "PublishPreview",
    "Rank",
    "Reached",
    "Replayed",
    "Reward",
    "Rules",
    "SheetRow",
    "Suspicion",
    "Totals",
    "Uncounted",
    "broken",
    "dump",
    "loose_nonces",
    "parse",
]
