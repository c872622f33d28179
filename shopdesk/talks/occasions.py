"""On what occasion the machine spoke, as it is kept: a word that each reader is told in their own language."""

from __future__ import annotations

from shopdesk.i18n import N_, _

SURVEY = "survey"
LEAVE_WAITING = frozenset({"greeting", "greeting_again", "closed", "person", "offer", "assistant"})
"""After these the friend still waits for a person; every other answer is what they asked for."""
TITLES = {
    "closed": N_("Out of hours"),
    "person": N_("A person is asked for"),
    "offer": N_("Offer of a person"),
    "assistant": N_("Assistant"),
    "greeting": N_("Greeting"),
    "greeting_again": N_("Greeting on coming back"),
    "linking": N_("Linking"),
    "card": N_("Shop card"),
    "coupon": N_("Coupon"),
    "pages": N_("Pages of the shop"),
    SURVEY: N_("Survey"),
    "source": N_("Friend-add QR"),
}


def said_by(author: str, occasion: str) -> str:
    """Return who said something: the member of staff or the rule, else the occasion on which the machine spoke."""
    return author or (_(TITLES[occasion]) if occasion in TITLES else "")
