"""Pictures of messages: to be had by their id in LINE's five widths, clean, for ever; nothing else is."""

from __future__ import annotations

import http.client
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from PIL import Image

from shopdesk.messages import addresses

if TYPE_CHECKING:
    from shopdesk.messages import Picture
    from tests.gateway.conftest import Caller

WIDTHS = (240, 300, 460, 700, 1040)


def asked(line: Caller, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(line.gateway.url)
    caller = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        caller.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            caller.putheader(name.replace("_", "-"), value)
        caller.endheaders()
        answer = caller.getresponse()
        return answer, answer.read()
    finally:
        caller.close()


@pytest.fixture
def picture(line: Caller) -> Picture:
    """A photo that knows where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    made = BytesIO()
    Image.new("RGB", (1500, 900), "orange").save(made, "JPEG", exif=exif)
    return line.shop.messages.pictures.add(made.getvalue(), "栗")


def test_each_of_lines_widths(line: Caller, picture: Picture):
    public = addresses.public({"baseUrl": addresses.own(picture.id)}, line.gateway.url)["baseUrl"]
    for width in WIDTHS:
        answer, data = asked(line, f"{urlsplit(public).path}/{width}")
        assert (answer.status, answer.getheader("content-type")) == (200, "image/jpeg")
        assert Image.open(BytesIO(data)).width == width
        assert b"secret place" not in data
        assert "immutable" in (answer.getheader("cache-control") or "")
        assert answer.getheader("x-content-type-options") == "nosniff"
        again, nothing = asked(line, f"{urlsplit(public).path}/{width}", If_None_Match=answer.getheader("etag") or "")
        assert (again.status, nothing) == (304, b"")
        head, nothing = asked(line, f"{urlsplit(public).path}/{width}", "HEAD")
        assert (head.status, head.getheader("content-length"), nothing) == (200, str(len(data)), b"")


def test_nothing_else(line: Caller, picture: Picture):
    others = [
        *(
            f"/media/{picture.id}/{width}"
            for width in (0, 239, 241, 1041, "0240", "+240", "240.0", "２４０", "240/", "")
        ),
        *(f"/media/{one}/240" for one in ("A" * 22, picture.id[:-1], picture.id.swapcase(), picture.id + "%00", "..")),
        *("/media", "/media/", f"/media/{picture.id}", "/media/240", f"/media//{picture.id}/240"),
        *(
            f"/media/{up}/240"
            for up in ("..%2f..%2fshop.db", "%2e%2e/%2e%2e/inbox.db", "..\\..\\shop.db", "%252e%252e")
        ),
        *("/media/../shop.db", "/media/../../etc/passwd", "/assets/../page.html", "/assets/page.html", "/shop.db"),
        f"/media/{picture.id}/240%20OR%201=1",
    ]
    for path in others:
        answer, data = asked(line, quote(path, safe="/%.\\+"))
        assert (path, answer.status) == (path, 404)
        assert b"SQLite" not in data
    assert asked(line, f"/media/{picture.id}/240", "POST")[0].status == 405


def test_what_was_deleted_is_gone(line: Caller, picture: Picture):
    line.shop.messages.pictures.delete(picture.id)
    assert asked(line, f"/media/{picture.id}/240")[0].status == 404
