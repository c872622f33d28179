"""The shop's settings: plan, language, caps, addresses."""

from shopdesk.settings.opening_hours import Band, Bands, OpeningHours
from shopdesk.settings.quiet_hours import QuietHours
from shopdesk.settings.records import PLANS, SETTINGS, Cap, Plan, Setting, Value, cheapest_above, plan
from shopdesk.settings.service import Settings

__all__ = [
    "PLANS",
    "SETTINGS",
    "Band",
    "Bands",
    "Cap",
    "OpeningHours",
    "Plan",
    "QuietHours",
    "Setting",
    "Settings",
    "Value",
    "cheapest_above",
    "plan",
]
