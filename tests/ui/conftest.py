"""One application and one appearance for all tests of the window; no widget outlives its test."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from shopdesk.ui.appearance import Appearance

_kept: list[Appearance] = []


@pytest.fixture
def appearance(qapp):
    """The standard light theme; whatever a test switches is switched back."""
    if not _kept:
        _kept.append(Appearance(qapp, "light"))
    yield _kept[0]
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if (_kept[0].choice, _kept[0].scale) != ("light", "standard"):
        _kept[0].apply("light", "standard")
