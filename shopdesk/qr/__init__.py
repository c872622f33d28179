"""The door to QR codes (zxing-cpp): a text in, its squares out; a picture in, its text out.

Whoever draws the squares keeps four squares of light around. `files` writes codes as PNG, SVG and PDF.
"""

from shopdesk.qr.drawing import Code, path, runs
from shopdesk.qr.squares import QUIET, read, squares

__all__ = ["QUIET", "Code", "path", "read", "runs", "squares"]
