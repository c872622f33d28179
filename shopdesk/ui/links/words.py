"""What the page calls the ways of a code, its colours, and its figures."""

from __future__ import annotations

from shopdesk.i18n import N_
from shopdesk.links import COLOURS, Way
from shopdesk.ui.loyalty.picks import COLOUR_NAMES

WAYS: dict[Way, str] = {
    "page": N_("Our page first"),
    "talk": N_("The talk on LINE"),
    "plain": N_("LINE's own page"),
}
WAY_HELP: dict[Way, str] = {
    "page": N_(
        "The code opens a page of the shop, which leads on to LINE. So it can be counted how many came by each place."
    ),
    "talk": N_(
        "The code opens the talk with a word ready to be sent. Once they send it, it is known by which place they came."
    ),
    "plain": N_("The code adds the shop at once. LINE does not say who came by it, so it cannot be counted."),
}
SHADES = dict(zip(COLOURS, COLOUR_NAMES, strict=True))
"""The word of each colour."""
