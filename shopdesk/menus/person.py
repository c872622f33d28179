"""What of the menus is a person's: the one that they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from shopdesk.friends.tables import FriendRow
from shopdesk.menus.tables import CopyRow, MenuPersonRow, MenuRow
from shopdesk.menus.writing import read

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.customers import Event


class MenuPart:
    """The menus' part in a person's life. What was given belongs to the friend, so merging moves nothing."""

    name = "menus"

    def move(self, _session: Session, _keep: int, _other: int) -> list[Any]:
        """Return nothing."""
        return []

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Do nothing."""

    def erase(self, session: Session, customer_id: int) -> None:
        """Forget which menu the person was given: on LINE they see it until it is replaced, for nobody knows their id any more."""
        mine = select(FriendRow.id).where(FriendRow.customer_id == customer_id)
        session.execute(delete(MenuPersonRow).where(MenuPersonRow.friend_id.in_(mine)))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return which menu the person sees below the talk, where it is one of their own."""
        chosen = (
            select(MenuRow.published, MenuRow.plan)
            .join(CopyRow, CopyRow.menu_id == MenuRow.id)
            .join(MenuPersonRow, MenuPersonRow.copy_id == CopyRow.id)
            .join(FriendRow, FriendRow.id == MenuPersonRow.friend_id)
            .where(FriendRow.customer_id == customer_id)
        )
        return {"rich_menu": [read(published or plan).name for published, plan in session.execute(chosen)]}

    def timeline(self, _session: Session, _customer_id: int, _limit: int) -> list[Event]:
        """Return nothing."""
        return []

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nobody."""
        return []
