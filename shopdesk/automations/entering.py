"""Who comes into an automation: everybody once, however often they answer and whoever they turn out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, insert, literal, select, update
from sqlalchemy.orm import aliased

from shopdesk.automations import answered
from shopdesk.automations.tables import EntryRow, TurnRow
from shopdesk.friends.tables import FriendRow

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from shopdesk.automations.tables import AutomationRow


def enter(session: Session, row: AutomationRow) -> int:
    """Let everybody in who has answered and is not in it yet; return how many. The caller holds the automation's row."""
    _know_friends(session, row.id)
    columns = ["automation_id", "customer_id", "friend_id", "response_id", "at"]
    return len(session.scalars(insert(EntryRow).from_select(columns, _new(row)).returning(EntryRow.id)).all())


def somebody_new(session: Session, row: AutomationRow) -> bool:
    """Tell whether somebody may come in; `enter` knows for sure, for only it knows friends who have become customers."""
    return session.execute(_new(row).limit(1)).first() is not None


def _new(row: AutomationRow) -> Select[Any]:
    """Return the entries of those who have answered and are not in it yet."""
    who, entry = answered.people(row, row.since).subquery(), EntryRow
    there = exists().where(
        entry.automation_id == row.id,
        (entry.customer_id == who.c.customer_id) | (entry.friend_id == who.c.friend_id),
    )
    chosen = select(literal(row.id), who.c.customer_id, who.c.friend_id, who.c.response_id, who.c.at)
    return chosen.where(~there).order_by(who.c.at)


def _know_friends(session: Session, automation_id: int) -> None:
    """Let friends who have become customers since be those; whoever came in as both is one."""
    entry = EntryRow
    mine = select(entry.id, FriendRow.customer_id).join(FriendRow, FriendRow.id == entry.friend_id)
    # That a friend is named is said for SQLite: it would walk through the customers, too.
    friends = (entry.automation_id == automation_id, entry.friend_id.is_not(None))
    known = mine.where(*friends, FriendRow.customer_id.is_not(None))
    for one, customer_id in session.execute(known).all():
        same = select(entry.id).where(entry.automation_id == automation_id, entry.customer_id == customer_id)
        keep = session.scalar(same)
        if keep is None:
            session.execute(update(entry).where(entry.id == one).values(customer_id=customer_id, friend_id=None))
        else:
            join(session, keep, one)


def join(session: Session, keep: int, other: int) -> None:
    """Make two entries one: what `other` has had `keep` has had, and `other` is nobody's."""
    had_too(session, keep, other)
    session.execute(update(EntryRow).where(EntryRow.id == other).values(customer_id=None, friend_id=None))


def had_too(session: Session, one: int, other: int) -> None:
    """Note that an entry has had whatever another one has."""
    turn, mine = TurnRow, aliased(TurnRow)
    had = exists().where(mine.entry_id == one, mine.step_id == turn.step_id)
    theirs = select(literal(one), turn.step_id, turn.broadcast_id, turn.at).where(turn.entry_id == other, ~had)
    session.execute(insert(turn).from_select(["entry_id", "step_id", "broadcast_id", "at"], theirs))
