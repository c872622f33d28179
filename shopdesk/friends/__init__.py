"""LINE friends: fetched, counted, linked with customers."""

from shopdesk.friends.codes import TOKEN as CARD_TOKEN, typed as card_code
from shopdesk.friends.linking import AlreadyLinkedError
from shopdesk.friends.person import FriendPart
from shopdesk.friends.proofs import NoFixedAddressError, NotReadyError
from shopdesk.friends.providers import OtherProviderError, require_same_provider
from shopdesk.friends.records import (
    Card,
    Counts,
    Friend,
    FriendState,
    Gauge,
    Growth,
    Met,
    Suggestion,
    Synced,
    Ticket,
    Told,
    Turn,
)
from shopdesk.friends.service import Friends

__all__ = [
    "CARD_TOKEN",
    "AlreadyLinkedError",
    "Card",
    "Counts",
    "Friend",
    "FriendPart",
    "FriendState",
    "Friends",
    "Gauge",
    "Growth",
    "Met",
    "NoFixedAddressError",
    "NotReadyError",
    "OtherProviderError",
    "Suggestion",
    "Synced",
    "Ticket",
    "Told",
    "Turn",
    "card_code",
    "require_same_provider",
]
