"""H2: files that are no pictures, or more than that, put on a page of the shop: what the world gets is pixels encoded anew, or nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from shopdesk.line import limits
from shopdesk.pictures import MOST_BYTES, PictureError
from shopdesk.site import Content, Part
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import Site, site

EVIL = b"<script>evil-in-a-picture</script>"
_NAMES = (
    *(
        "../../shop.db",
        "..\\..\\shop.db",
        "CON",
        "nul.jpg",
        "a.jpg::$DATA",
        "a.php.jpg",
        "a\x00.jpg",
        "x" * 300 + ".jpg",
    ),
    *(
        "<img src=x onerror=alert(1)>.jpg",
        "C:\\Windows\\a.jpg",
        "//127.0.0.1/share/a.jpg",
        "a.jpg ",
        ".jpg",
        "写真.jpg",
    ),
)


def uploaded(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H2."""

    def make(number: int, random: Random) -> Check:
        return lambda folder: upload(stage(), folder, number, random)

    return make


def upload(stage: Stage, folder: Path, number: int, random: Random) -> None:
    """Keep a file of one way under a hostile name and put it on news; look at what a visitor gets of it."""
    way = WAYS[number % len(WAYS)]
    with site(stage, folder) as found:
        before = {one.id for one in found.gate.shop.messages.pictures.list()}
        try:
            kept = found.gate.shop.messages.pictures.add(way(random), random.choice(_NAMES)).id
        except PictureError:
            assert {one.id for one in found.gate.shop.messages.pictures.list()} == before, "something of it was kept"
            assert way in REFUSED, f"{way.__name__} is a picture"
            return
        assert way not in REFUSED, f"{way.__name__} was taken"
        _looked_at(found, kept)
        found.hears_line()


def _looked_at(found: Site, kept: str) -> None:
    """What stands at the picture's address is a small JPEG or PNG without anything but its pixels, and the page shows just that."""
    shop = found.gate.shop
    made = shop.site.publish(shop.site.write("news", Content("写真", (Part("picture", EVIL.decode(), kept),))).id)
    page = found.get(f"/news/{made.key}")
    assert f'src="/media/{kept}/1040"'.encode() in page.body
    assert EVIL not in page.body
    for width in limits.IMAGEMAP_WIDTHS:
        answer = found.get(f"/media/{kept}/{width}")
        assert answer.status == 200
        assert answer.headers["content-type"] in {"image/jpeg", "image/png"}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert len(answer.body) <= limits.PICTURE_BYTES
        assert b"evil" not in answer.body, "more than pixels"
        with Image.open(BytesIO(answer.body)) as image:
            assert image.format in {"JPEG", "PNG"}
            assert image.width <= limits.IMAGEMAP_WIDTH
            assert not image.getexif()
            assert not {"comment", "exif", "icc_profile", "xmp"} & image.info.keys()


def _photo(random: Random, **more: object) -> bytes:
    into = BytesIO()
    colour = (random.randrange(256), random.randrange(256), random.randrange(256))
    Image.new("RGB", (random.randrange(300, 1300), random.randrange(300, 900)), colour).save(into, "JPEG", **more)
    return into.getvalue()


def _with_gps(random: Random) -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (35.0, 39.0, random.random()), 3: "E", 4: (139.0, 44.0, random.random())}
    exif[0x010E] = EVIL.decode()
    return _photo(random, exif=exif)


def _with_a_page_behind(random: Random) -> bytes:
    return _photo(random) + EVIL + b"<!DOCTYPE html>" + EVIL


def _with_an_archive_behind(random: Random) -> bytes:
    return _photo(random) + b"PK\x03\x04" + EVIL * 3


def _with_a_comment(random: Random) -> bytes:
    return _photo(random, comment=EVIL)


def _with_texts(random: Random) -> bytes:
    said, into = PngInfo(), BytesIO()
    said.add_text("Comment", EVIL.decode())
    said.add_itxt("XML:com.adobe.xmp", EVIL.decode())
    Image.new("RGBA", (400, 300), (200, 40, 40, random.randrange(1, 255))).save(into, "PNG", pnginfo=said)
    return into.getvalue()


def _drawing(_random: Random) -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg">' + EVIL + b"</svg>"


def _page_called_a_picture(_random: Random) -> bytes:
    return b"<!DOCTYPE html>" + EVIL


def _beginning_only(random: Random) -> bytes:
    whole = _photo(random)
    return whole[: random.randrange(4, 200)]


def _another_kind(random: Random) -> bytes:
    into = BytesIO()
    Image.new("RGB", (300, 300), "red").save(into, random.choice(("GIF", "BMP", "TIFF", "WEBP")))
    return into.getvalue()


def _far_too_many_pixels(_random: Random) -> bytes:
    """A small file that says it has 100 million pixels."""
    head = struct.pack(">IIBBBBB", 10_000, 10_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_251) * 10_000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    )


def _far_too_many_bytes(random: Random) -> bytes:
    return _photo(random) + bytes(MOST_BYTES)


REFUSED = frozenset(
    (_drawing, _page_called_a_picture, _beginning_only, _another_kind, _far_too_many_pixels, _far_too_many_bytes)
)
WAYS: tuple[Callable[[Random], bytes], ...] = (
    *(_with_gps, _with_a_page_behind, _with_an_archive_behind, _with_a_comment, _with_texts),
    *(_drawing, _page_called_a_picture, _beginning_only, _another_kind, _far_too_many_pixels, _far_too_many_bytes),
)
