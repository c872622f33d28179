"""A picture of any origin in, clean JPEG or PNG in the widths that LINE asks for out.

Nothing of the file but its pixels goes on: it is decoded, turned upright, put into sRGB, cut, sized and encoded anew, so that
neither the place it was taken at nor anything hidden in it reaches a customer's phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, ImageOps

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

# Phones of today take up to 50 megapixels, as a file of 30 MB; a file may claim far more than it holds.
MOST_BYTES = 30 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 10  # times the shorter one
_QUALITIES = (85, 75, 60, 45, 30)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")

Image.MAX_IMAGE_PIXELS = None  # Pillow would warn first and refuse at twice as much; `_opened` refuses at once


class PictureError(ShopDeskError):
    """The file is no picture that can be sent."""

    code = "picture"


@dataclass(frozen=True, slots=True)
class Sized:
    """A picture encoded in one width: pixels, `image/jpeg` or `image/png`, and its bytes."""

    width: int
    height: int
    media: str
    data: bytes


def sized(data: bytes, rooms: Sequence[tuple[int, int]], ratio: tuple[int, int] | None = None) -> list[Sized]:
    """Return a picture in several widths, without anything but its pixels.

    Args:
        data: A JPEG or PNG file of up to 30 MB and 50 megapixels.
        rooms: The widths in pixels, each with the most bytes its file may have.
        ratio: Width to height; what does not fit is cut off at both sides alike. None leaves it whole.

    Raises:
        PictureError: it is none of these, is damaged, or is far longer than wide.
    """
    whole = _cut(_opened(data), ratio)
    return [_encoded(_resized(whole, width), most) for width, most in rooms]


def exact(data: bytes, width: int, height: int, most: int) -> Sized:
    """Return a picture in exactly this size, of at most so many bytes: cut at both sides alike, made larger where it is smaller.

    Raises:
        PictureError: see `sized`.
    """
    cut = _cut(_opened(data), (width, height))
    return _encoded(cut.resize((width, height), Image.Resampling.LANCZOS), most)


def _opened(data: bytes) -> Image.Image:
    if len(data) > MOST_BYTES:
        sentence = _("This file has {size} MB; pictures may have up to {most} MB. Save it smaller.")
        raise PictureError(sentence.format(size=-(-len(data) // 2**20), most=MOST_BYTES // 2**20))
    if data[4:12] in _HEIC:
        raise PictureError(
            _("This is a HEIC picture, which LINE does not take. Save or share it as JPEG, then choose that.")
        )
    try:
        image = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(_("This file is no JPEG or PNG picture. Choose another one.")) from error
    _require_size(*image.size)
    try:
        return _plain(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        raise PictureError(_("This picture is damaged. Save it again, or choose another one.")) from error


def _require_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        sentence = _("This picture has {n} megapixels; up to {most} can be read. Save it smaller.")
        raise PictureError(sentence.format(n=width * height // 1_000_000, most=MOST_PIXELS // 1_000_000))
    if max(width, height) > LONGEST_SIDE * min(width, height):
        raise PictureError(_("This picture is a very long strip. Cut it to the part that people should see."))


def _plain(image: Image.Image) -> Image.Image:
    """The pixels as sRGB, with transparency where some of it is used."""
    profile = image.info.get("icc_profile")
    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    made = image.convert("RGBA" if transparent else "RGB")
    if profile and image.mode in {"RGB", "RGBA"}:
        made = _in_srgb(made, profile)
    if transparent and made.getchannel("A").getextrema()[0] == 255:  # noqa: PLR2004 - opaque everywhere
        made = made.convert("RGB")
    made.info = {}
    return made


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours of a camera or screen as sRGB; a profile that cannot be read is passed over."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return made or image


def _cut(image: Image.Image, ratio: tuple[int, int] | None) -> Image.Image:
    if ratio is None:
        return image
    across, down = ratio
    width = min(image.width, max(1, round(image.height * across / down)))
    height = min(image.height, max(1, round(image.width * down / across)))
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def _resized(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, most: int) -> Sized:
    if image.mode == "RGBA":
        data = saved(image, "PNG", optimize=True)
        if len(data) <= most:
            return Sized(image.width, image.height, "image/png", data)
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    for quality in _QUALITIES:
        data = saved(image, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(data) <= most:
            return Sized(image.width, image.height, "image/jpeg", data)
    raise PictureError(_("This picture has too many details for LINE at this size. Cut it or choose another one."))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the bytes of an image as a file of that kind."""
    into = BytesIO()
    image.save(into, kind, **options)
    return into.getvalue()


def grey(data: bytes) -> tuple[bytes, int, int]:
    """Return a picture's pixels for a reader of codes, a byte each, 0 for black, and its width and height. Raises PictureError."""
    image = _on_white(_opened(data)).convert("L")
    return image.tobytes(), image.width, image.height


def of_squares(
    rows: Sequence[Sequence[bool]], each: int, colour: str, middle: bytes = b"", hole: tuple[int, int] = (0, 0)
) -> bytes:
    """Return rows of squares as PNG: `each` pixels a side, dark ones in a colour (#rrggbb), the others white.

    Args:
        rows: True for dark.
        each: Pixels a square.
        colour: Of the dark ones.
        middle: A picture that is laid upon them, b'' for none.
        hole: From which square on it lies, with a white rim of half a square, and over how many.

    Raises:
        PictureError: the one in the middle is no picture.
    """
    small = Image.new("L", (len(rows[0]), len(rows)))
    small.putdata([0 if dark else 255 for row in rows for dark in row])
    mask = small.resize((small.width * each, small.height * each), Image.Resampling.NEAREST)
    made = Image.composite(Image.new("RGB", mask.size, "white"), Image.new("RGB", mask.size, colour), mask)
    if middle:
        start, covered = hole
        made.paste("white", (start * each, start * each, (start + covered) * each, (start + covered) * each))
        inside = max(1, (covered - 1) * each)
        at = start * each + (covered * each - inside) // 2
        made.paste(_square(middle, inside), (at, at))
    return saved(made, "PNG", optimize=True)


def square_png(data: bytes, side: int) -> bytes:
    """Return the middle of a picture as a square PNG of so many pixels, without anything but them. Raises PictureError."""
    return saved(_square(data, side), "PNG", optimize=True)


def square_rgb(data: bytes, side: int) -> bytes:
    """Return the same as three bytes a pixel. Raises PictureError."""
    return _square(data, side).tobytes()


def _square(data: bytes, side: int) -> Image.Image:
    return _on_white(_resized(_cut(_opened(data), (1, 1)), side)).convert("RGB").resize((side, side))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
