"""Make the counter's sounds beside this file: short tones that are told apart with the eyes elsewhere. They are checked in."""

from __future__ import annotations

import math
import struct
import sys
import wave
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RATE = 22_050
LOUD = 0.35
FADE_SECONDS = 0.006
"""Without it a tone begins and ends with a click."""

# Pairs of hertz (0 is silence) and seconds.
SOUNDS = {
    "read": [(1760, 0.05)],
    "success": [(880, 0.09), (1319, 0.16)],
    "before": [(659, 0.1), (0, 0.06), (659, 0.1)],
    "used": [(784, 0.11), (622, 0.11), (494, 0.2)],
    "late": [(523, 0.34)],
    "wrong": [(196, 0.16), (0, 0.05), (196, 0.26)],
}


def samples(tones: list[tuple[int, float]]) -> list[int]:
    """Return one sound: 16 bits, mono; an overtone lets small speakers be heard."""
    made: list[int] = []
    for hertz, seconds in tones:
        count = round(seconds * RATE)
        for at in range(count):
            turn = 2 * math.pi * hertz * at / RATE
            edge = min(1.0, at / (FADE_SECONDS * RATE), (count - at) / (FADE_SECONDS * RATE))
            made.append(round(32_767 * LOUD * edge * (0.75 * math.sin(turn) + 0.25 * math.sin(3 * turn))))
    return made


def main(folder: Path = FOLDER) -> int:
    """Write every sound."""
    for name, tones in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            sound = samples(tones)
            file.writeframes(struct.pack(f"<{len(sound)}h", *sound))
    return 0


if __name__ == "__main__":
    sys.exit(main())
