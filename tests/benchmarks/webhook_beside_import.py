"""Fifty webhooks a second at the whole gateway, in a process of its own, while a third process imports into its shop."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from tests.benchmarks.measuring import fresh, quantile
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.workplace import opened
from tests.faults.webhooks.deliveries import message
from tests.faults.webhooks.loads import RATE, delivered, served

if TYPE_CHECKING:
    from tests.benchmarks.workplace import Workplace

GOAL_MS = 100.0


def beside_import(place: Workplace, name: str) -> Line:
    """Deliver as long as so many imports take at most, one after the other; none shares an order with another."""
    size = place.size
    seconds = min(60.0, size.rounds * size.rows / 8_000) or 1.0
    files = [
        str(place.csv("utf-8", size.export._replace(seed=turn, first=1 + turn * 1_000_000)))
        for turn in range(size.rounds)
    ]
    with running(Rehearsal(0)) as there, place.lent_home() as home, ThreadPoolExecutor(1) as beside:
        keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
        with (
            mock.patch.dict(os.environ, {"SHOPDESK_LINE_HOST": there.url}),
            served(home, keys) as (process, url),
        ):
            imports = beside.submit(fresh, "webhook_beside_import:fresh_imports", str(home), files)
            now = datetime.now(UTC)
            events = [message(str(n), now, f"U{n % 7:032x}", after_ms=n) for n in range(round(RATE * seconds))]
            taken, memory = asyncio.run(delivered(url, there.channel_secret, events, (), process))
            late = "" if imports.running() else ", which ended sooner"
            imports.result()
    return Line.of(
        name,
        f"{len(events):,} webhooks, {RATE} a second, beside imports of {size.rows:,} rows, 99th of 100",
        Figure(GOAL_MS, "ms"),
        Figure(quantile(taken, 0.99) * 1000, "ms"),
        1.0,
        f"the goal{late}; slowest {max(taken) * 1000:.0f} ms, {memory:.0f} MB",
    )


def fresh_imports(_started: float, home: str, files: list[str]) -> dict[str, Any]:
    """Import each file as the program does."""
    with opened(Path(home)) as shop:
        return {"lines": [shop.imports.run([Path(file)]).lines for file in files]}
