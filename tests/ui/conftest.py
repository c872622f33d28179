"""One application and one appearance for all tests of the window."""

from __future__ import annotations

import pytest

from shopdesk.ui.appearance import Appearance

_kept: list[Appearance] = []


@pytest.fixture
def appearance(qapp):
    """The standard light theme; whatever a test switches is switched back."""
    if not _kept:
        _kept.append(Appearance(qapp, "light"))
    _kept[0].apply("light", "standard")
    yield _kept[0]
    _kept[0].apply("light", "standard")
