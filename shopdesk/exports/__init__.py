"""Exports: the shop's tables as files for Excel, now and at set times."""

from shopdesk.exports.layouts import Layout
from shopdesk.exports.records import OWN, WHAT, ExportReport, ExportRun, NewSchedule, Schedule, What
from shopdesk.exports.service import Exports
from shopdesk.exports.timing import EVERY, Every, Timing

__all__ = [
    "EVERY",
    "OWN",
    "WHAT",
    "Every",
    "ExportReport",
    "ExportRun",
    "Exports",
    "Layout",
    "NewSchedule",
    "Schedule",
    "Timing",
    "What",
]
