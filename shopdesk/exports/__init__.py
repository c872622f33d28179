"""Exports: the shop's tables as files for Excel, now and at set times."""

from shopdesk.exports.layouts import OWN, Layout
from shopdesk.exports.records import WHAT, ExportReport, What
from shopdesk.exports.service import Exports

__all__ = ["OWN", "WHAT", "ExportReport", "Exports", "Layout", "What"]
