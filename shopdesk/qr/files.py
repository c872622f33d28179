"""QR codes as files: PNG for screens, SVG and PDF for printers. A code that does not read back is not drawn."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import TYPE_CHECKING

from shopdesk import pictures
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.qr.drawing import Code, path, runs
from shopdesk.qr.squares import QUIET, read, squares

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOGO_PIXELS = 240
_TRIED = (3, 7)
"""Pixels a square at which a code must be read before it is given out."""
_POINTS_A_MM = 72 / 25.4


class UnreadableCodeError(ShopDeskError):
    """The code cannot be read as it would be drawn."""

    code = "unreadable_code"


def styled(text: str, colour: str = "#000000", logo: bytes = b"") -> Code:
    """Return a code that was read back as it is drawn.

    Raises:
        UnreadableCodeError: it cannot be read: its colour is too light, or the text is too long for a logo.
        PictureError: the logo is no picture.
    """
    made = Code(text, squares(text, "H" if logo else "M"), colour, logo)
    for each in _TRIED:
        grey, width, height = pictures.grey(png(made, each))
        if read(grey, width, height, width) != text:
            raise UnreadableCodeError(
                _("This code cannot be read as it would be drawn. Choose a darker colour, or leave the logo out.")
            )
    return made


def png(code: Code, each: int) -> bytes:
    """Return a PNG with so many pixels a square."""
    light = [[False] * code.side] * QUIET
    rows = [*light, *([*[False] * QUIET, *row, *[False] * QUIET] for row in code.rows), *light]
    return pictures.of_squares(rows, each, code.colour, code.logo, code.hole)


def svg(code: Code) -> str:
    """Return an SVG of no size of its own: it is as large as whoever prints it wants."""
    box = f"{-QUIET} {-QUIET} {code.side} {code.side}"
    parts = [
        f'<rect x="{-QUIET}" y="{-QUIET}" width="{code.side}" height="{code.side}" fill="#fff"/>',
        f'<path d="{path(code.rows)}" fill="{code.colour}" shape-rendering="crispEdges"/>',
    ]
    if code.logo:
        start, covered = code.hole
        at, picture = start - QUIET, pictures.square_png(code.logo, _LOGO_PIXELS)
        parts += [
            f'<rect x="{at}" y="{at}" width="{covered}" height="{covered}" fill="#fff"/>',
            f'<image x="{at + 0.5}" y="{at + 0.5}" width="{covered - 1}" height="{covered - 1}" '
            f'href="data:image/png;base64,{b64encode(picture).decode()}"/>',
        ]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(parts)}</svg>\n'


def pdf(code: Code, millimetres: float) -> bytes:
    """Return a PDF of one page that is the code, its squares drawn as shapes (PDF 1.4)."""
    size = millimetres * _POINTS_A_MM
    unit = size / code.side
    red, green, blue = (int(code.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    drawn = [f"{unit:.6f} 0 0 {-unit:.6f} 0 {size:.4f} cm", f"{red:.4f} {green:.4f} {blue:.4f} rg"]
    drawn += [f"{x + QUIET} {y + QUIET} {wide} 1 re" for x, y, wide in runs(code.rows)]
    drawn.append("f")
    resources, picture = "<< >>", b""
    if code.logo:
        start, covered = code.hole
        drawn += [f"1 1 1 rg {start} {start} {covered} {covered} re f"]
        drawn += [f"{covered - 1} 0 0 {1 - covered} {start + 0.5} {start + covered - 0.5} cm /Logo Do"]
        resources = "<< /XObject << /Logo 5 0 R >> >>"
        about = f"/Type /XObject /Subtype /Image /Width {_LOGO_PIXELS} /Height {_LOGO_PIXELS} /ColorSpace /DeviceRGB /BitsPerComponent 8"
        picture = _stream(pictures.square_rgb(code.logo, _LOGO_PIXELS), about)
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size:.4f} {size:.4f}] /Resources {resources} /Contents 4 0 R >>"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page.encode()]
    objects += [_stream("\n".join(drawn).encode()), *([picture] if picture else [])]
    return _file(objects)


def _stream(data: bytes, about: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<< {about} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + (head + tail).encode()
