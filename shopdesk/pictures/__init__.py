"""The door to pictures (Pillow): what the shop brings, made clean and small, and what the program draws itself."""

from shopdesk.pictures.drawing import Cell, Paints, tiles
from shopdesk.pictures.sizing import (
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_PIXELS,
    PictureError,
    Sized,
    exact,
    grey,
    of_squares,
    sized,
    square_png,
    square_rgb,
)

__all__ = [
    "LONGEST_SIDE",
    "MOST_BYTES",
    "MOST_PIXELS",
    "Cell",
    "Paints",
    "PictureError",
    "Sized",
    "exact",
    "grey",
    "of_squares",
    "sized",
    "square_png",
    "square_rgb",
    "tiles",
]
