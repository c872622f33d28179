"""The shop's settings: plan, language, caps, addresses."""

from shopdesk.settings.records import SETTINGS, Plan, Setting, plan
from shopdesk.settings.service import Settings

__all__ = ["SETTINGS", "Plan", "Setting", "Settings", "plan"]
