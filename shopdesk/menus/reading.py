"""Menus as they stand, from their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.menus import copies
from shopdesk.menus.precedence import runs
from shopdesk.menus.records import Menu
from shopdesk.menus.rows import in_order
from shopdesk.menus.writing import read

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.menus.copies import Wanted
    from shopdesk.menus.records import Standing
    from shopdesk.menus.tables import MenuRow


def menus(session: Session, now: datetime) -> list[Menu]:
    """Return every menu in the order, each with how it stands."""
    wanted = copies.wanted(session, now)
    return [_menu(row, wanted, now) for row in in_order(session)]


def _menu(row: MenuRow, wanted: Wanted, now: datetime) -> Menu:
    published = read(row.published) if row.published else None
    return Menu(row.id, read(row.plan), published, _standing(row, wanted, now), row.trouble, row.changed_at)


def _standing(row: MenuRow, wanted: Wanted, now: datetime) -> Standing:
    plan = wanted.plans.get(row.id)
    if plan is None:
        return "draft"
    if not runs(plan, now):
        return "waiting" if plan.starts is not None and now < plan.starts else "ended"
    if row.id not in wanted.turn.shown:
        return "covered"
    there = wanted.current(row.id)
    return "shown" if there and there[0].edition == row.edition else "working"
