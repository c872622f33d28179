"""What of the menus is on LINE, and is to be: one row a tab and edition, each step of it written down before and after."""

from __future__ import annotations

import json
import re
import secrets
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select, update

from shopdesk.coupons.tables import CouponRow
from shopdesk.line import limits
from shopdesk.menus import precedence
from shopdesk.menus.rows import in_order
from shopdesk.menus.tables import CopyRow, MenuRow, MenuStandRow
from shopdesk.menus.writing import Keys, read, request
from shopdesk.surveys.tables import SurveyRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.menus.precedence import Turn
    from shopdesk.menus.records import Plan

_MARK_BYTES = 8


class Copy(NamedTuple):
    """A row of `CopyRow`; `tabs` is how many tabs its edition has."""

    id: int
    menu_id: int
    edition: int
    tab: str
    place: int
    mark: str
    picture: str
    line_id: str
    step: str
    named: bool
    tabs: int


class Wanted(NamedTuple):
    """What LINE is to show now, and every copy there is. Menus by id in their order; pictures by the keys of their tabs."""

    turn: Turn
    plans: Mapping[int, Plan]
    editions: Mapping[int, int]
    pictures: Mapping[int, Mapping[str, str]]
    copies: Sequence[Copy]

    def current(self, menu: int) -> list[Copy]:
        """Return the tabs of a menu's newest edition that is whole on LINE; nothing where none is, or it is not its turn."""
        if menu not in self.turn.shown:
            return []
        mine = sorted((one for one in self.copies if one.menu_id == menu), key=lambda one: (-one.edition, one.place))
        for _edition, tabs in groupby(mine, key=lambda one: one.edition):
            found = [one for one in tabs if one.step == "pictured"]
            if found and len(found) == found[0].tabs:
                return found
        return []

    def to_bring(self, menu: int) -> list[Copy]:
        """Return the tabs of a menu's edition in force that are not ready on LINE yet."""
        return [one for one in self.in_force(menu) if one.step != "pictured"]

    def in_force(self, menu: int) -> list[Copy]:
        """Return the tabs of a menu's edition in force, ready or not."""
        mine = (one for one in self.copies if one.menu_id == menu and one.edition == self.editions[menu])
        return [one for one in mine if one.step != "leaving"]

    def leaving(self) -> list[Copy]:
        """Return the copies that nobody is to see any more: what replaces them is there, or nothing does."""
        staying = {one.id for menu in self.turn.shown for one in (*self.current(menu), *self.in_force(menu))}
        return [one for one in self.copies if one.id not in staying]


def idle(session: Session) -> bool:
    """Say whether nothing is published and nothing is on LINE: then nobody need ask LINE for anything."""
    published = select(MenuRow.id).where(MenuRow.published != "").limit(1)
    there = select(CopyRow.id).limit(1)
    now = standing(session)
    return session.scalar(published) is None and session.scalar(there) is None and now.sure and now.copy_id is None


def wanted(session: Session, now: datetime) -> Wanted:
    """Return what is to be and what is."""
    rows = [row for row in in_order(session) if row.published]
    plans = {row.id: read(row.published) for row in rows}
    turn = precedence.turn([*plans.items()], now)
    editions, pictures = {row.id: row.edition for row in rows}, {row.id: json.loads(row.pictures) for row in rows}
    return Wanted(turn, plans, editions, pictures, _all(session))


def _all(session: Session) -> list[Copy]:
    rows = session.scalars(select(CopyRow).order_by(CopyRow.id).execution_options(populate_existing=True)).all()
    return [
        Copy(
            *(row.id, row.menu_id, row.edition, row.tab, row.place, row.mark),
            *(row.picture, row.line_id, row.step, row.named, row.tabs),
        )
        for row in rows
    ]


def note_wanted(session: Session, now: datetime) -> None:
    """Write down a copy of each tab that is to be shown and has none, and forget what was never begun and is not wanted any more."""
    found = wanted(session, now)
    key = stand(session).key
    known = Keys(
        *(
            {str(number): page for number, page in session.execute(select(row.id, row.page_key))}
            for row in (CouponRow, SurveyRow)
        )
    )
    for menu in found.turn.shown:
        plan, edition = found.plans[menu], found.editions[menu]
        there = {one.tab for one in found.in_force(menu)}
        for place, tab in enumerate(plan.design.tabs):
            if tab.key in there:
                continue
            mark = secrets.token_hex(_MARK_BYTES)
            wish = request(plan.design, tab, line_name(plan.name, key, mark), known)
            session.add(
                CopyRow(
                    menu_id=menu,
                    edition=edition,
                    tab=tab.key,
                    place=place,
                    tabs=len(plan.design.tabs),
                    mark=mark,
                    request=json.dumps(wish, ensure_ascii=False),
                    picture=found.pictures[menu][tab.key],
                    line_id="",
                    step="wanted",
                    named=False,
                )
            )
    idle = [one.id for one in found.leaving() if one.step == "wanted"]
    session.flush()
    session.execute(delete(CopyRow).where(CopyRow.id.in_(idle)))


def line_name(name: str, key: str, mark: str) -> str:
    """Return the name under which LINE keeps a copy: what other programs show of it, and by what it is found again."""
    tail = f" [shopdesk:{key}:{mark}]"
    return name[: limits.MENU_NAME - len(tail)] + tail


def mark_in(name: str, key: str) -> str:
    """Return the mark in a name that LINE keeps, '' where it is none of this shop's."""
    found = re.search(rf"\[shopdesk:{key}:([0-9a-f]+)\]$", name)
    return found[1] if found else ""


def wish_of(session: Session, copy: Copy) -> dict[str, object]:
    """Return what LINE is asked to make of a copy."""
    said = session.scalar(select(CopyRow.request).where(CopyRow.id == copy.id))
    wish: dict[str, object] = json.loads(said or "{}")
    return wish


def change(session: Session, copy: int, **values: object) -> None:
    """Write a step of a copy down."""
    session.execute(update(CopyRow).where(CopyRow.id == copy).values(**values))


def drop(session: Session, copy: int) -> None:
    """Forget a copy that is not on LINE any more; whoever was given it has none."""
    session.execute(delete(CopyRow).where(CopyRow.id == copy))


def stand(session: Session) -> MenuStandRow:
    """Return the row of what everybody sees, made where it is not there yet (in a session that writes)."""
    row = session.get(MenuStandRow, 1, populate_existing=True)
    if row is None:
        row = MenuStandRow(id=1, key=secrets.token_hex(_MARK_BYTES), copy_id=None, sure=True, looked_at=None)
        session.add(row)
        session.flush()
    return row


def standing(session: Session) -> MenuStandRow:
    """Return the same to be read only."""
    return session.get(MenuStandRow, 1) or MenuStandRow(id=1, key="", copy_id=None, sure=True, looked_at=None)


def trouble(session: Session, menu: int) -> str:
    """Return why LINE does not take a menu, '' for nothing."""
    return session.scalar(select(MenuRow.trouble).where(MenuRow.id == menu)) or ""


def set_trouble(session: Session, menu: int, sentence: str) -> None:
    """Keep why LINE does not take a menu, '' for nothing."""
    session.execute(update(MenuRow).where(MenuRow.id == menu).values(trouble=sentence))
