"""The shop's settings: plan, language, caps, addresses."""

from shopdesk.settings.records import PLANS, SETTINGS, Plan, Setting, plan
from shopdesk.settings.service import Settings

__all__ = ["PLANS", "SETTINGS", "Plan", "Setting", "Settings", "plan"]
