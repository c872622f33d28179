"""LINE friends: fetched, counted, linked with customers."""

from shopdesk.friends.person import FriendPart
from shopdesk.friends.records import Counts, Friend, FriendState, Growth, Met, Suggestion, Synced
from shopdesk.friends.service import AlreadyLinkedError, Friends

__all__ = [
    "AlreadyLinkedError",
    "Counts",
    "Friend",
    "FriendPart",
    "FriendState",
    "Friends",
    "Growth",
    "Met",
    "Suggestion",
    "Synced",
]
