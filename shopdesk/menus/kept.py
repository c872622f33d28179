"""The pictures of menus: the shop's own, cut to the menu's size, and those that are drawn of icons and words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.menus.layouts import paints
from shopdesk.menus.tables import CopyRow, MenuPictureRow, MenuRow
from shopdesk.menus.writing import read
from shopdesk.pictures import Cell, Sized, exact, tiles

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.menus.records import Area, Design, Tab


_WRITING = timedelta(days=1)


def drawn(design: Design, tab: Tab, width: int = 0) -> Sized:
    """Return the picture that is drawn for a tab, of the words and icons of its areas; in another width to be looked at."""
    share = (width or design.width) / design.width

    def cell(one: Area) -> Cell:
        left, top = round(one.x * share), round(one.y * share)
        right, bottom = round((one.x + one.width) * share), round((one.y + one.height) * share)
        return Cell(left, top, right - left, bottom - top, one.icon, one.word)

    size = round(design.width * share), max(1, round(design.height * share))
    return tiles(*size, [cell(one) for one in tab.areas], paints(design.colour))


def cut(data: bytes, design: Design) -> Sized:
    """Return a picture of the shop's own in the menu's size. Raises PictureError."""
    return exact(data, design.width, design.height, limits.MENU_PICTURE_BYTES)


def keep(session: Session, picture: Sized, now: datetime) -> str:
    """Keep a picture and return what `Tab.picture` calls it."""
    name = hashlib.sha256(picture.data).hexdigest()
    if session.get(MenuPictureRow, name) is None:
        size = {"width": picture.width, "height": picture.height}
        session.execute(
            insert(MenuPictureRow).values(sha256=name, media=picture.media, data=picture.data, kept_at=now, **size)
        )
    return name


def stored(session: Session, name: str) -> Sized:
    """Return a kept picture. Raises NotFoundError."""
    row = session.get(MenuPictureRow, name)
    if row is None:
        raise NotFoundError(_("There is no such picture (any more). Choose another one."))
    return Sized(row.width, row.height, row.media, row.data)


def fitting(session: Session, design: Design, now: datetime) -> Design:
    """Return a design whose own pictures have its size: after another size was chosen they are cut anew. Raises NotFoundError."""
    tabs = []
    for tab in design.tabs:
        name = tab.picture
        if name:
            found = stored(session, name)
            if (found.width, found.height) != (design.width, design.height):
                name = keep(session, cut(found.data, design), now)
        tabs.append(replace(tab, picture=name))
    return replace(design, tabs=tuple(tabs))


def prune(session: Session, now: datetime) -> None:
    """Let go of pictures that no menu shows, as it is written or as it was published, and that none on LINE is made of.

    One of today may belong to a menu that somebody is still writing.
    """
    shown: set[str] = set(session.scalars(select(CopyRow.picture)))
    for plan, pictures in session.execute(select(MenuRow.plan, MenuRow.pictures)):
        shown |= {*(tab.picture for tab in read(plan).design.tabs), *json.loads(pictures).values()}
    session.execute(
        delete(MenuPictureRow).where(MenuPictureRow.sha256.not_in(shown), MenuPictureRow.kept_at < now - _WRITING)
    )
