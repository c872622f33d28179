"""Which of LINE's ways a broadcast takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.broadcasts.records import Way


@dataclass(frozen=True, slots=True)
class Wish:
    """What decides the way: who it is for, whether people read different texts, and whether some friends must not get it.

    `personal`: each text is made for its reader; `divided`: two texts, or a part that gets nothing.
    """

    everyone: bool
    each: bool
    personal: bool
    divided: bool
    left_out: int


def way(wish: Wish) -> Way:
    """Return the endpoint: broadcast only when it is the same text for truly everybody, else push or multicast."""
    same_for_all = wish.everyone and not (wish.each or wish.personal or wish.divided or wish.left_out)
    if same_for_all:
        return "broadcast"
    return "push" if wish.personal else "multicast"


def note(chosen: Way, wish: Wish) -> str:
    """Say what the way means for who is reached."""
    if chosen == "broadcast":
        return _(
            "LINE sends it to every friend, also to those ShopDesk does not know; each of them counts as a message."
        )
    if not wish.everyone:
        return _("It goes to the people of the segment who are linked with a LINE friend.")
    if wish.each:
        return _("It goes to every friend ShopDesk knows, and to nobody else.")
    if wish.personal:
        return _("What it says differs from person to person, so each friend ShopDesk knows gets their own message.")
    if wish.divided:
        return _("Not everybody gets the same, so it goes only to the friends ShopDesk knows.")
    return _("Some friends want no messages, so it goes only to the friends ShopDesk knows, without them.")
