"""The door to pictures: only pixels pass, in the sizes asked for, and hostile files are one sentence."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from shopdesk.pictures import PictureError, sized

WIDTHS = (240, 300, 460, 700, 1040)
MEGABYTE = 1024 * 1024
ROOMS = [(width, 10 * MEGABYTE) for width in WIDTHS]


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    into = BytesIO()
    image.save(into, kind, **options)
    return into.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(3 * width * height))


def halves() -> Image.Image:
    """Red on the left, blue on the right; 200 by 100."""
    image = Image.new("RGB", (200, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    return image


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(2000, 1500), (640, 480), (100, 300)])
def test_every_width_is_exact_and_keeps_its_shape(kind, size):
    made = sized(saved(Image.new("RGB", size, "teal"), kind), ROOMS)
    for one, width in zip(made, WIDTHS, strict=True):
        assert (one.width, one.height) == (width, round(size[1] * width / size[0])) == opened(one.data).size
        assert one.media == "image/jpeg"
        assert opened(one.data).format == "JPEG"


def test_the_middle_is_what_a_cut_keeps():
    image = Image.new("RGB", (300, 100), "red")
    image.paste("green", (100, 0, 200, 100))
    (made,) = sized(saved(image, "PNG"), [(240, MEGABYTE)], ratio=(1, 1))
    assert (made.width, made.height) == (240, 240)
    corners = [opened(made.data).getpixel(at) for at in ((5, 5), (234, 234))]
    assert all(red < 30 and green > 100 for red, green, _blue in corners)


def test_a_picture_is_turned_upright_and_nothing_but_pixels_goes_on():
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    exif[0x8825] = {1: "N", 2: (35.0, 39.0, 31.0), 3: "E", 4: (139.0, 44.0, 43.0)}  # where it was taken
    exif[0x010F] = "Maker-of-the-phone"
    data = saved(halves(), exif=exif, comment=b"said-in-the-file")
    assert b"Maker-of-the-phone" in data
    (made,) = sized(data, [(240, MEGABYTE)])
    assert opened(made.data).getexif() == {}
    assert not opened(made.data).info.keys() & {"exif", "comment", "icc_profile", "xmp"}
    assert b"Maker-of-the-phone" not in made.data
    assert b"said-in-the-file" not in made.data
    red, _green, blue = opened(made.data).getpixel((10, 50))
    assert blue > red + 150


def test_transparency_stays_where_some_is_used_and_hidden_texts_go():
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - beside its only use

    said = PngInfo()
    said.add_text("Author", "somebody")
    clear = Image.new("RGBA", (500, 500), (255, 0, 0, 0))
    (made,) = sized(saved(clear, "PNG", pnginfo=said), [(240, MEGABYTE)])
    assert made.media == "image/png"
    assert opened(made.data).getpixel((1, 1))[3] == 0
    assert b"somebody" not in made.data
    (opaque,) = sized(saved(clear.convert("RGB").convert("RGBA"), "PNG"), [(240, MEGABYTE)])
    assert opaque.media == "image/jpeg"


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK", "LA"])
def test_every_kind_of_pixels_is_read(mode):
    image = Image.new("I;16", (300, 300), 30_000) if mode == "I;16" else halves().resize((300, 300)).convert(mode)
    (made,) = sized(saved(image, "JPEG" if mode == "CMYK" else "PNG"), [(240, MEGABYTE)])
    assert opened(made.data).mode in {"RGB", "RGBA"}


def test_colours_of_another_space_are_put_into_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (plain,) = sized(saved(halves(), "PNG"), [(240, MEGABYTE)])
    (same,) = sized(saved(halves(), "PNG", icc_profile=lab), [(240, MEGABYTE)])
    (broken,) = sized(saved(halves(), "PNG", icc_profile=b"no profile"), [(240, MEGABYTE)])
    for one in (same, broken):
        assert (
            max(
                abs(a - b)
                for a, b in zip(opened(one.data).getpixel((9, 9)), opened(plain.data).getpixel((9, 9)), strict=True)
            )
            < 8
        )


def test_a_picture_becomes_small_enough_or_says_that_it_cannot():
    data = saved(noise(1040, 1040), "PNG")
    (large,) = sized(data, [(1040, 10 * MEGABYTE)])
    (small,) = sized(data, [(1040, 700_000)])
    assert len(small.data) <= 700_000 < len(large.data)
    with pytest.raises(PictureError, match="too many details"):
        sized(data, [(1040, 10_000)])
    clear = noise(700, 700).convert("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    (flat,) = sized(saved(clear, "PNG"), [(700, MEGABYTE)])
    assert flat.media == "image/jpeg"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG or PNG"),
        (saved(halves(), "GIF"), "no JPEG or PNG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (claiming(50_000, 50_000), "2500 megapixels"),
        (claiming(7072, 7072), "50 megapixels"),
        (claiming(3000, 299), "long strip"),
        (claiming(1000, 1000), "damaged"),
        (saved(halves())[:-400], "damaged"),
        (bytes(30 * MEGABYTE + 1), "31 MB"),
    ],
    ids=["nothing", "svg", "gif", "heic", "bomb", "too-many-pixels", "strip", "no-pixels", "cut-short", "large"],
)
def test_hostile_and_unfit_files_are_one_sentence(data, says):
    with pytest.raises(PictureError, match=says):
        sized(data, ROOMS)
