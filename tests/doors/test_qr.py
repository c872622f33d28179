"""QR codes are read back by a reader, with a corner of them gone; and from a camera's pictures, however they are held."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

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


# A camera's pictures: the code is held at an angle, near or far, in bad light, not quite still.


@dataclass(frozen=True)
class Hold:
    """How a code is held before a camera: degrees, tilt in two directions, pixels a square, blur, light, noise."""

    turned: int
    tilt: tuple[float, float]
    each: int
    blur: float
    light: float
    noise: int

    @classmethod
    def chance(cls, dice: random.Random) -> Hold:
        """One of the ways in which people hold a phone or a paper card."""
        return cls(
            dice.randrange(360),
            (dice.uniform(-0.25, 0.25), dice.uniform(-0.25, 0.25)),
            dice.randrange(5, 10),
            dice.uniform(0, 1.4),
            dice.uniform(0.25, 1),
            dice.randrange(0, 24),
        )


def photographed(code: Image.Image, how: Hold, dice: random.Random) -> Image.Image:
    """What a camera of 1280 × 720 sees: the code in the middle of a grey counter."""
    seen = Image.new("L", (1280, 720), 150)
    turned = ImageOps.expand(code.rotate(how.turned, Image.Resampling.BICUBIC, expand=True, fillcolor=150), 60, 150)
    wide, high = turned.size
    across, down = how.tilt
    # The far edge is shorter than the near one, as of a card that lies on the counter.
    corners = (wide * abs(across) / 2, 0, 0, high, wide, high, wide * (1 - abs(across) / 2), high * abs(down) / 2)
    tilted = turned.transform((wide, high), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=150)
    seen.paste(tilted, ((1280 - wide) // 2, (720 - high) // 2))
    soft = seen.filter(ImageFilter.GaussianBlur(how.blur))
    lit = soft.point(lambda value: round(value * how.light))
    grain = Image.frombytes("L", lit.size, dice.randbytes(lit.width * lit.height)).point(lambda v: v * how.noise // 255)
    return ImageChops.add(lit, grain)


def share_read(count: int, seed: int) -> float:
    """The share of codes that are read, each held in another way."""
    dice, good = random.Random(seed), 0
    for _case in range(count):
        how = Hold.chance(dice)
        digits = str(dice.randrange(10**41, 10**42))
        picture = photographed(drawn(qr.squares(digits), how.each), how, dice)
        good += qr.read(picture.tobytes(), picture.width, picture.height, picture.width) == digits
    return good / count


def test_codes_before_a_camera_are_read():
    assert share_read(50, seed=6) >= 0.99


@pytest.mark.full
def test_very_many_codes_before_a_camera_are_read():
    assert share_read(1_000, seed=66) >= 0.99


def test_a_picture_without_a_code_says_nothing_and_rows_may_be_longer_than_the_picture():
    assert qr.read(bytes(64 * 64), 64, 64, 64) is None
    code = drawn(qr.squares(ADDRESS))
    padded = Image.new("L", (code.width + 3, code.height), 255)
    padded.paste(code, (0, 0))
    assert qr.read(padded.tobytes(), code.width, code.height, padded.width) == ADDRESS
