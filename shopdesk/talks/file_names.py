"""Under which name a file that a friend sent is written: theirs, without anything that is a path, or one of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan

if TYPE_CHECKING:
    from datetime import datetime

ENDINGS = {
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
}
_UNUSABLE = '<>:"/\\|?*'
_LONGEST = 120


def saved_as(name: str, media_type: str, message_id: int, at: datetime) -> str:
    """Return the name to offer: the friend's, or the day in Japan with the message's number where they gave none."""
    return _sound(name) or f"{in_japan(at):%Y%m%d}-{message_id}{ENDINGS.get(media_type, '')}"


def archived_as(name: str, media_type: str, message_id: int, at: datetime) -> str:
    """Return the name among other files: no two are the same."""
    named = f"{in_japan(at):%Y%m%d}-{message_id}"
    sound = _sound(name)
    return f"{named}-{sound}" if sound else f"{named}{ENDINGS.get(media_type, '')}"


def _sound(name: str) -> str:
    usable = "".join("_" if sign in _UNUSABLE or not sign.isprintable() else sign for sign in name)
    return usable.strip(". ")[-_LONGEST:]
