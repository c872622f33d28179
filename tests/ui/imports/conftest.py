"""The page in a window over a real shop, with a file to put there."""

from __future__ import annotations

from pathlib import Path

import pytest

CARTS = Path(__file__).resolve().parents[2] / "data" / "carts"


@pytest.fixture
def world(open_window, sqlite_shop):
    """The window, its page and its lanes."""
    made = open_window(sqlite_shop, "imports", also=["settings"])
    yield made
    made.page.close_run(at_once=True)


@pytest.fixture
def orders() -> Path:
    """An export that is recognised."""
    return CARTS / "rakuten-orders.csv"
