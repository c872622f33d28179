"""Shop cards: a ledger of points, what they bring, and the codes that open them."""

from shopdesk.cards.balances import balances
from shopdesk.cards.expiring import notice_words, to_tell, told
from shopdesk.cards.holders import SORTS, Holder, Holders, Place, Search
from shopdesk.cards.invariants import broken, loose_nonces
from shopdesk.cards.pages import NO_ADDRESS, POSTBACK, asks_for_card
from shopdesk.cards.ranks import names as rank_names, ranked
from shopdesk.cards.records import (
    AtTill,
    Balance,
    Card,
    Counted,
    Entry,
    Issued,
    Noted,
    Passing,
    PublishPreview,
    Reached,
    Replayed,
    SheetRow,
    Shown,
    Suspicion,
    Totals,
    Uncounted,
    Visits,
    Waymark,
)
from shopdesk.cards.refusals import BlankCardError, CardRefusedError
from shopdesk.cards.rules import COLOURS, MOST_FIELDS, STAMPS, Rank, Reward, Rules, dump, parse
from shopdesk.cards.service import Cards

__all__ = [
    "COLOURS",
    "MOST_FIELDS",
    "NO_ADDRESS",
    "POSTBACK",
    "SORTS",
    "STAMPS",
    "AtTill",
    "Balance",
    "BlankCardError",
    "Card",
    "CardRefusedError",
    "Cards",
    "Counted",
    "Entry",
    "Holder",
    "Holders",
    "Issued",
    "Noted",
    "Passing",
    "Place",
    "PublishPreview",
    "Rank",
    "Reached",
    "Replayed",
    "Reward",
    "Rules",
    "Search",
    "SheetRow",
    "Shown",
    "Suspicion",
    "Totals",
    "Uncounted",
    "Visits",
    "Waymark",
    "asks_for_card",
    "balances",
    "broken",
    "dump",
    "loose_nonces",
    "notice_words",
    "parse",
    "rank_names",
    "ranked",
    "to_tell",
    "told",
]
