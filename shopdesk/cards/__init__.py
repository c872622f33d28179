"""Shop cards: a ledger of points, what they bring, and the codes that open them."""

from shopdesk.cards.invariants import broken, loose_nonces
from shopdesk.cards.pages import POSTBACK, asks_for_card
from shopdesk.cards.records import (
    Card,
    Counted,
    Entry,
    Issued,
    Notice,
    Passing,
    PublishPreview,
    Reached,
    SheetRow,
    Shown,
    Suspicion,
    Totals,
    Waymark,
)
from shopdesk.cards.refusals import CardRefusedError
from shopdesk.cards.rules import COLOURS, STAMPS, Rank, Reward, Rules, dump, parse
from shopdesk.cards.service import Cards

__all__ = [
    "COLOURS",
    "POSTBACK",
    "STAMPS",
    "Card",
    "CardRefusedError",
    "Cards",
    "Counted",
    "Entry",
    "Issued",
    "Notice",
    "Passing",
    "PublishPreview",
    "Rank",
    "Reached",
    "Reward",
    "Rules",
    "SheetRow",
    "Shown",
    "Suspicion",
    "Totals",
    "Waymark",
    "asks_for_card",
    "broken",
    "dump",
    "loose_nonces",
    "parse",
]
