"""The door to QR codes (zxing-cpp): an address in, its squares out; whoever draws them keeps four squares of light around."""

from __future__ import annotations

from typing import Any

import zxingcpp

QUIET = 4
"""Squares of light on each side (ISO/IEC 18004)."""


def squares(text: str) -> list[list[bool]]:
    """Return the QR code of a text as rows of squares, True for dark; it can be read with 15 % of it damaged (level M)."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer of grey bytes, one a square
    rows: Any = memoryview(drawn).tolist()
    return [[value == 0 for value in row] for row in rows]
