"""Between a text and the squares of its QR code."""

from __future__ import annotations

from typing import Any, Literal

import zxingcpp

Level = Literal["M", "H"]
"""How much of a code may be damaged: 15 % or 30 % (ISO/IEC 18004)."""
QUIET = 4
"""Squares of light on each side (ISO/IEC 18004)."""


_ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def squares(text: str, level: Level = "M") -> list[list[bool]]:
    """Return the QR code of a text as rows of squares, True for dark."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer of grey bytes, one a square
    rows: Any = memoryview(drawn).tolist()
    return [[value == 0 for value in row] for row in rows]


def read(grey: bytes | memoryview, width: int, height: int, row_bytes: int) -> str | None:
    """Return the text of a QR code in a picture, None where none can be read; of several the one found first.

    Args:
        grey: The picture from the top, a byte a pixel, 0 for black. It is not copied.
        width: Pixels in a row.
        height: Rows.
        row_bytes: Bytes from one row to the next, `width` or more.
    """
    view = zxingcpp.ImageView(grey, width, height, zxingcpp.ImageFormat.Lum, row_bytes)  # type: ignore[arg-type] # any buffer
    found = zxingcpp.read_barcodes(view, formats=_ONLY_QR)
    return found[0].text if found else None
