"""Endpoints that give what people sent: pictures, films, sounds, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import Answer, RefusedError, done, encoded
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.contents import sample_picture

if TYPE_CHECKING:
    from shopdesk.rehearsal.contents import Content
    from shopdesk.rehearsal.rehearsal import Rehearsal

_BASE = "/v2/bot/message/{messageId}/content"


def _content(rehearsal: Rehearsal, call: Call) -> Content:
    found = rehearsal.contents.get(call.arguments[0])
    if found is None:
        raise RefusedError(404, "Not found")
    return found


def content(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give the bytes; 202 while LINE still prepares them."""
    found = _content(rehearsal, call)
    if call.at < found.ready_at:
        return Answer(202, encoded({}), accepted=True)
    return Answer(200, found.data, content_type=found.media_type.encode(), accepted=True)


def preview(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give a picture of a picture or film; a film's is always the same one."""
    found = _content(rehearsal, call)
    if found.media_type.startswith("image/"):
        return Answer(200, found.data, content_type=found.media_type.encode(), accepted=True)
    if not found.media_type.startswith("video/"):
        raise RefusedError(404, "Not found")
    return Answer(200, sample_picture(), content_type=b"image/png", accepted=True)


def transcoding(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell whether a film or sound is ready."""
    ready = call.at >= _content(rehearsal, call).ready_at
    return done({"status": "succeeded" if ready else "processing"})


ENDPOINTS = [
    Endpoint("content", "GET", _BASE, content),
    Endpoint("content/preview", "GET", _BASE + "/preview", preview),
    Endpoint("content/transcoding", "GET", _BASE + "/transcoding", transcoding),
]
