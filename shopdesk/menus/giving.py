"""Menus of segments: who is in gets one, who is out goes back to what everybody sees; LINE is asked only for the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, insert, select, update

from shopdesk.database import portions
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.line import give_menu, limits, take_menu
from shopdesk.menus import copies
from shopdesk.menus.tables import CopyRow, MenuPersonRow
from shopdesk.segments import compile_rule
from shopdesk.segments.tables import SegmentRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopdesk.menus.copies import Wanted
    from shopdesk.menus.office import Office
    from shopdesk.segments import Rule


class Steps(Protocol):
    """Who is told of each step."""

    def expect(self, steps: int) -> None:
        """Take in that so many more are to come."""

    def take(self) -> None:
        """Take in that one is done."""


class Giving:
    """Gives people the menus of their segments."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def settle(self, wanted: Wanted, steps: Steps) -> int:
        """Give and take what differs, and return to how many people. Raises LineError: the next time goes on."""
        due = self._due(wanted)
        with self._office.database.read() as session:
            found = session.execute(select(MenuPersonRow.friend_id, MenuPersonRow.copy_id, MenuPersonRow.sure))
            known = {friend: (copy, sure) for friend, copy, sure in found}
        to_give: dict[int, list[int]] = {}
        for friend, copy in due.items():
            if known.get(friend) != (copy, True):
                to_give.setdefault(copy, []).append(friend)
        to_take = [friend for friend in known if friend not in due]
        lots = [*((copy, lot) for copy, some in to_give.items() for lot in portions(some, limits.MENU_PEOPLE))]
        back = [*portions(to_take, limits.MENU_PEOPLE)]
        steps.expect(len(lots) + len(back))
        for copy, lot in lots:
            self._give(copy, lot)
            steps.take()
        for lot in back:
            self._take(lot)
            steps.take()
        return len(to_take) + sum(len(lot) for _copy, lot in lots)

    def _due(self, wanted: Wanted) -> dict[int, int]:
        """Return for each friend who is in a segment with a menu the copy they are to have: of the first menu that takes them."""
        found: dict[int, int] = {}
        for menu in wanted.turn.for_some:
            current, segment = wanted.current(menu), wanted.plans[menu].segment_id
            if current and segment is not None:
                first = current[0].id
                for friend in self._members(menu, segment):
                    found.setdefault(friend, first)
        return found

    def _members(self, menu: int, segment: int) -> Iterable[int]:
        """Return the friends in a segment; one that cannot be asked any more has none, and its menu says why."""
        try:
            rule = self._rule(segment)
        except ShopDeskError as gone:
            with self._office.database.write() as session:
                copies.set_trouble(session, menu, gone.message)
            return ()
        row = FriendRow
        with self._office.database.read() as session:
            people = compile_rule(rule, self._office.now(session))
            return session.scalars(select(row.id).where(row.state == "friend", row.customer_id.in_(people))).all()

    def _rule(self, segment: int) -> Rule:
        with self._office.database.read() as session:
            name = session.scalar(select(SegmentRow.name).where(SegmentRow.id == segment))
        if name is None:
            raise NotFoundError(_("The segment of this menu was deleted. Choose another one and publish it again."))
        return self._office.segments.rule_now(name)

    def _give(self, copy: int, lot: Sequence[int]) -> None:
        row, friend = MenuPersonRow, FriendRow
        with self._office.database.write() as session:
            line_id = session.scalar(select(CopyRow.line_id).where(CopyRow.id == copy))
            there = dict(session.execute(select(friend.id, friend.user_id).where(friend.id.in_(lot))).all())
            session.execute(delete(row).where(row.friend_id.in_(lot)))
            if there:
                session.execute(insert(row), [{"friend_id": one, "copy_id": copy, "sure": False} for one in there])
        if there and line_id:
            give_menu(self._office.line, line_id, list(there.values()))
            with self._office.database.write() as session:
                mine = update(row).where(row.friend_id.in_(list(there)), row.copy_id == copy)
                session.execute(mine.values(sure=True))

    def _take(self, lot: Sequence[int]) -> None:
        row, friend = MenuPersonRow, FriendRow
        with self._office.database.write() as session:
            session.execute(update(row).where(row.friend_id.in_(lot)).values(sure=False))
            user_ids = session.scalars(select(friend.user_id).where(friend.id.in_(lot))).all()
        if user_ids:
            take_menu(self._office.line, user_ids)
        with self._office.database.write() as session:
            session.execute(delete(row).where(row.friend_id.in_(lot)))
