"""What the talk says to a friend who links or unlinks; Japanese, as everything customers read."""

from __future__ import annotations

from shopdesk.i18n import N_, for_customers

_WORDS = {
    "done": N_("Thank you. LINE and your data at {shop} are linked now. To undo it at any time, send: 連携解除"),
    "refused": N_("This code could not be used. It may be too old or used already. Ask {shop} for a new one."),
    "unlink": N_("The link with your data at {shop} is taken away. You can link again at any time: send 連携"),
    "wish": N_(
        "Open this page within 10 minutes to link LINE with your data at {shop}. You can undo it at any time.\n{url}"
    ),
    "counter": N_("To link LINE with your data, speak to the staff of {shop}."),
}


def words(outcome: str, shop: str, url: str = "") -> str:
    """Return the answer to `outcome`."""
    return for_customers(_WORDS[outcome]).format(shop=shop or for_customers(N_("our shop")), url=url)
