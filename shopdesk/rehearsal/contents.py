"""The pictures, sounds, films and files that people send; and a small picture for those who have none at hand."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

# A film or a sound is there when LINE has prepared it.
PREPARING = timedelta(seconds=2)
_SIDE = 240
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Content:
    """What one message holds, and from when on it can be fetched."""

    data: bytes
    media_type: str
    ready_at: datetime


class Contents:
    """Contents by message id, until they are unsent."""

    def __init__(self) -> None:
        self._kept: dict[str, Content] = {}

    def keep(self, message_id: str, content: Content) -> None:
        """Keep what a message holds."""
        self._kept[message_id] = content

    def get(self, message_id: str) -> Content | None:
        """Return what a message holds, or None."""
        return self._kept.get(message_id)

    def drop(self, message_id: str) -> None:
        """Forget what a message held."""
        self._kept.pop(message_id, None)


def sample_picture() -> bytes:
    """Return a small PNG: a sun over a field."""
    rows = bytearray()
    for y in range(_SIDE):
        rows.append(0)
        for x in range(_SIDE):
            sun = (x - 170) ** 2 + (y - 70) ** 2 < 900  # noqa: PLR2004 - where the sun stands
            rows += b"\xff\xd1\x66" if sun else b"\x8e\xca\xe6" if y < 150 + x // 12 else b"\x6a\x99\x4e"
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or JPEG in pixels, or None where it is neither."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
            return width, height
        return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None
    except struct.error:
        return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at < len(data):
        marker, length = struct.unpack(">xBH", data[at : at + 4])
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
