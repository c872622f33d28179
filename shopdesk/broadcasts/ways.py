"""Which of LINE's ways a broadcast takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.broadcasts.records import Way


def way(*, everyone: bool, each: bool, personal: bool, opted_out: int) -> Way:
    """Return the endpoint: broadcast only when it is the same text for truly everybody, else push or multicast."""
    if everyone and not each and not personal and not opted_out:
        return "broadcast"
    return "push" if personal else "multicast"


def note(chosen: Way, *, everyone: bool, each: bool, personal: bool, opted_out: int) -> str:
    """Say what the way means for who is reached."""
    if chosen == "broadcast":
        return _(
            "LINE sends it to every friend, also to those ShopDesk does not know; each of them counts as a message."
        )
    if everyone and not each and personal:
        return _("The text has names in it, so each friend ShopDesk knows gets their own message.")
    if everyone and not each and opted_out:
        return _("Some friends want no messages, so it goes only to the friends ShopDesk knows, without them.")
    if everyone:
        return _("It goes to every friend ShopDesk knows, and to nobody else.")
    return _("It goes to the people of the segment who are linked with a LINE friend.")
