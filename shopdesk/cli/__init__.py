"""The command line: each command parses, calls the shop, and prints."""

from __future__ import annotations

from shopdesk.cli.program import main

__all__ = ["main"]
