"""Shop cards: a ledger of points, what they bring, and the codes that open them."""

from shopdesk.cards.invariants import broken, loose_nonces
from shopdesk.cards.records import (
    AtTill,
    Card,
    Counted,
    Entry,
    Issued,
    Notice,
    PublishPreview,
    Reached,
    SheetRow,
    Suspicion,
    Totals,
)
from shopdesk.cards.refusals import CardRefusedError
from shopdesk.cards.rules import COLOURS, STAMPS, Rank, Reward, Rules, dump, parse
from shopdesk.cards.service import Cards

__all__ = [
    "COLOURS",
    "STAMPS",
    "AtTill",
    "Card",
    "CardRefusedError",
    "Cards",
    "Counted",
    "Entry",
    "Issued",
    "Notice",
    "PublishPreview",
    "Rank",
    "Reached",
    "Reward",
    "Rules",
    "SheetRow",
    "Suspicion",
    "Totals",
    "broken",
    "dump",
    "loose_nonces",
    "parse",
]
