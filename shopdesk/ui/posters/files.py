"""A source's print as a PDF file, with its letters embedded and everything but its picture drawn as shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPdfWriter

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.ui.posters.drawing import Poster, print_poster
from shopdesk.ui.posters.forms import FORMS

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.links import Source
    from shopdesk.shop import Shop
    from shopdesk.ui.posters.forms import Form


def poster_of(shop: Shop, source: Source) -> Poster:
    """Return what is printed for a source.

    Raises:
        UnreadableCodeError: its code cannot be read with its logo.
        NotFoundError: a picture of it is gone.
        NoFixedAddressError, LineError: nobody knows yet where its code would lead.
    """
    said, picture = source.wanted, None
    if said.picture:
        picture = QImage.fromData(shop.messages.pictures.read(said.picture, limits.IMAGEMAP_WIDTH)[1])
    code, name = shop.friend_code(source), str(shop.settings.get("shop_name"))
    return Poster(name, said.headline, said.offer, said.colour, code, said.way, picture)


def write_pdf(file: Path, form: Form, poster: Poster) -> None:
    """Write a sheet. Raises InvalidInputError: it cannot be written there."""
    if not print_poster(QPdfWriter(str(file)), form, poster):
        said = _("“{file}” cannot be written. Close it where it is open, or choose another place.")
        raise InvalidInputError(said.format(file=file.name))


def write_for(shop: Shop, source: Source, form: str, file: Path) -> str:
    """Write the sheet of a form, one of the keys of `FORMS`, and return the address in its code. Raises as both above."""
    poster = poster_of(shop, source)
    write_pdf(file, next(one for one in FORMS if one.key == form), poster)
    return poster.code.text
