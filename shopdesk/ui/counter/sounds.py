"""What the counter lets hear: each answer sounds different, so that nobody has to look up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from shopdesk.paths import resources


class Sounds(QObject):
    """Plays the sounds of `resources/sounds` by their names; silent where muted, or where there is no loudspeaker."""

    def __init__(self, parent: QObject, *, muted: bool) -> None:
        super().__init__(parent)
        self.muted = muted
        self.last = ""
        self._effects: dict[str, QSoundEffect] = {}

    def play(self, name: str) -> None:
        """Let one sound be heard."""
        self.last = name
        if self.muted or not QMediaDevices.audioOutputs():
            return
        effect = self._effects.get(name)
        if effect is None:
            effect = self._effects[name] = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resources() / "sounds" / f"{name}.wav")))
        effect.play()
