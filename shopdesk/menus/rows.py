"""The rows of the menus, found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.menus.tables import MenuRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def in_order(session: Session) -> list[MenuRow]:
    """Return every menu, the one that goes before the others first."""
    return list(session.scalars(select(MenuRow).order_by(MenuRow.place, MenuRow.id)))


def stored(session: Session, menu: int, *, locked: bool = False) -> MenuRow:
    """Return the row of a menu. Raises NotFoundError."""
    chosen = select(MenuRow).where(MenuRow.id == menu)
    row = session.scalar(chosen.with_for_update() if locked else chosen)
    if row is None:
        raise NotFoundError(_("There is no rich menu {id} (any more). `menus` shows all.").format(id=menu))
    return row
