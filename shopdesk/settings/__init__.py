"""The shop's settings: plan, language, caps, addresses."""

from shopdesk.settings.opening_hours import OpeningHours
from shopdesk.settings.quiet_hours import QuietHours
from shopdesk.settings.records import PLANS, SETTINGS, Cap, Plan, Setting, cheapest_above, plan
from shopdesk.settings.service import Settings

__all__ = [
    "PLANS",
    "SETTINGS",
    "Cap",
    "OpeningHours",
    "Plan",
    "QuietHours",
    "Setting",
    "Settings",
    "cheapest_above",
    "plan",
]
