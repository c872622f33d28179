"""Pieces of pages: what is not `Markup` is text and gets escaped; icons and QR codes are drawn in the page itself."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from shopdesk import qr
from shopdesk.i18n import for_customers
from shopdesk.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHAPES = re.compile(r"<(?:path|circle|rect|line|ellipse|polyline|polygon)\b[^>]*/>")


class Markup(str):
    """HTML of ours; everything in it that came from elsewhere is escaped."""

    __slots__ = ()


def escaped(said: str) -> Markup:
    """Return a text as HTML; what is HTML of ours already stays."""
    return said if isinstance(said, Markup) else Markup(escape(said))


def tag(name: str, /, *inside: str, **attributes: str) -> Markup:
    """Return an element; an attribute is written with `_` for `-`, and `class_`; one whose value is '' is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value
    )
    return Markup(f"<{name}{written}>{joined(inside)}</{name}>")


def joined(pieces: Iterable[str]) -> Markup:
    """Return pieces one after the other."""
    return Markup("".join(map(escaped, pieces)))


def words(said: str, **values: str) -> Markup:
    """Translate a sentence for customers and fill its placeholders, with texts or with elements."""
    return Markup(escape(for_customers(said)).format(**{key: escaped(value) for key, value in values.items()}))


@lru_cache
def icon(name: str) -> Markup:
    """Return one of the program's icons, in the colour of the text around it."""
    drawn = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    shapes = "".join(_SHAPES.findall(drawn))
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>')


def qr_code(digits: str, name: str) -> Markup:
    """Return a QR code, black on white with its quiet zone; `name` is what it is called for who cannot see it."""
    dark, size = qr_path(digits)
    quiet, whole = f"{-qr.QUIET}", f"{size + 2 * qr.QUIET}"
    ground = Markup(f'<rect x="{quiet}" y="{quiet}" width="{whole}" height="{whole}" fill="#fff"/>')
    squares = Markup(f'<path d="{dark}" fill="#000"/>')
    box = f"{quiet} {quiet} {whole} {whole}"
    return tag(
        "svg", ground, squares, class_="qr", viewBox=box, role="img", aria_label=name, shape_rendering="crispEdges"
    )


def qr_path(digits: str) -> tuple[str, int]:
    """Return the dark squares of a QR code as the data of an SVG path, and how many squares a side has."""
    rows = qr.squares(digits)
    return qr.path(rows), len(rows)
