"""The bundled fonts: Noto Sans JP, Regular and Bold, the same on every machine."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from shopdesk.paths import resources

_loaded: list[int] = []


def load_fonts() -> None:
    """Register the bundled fonts once. A missing file is a broken installation."""
    if _loaded:
        return
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            raise RuntimeError(f"cannot load {path.name}")
        _loaded.append(number)
