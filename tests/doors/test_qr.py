"""QR codes are read back by a reader, with a corner of them gone."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from shopdesk import qr

ADDRESS = "https://shop.example.jp/link/abcdefghijklmnopqrstuv"


def drawn(rows: list[list[bool]], each: int = 6) -> Image.Image:
    side = len(rows) + 2 * qr.QUIET
    image = Image.new("L", (side, side), 255)
    for down, row in enumerate(rows, qr.QUIET):
        for across, dark in enumerate(row, qr.QUIET):
            image.putpixel((across, down), 0 if dark else 255)
    return image.resize((side * each, side * each), Image.Resampling.NEAREST)


def read(image: Image.Image) -> str:
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


def test_what_is_written_is_read():
    for text in (ADDRESS, "連携コード", "x" * 500):
        assert read(drawn(qr.squares(text))) == text


def test_it_is_read_with_a_stain_on_it():
    rows = qr.squares(ADDRESS)
    middle = len(rows) // 2
    for down in range(middle - 2, middle + 2):
        for across in range(middle - 2, middle + 2):
            rows[down][across] = not rows[down][across]
    assert read(drawn(rows)) == ADDRESS
