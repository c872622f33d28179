"""The least that a window takes: Qt and nothing else. What this file does not import is the point of it."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget


def show(started: float) -> dict[str, Any]:
    """Show an empty window and paint it; seconds since the process was asked for."""
    app = QApplication([])
    window = QWidget()
    window.resize(1_280, 800)
    window.show()
    app.processEvents()
    window.grab()
    taken = time.time() - started
    return {"paint": taken, "rows": taken}
