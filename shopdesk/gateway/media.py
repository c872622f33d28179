"""`/media/<id>/<width>`: pictures of messages, for LINE and for phones. The id cannot be guessed; what it names never changes.

They were decoded and encoded anew when they were kept, so nothing of the shop's file but its pixels is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shopdesk.errors import NotFoundError
from shopdesk.line import limits
from shopdesk.messages import addresses

if TYPE_CHECKING:
    from starlette.requests import Request

    from shopdesk.messages import Pictures

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class Media:
    """The pictures that the shop keeps for its messages."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self.route = Route("/media/{picture}/{width}", self.show, methods=["GET"])

    def show(self, request: Request) -> Response:
        """Return a picture; 404 for everything that is none, whatever the reason."""
        picture, width = str(request.path_params["picture"]), str(request.path_params["width"])
        if width not in _NAMES or not addresses.is_own(addresses.own(picture)):
            return _nothing()
        try:
            media, data = self._pictures.read(picture, int(width))
        except NotFoundError:
            return _nothing()
        etag = f'"{picture}-{width}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={**_FOR_EVER, "ETag": etag})
        return Response(data, media_type=media, headers={**_FOR_EVER, "ETag": etag})


_NAMES = frozenset(map(str, limits.IMAGEMAP_WIDTHS))


def _nothing() -> Response:
    return PlainTextResponse("Not Found", 404)
