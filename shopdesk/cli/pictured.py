"""Pictures that a JSON file names by where they lie: kept once the file is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.cli.face import read_bytes
from shopdesk.messages import addresses

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.coupons import Offer
    from shopdesk.shop import Shop
    from shopdesk.site import Content
    from shopdesk.surveys import Form


def keep_of_page(shop: Shop, said: Content, beside: Path) -> Content:
    """Return what a page says with its pictures kept; `beside` is the JSON file, in whose folder a relative path begins.

    Raises:
        InvalidInputError: a file is not there, or cannot be read.
        PictureError: it is no picture that can be sent.
    """
    parts = (
        replace(one, target=_kept(shop, one.target.strip(), beside)) if one.kind == "picture" else one
        for one in said.parts
    )
    return replace(said, parts=tuple(parts))


def keep_of_survey(shop: Shop, form: Form, beside: Path) -> Form:
    """Do the same with the pictures to choose from. Raises as `keep_of_page` does."""
    questions = (
        replace(one, options=tuple(replace(each, picture=_kept(shop, each.picture, beside)) for each in one.options))
        for one in form.questions
    )
    return replace(form, questions=tuple(questions))


def keep_of_coupon(shop: Shop, offer: Offer, beside: Path) -> Offer:
    """Do the same with the picture of a coupon. Raises as `keep_of_page` does."""
    return replace(offer, picture=_kept(shop, offer.picture, beside))


def _kept(shop: Shop, said: str, beside: Path) -> str:
    """Return the id of a picture: of one that is kept, or of a file, which is kept now; '' stays ''."""
    if not said or addresses.is_own(addresses.own(said)):
        return said
    file = beside.parent / said
    return shop.messages.pictures.add(read_bytes(file), file.stem).id
