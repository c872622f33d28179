"""P14: the codes of cards drawn, and read back from a camera's pictures up to points on the disk."""

from __future__ import annotations

import io
import random
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import segno
import zxingcpp

from shopdesk import qr, scancodes
from shopdesk.shop import open_shop
from tests.benchmarks.counter_scans import TILL, carded, opened_plainly, plain
from tests.benchmarks.measuring import in_turn
from tests.benchmarks.results import Figure, Line
from tests.doors.test_qr import Hold, drawn, photographed, share_read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.workplace import Workplace

NAME = "P14"
IMAGES, READ, TO_POINTS, SHARE = 0.05, 1.15, 1.3, 0.99
_FRAMES, _MOST_IMAGES = 20, 1_000
_ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a camera sees: grey bytes, and the digits in it."""

    grey: bytes
    digits: str
    width: int = 1280
    height: int = 720


def anchor(frames: list[Frame]) -> float:
    """Read every frame with zxing-cpp itself; return the seconds for each."""
    return _each(_plain_text, frames)


def product(frames: list[Frame]) -> float:
    """Read every frame as the counter does."""
    return _each(_text, frames)


def report(place: Workplace) -> list[Line]:
    """Measure in turn."""
    count = min(place.size.rows // 12, _FRAMES)
    home, codes = carded(place, count)
    dice = random.Random(14)
    frames = [Frame(photographed(drawn(qr.squares(one)), Hold.chance(dice), dice).tobytes(), one) for one in codes]
    frames = [one for one in frames if _text(one)]
    sides: dict[str, Any] = {
        "plain read": partial(anchor, frames),
        "read": partial(product, frames),
        "plain points": partial(_plain_points, place.copy_of(home), frames),
        "points": partial(_points, place.copy_of(home), frames),
        "images": partial(_images, min(place.size.rows, _MOST_IMAGES)),
        "segno": partial(_segno, min(place.size.rows, _MOST_IMAGES)),
    }
    runs = {name: Figure(min(found) * 1000, "ms") for name, found in in_turn(sides, place.size.rounds).items()}
    share = share_read(min(place.size.rows // 5, _MOST_IMAGES), seed=14)
    return [
        Line.of(
            NAME,
            "the code of a card, to be painted",
            runs["segno"],
            runs["images"],
            IMAGES,
            "segno, written as PNG; ours as squares, which a page or a printer paints",
        ),
        Line.of(NAME, "a camera's picture read", runs["plain read"], runs["read"], READ, "zxing-cpp, QR codes only"),
        Line(NAME, "tilted and noisy pictures that are read", goal=1.0, ratio=SHARE / share, note=f"{share:.1%}"),
        Line.of(
            NAME,
            "a picture to points on the disk",
            runs["plain points"],
            runs["points"],
            TO_POINTS,
            "zxing-cpp and the same rows in plain SQL",
        ),
    ]


def _images(count: int) -> float:
    return _each(lambda _n: qr.squares(scancodes.new("card").digits), range(count))


def _segno(count: int) -> float:
    def drawn(_n: int) -> None:
        segno.make(scancodes.new("card").digits, error="m", micro=False).save(io.BytesIO(), kind="png", scale=4)

    return _each(drawn, range(count))


def _plain_text(one: Frame) -> str:
    view = zxingcpp.ImageView(one.grey, one.width, one.height, zxingcpp.ImageFormat.Lum)  # type: ignore[arg-type] # any buffer
    return zxingcpp.read_barcodes(view, formats=_ONLY_QR)[0].text


def _text(one: Frame) -> str | None:
    return qr.read(one.grey, one.width, one.height, one.width)


def _plain_points(home: Path, frames: list[Frame]) -> float:
    with closing(opened_plainly(home)) as data:
        return _each(lambda one: plain(data, _plain_text(one)), frames)


def _points(home: Path, frames: list[Frame]) -> float:
    with closing(open_shop(home, secrets={})) as shop:
        shop.cards.scan(frames[0].digits, till=TILL)
        return _each(lambda one: shop.cards.scan(_text(one) or "", till=TILL), frames)


def _each(does: Any, items: Any) -> float:
    begun = time.perf_counter()
    for one in items:
        does(one)
    return (time.perf_counter() - begun) / len(items)
