"""Talks and their messages, read."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from shopdesk.assistant import Turn
from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow
from shopdesk.talks.occasions import said_by
from shopdesk.talks.reasons import sentence
from shopdesk.talks.records import News, Said, Talk, Which
from shopdesk.talks.searching import candidates, contains
from shopdesk.talks.tables import TalkLabelRow, TalkMessageRow, TalkRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_CANDIDATES = 2_000
"""So many messages that may contain the words are looked at, the newest first."""


def talks(
    session: Session,
    which: Which = "all",
    *,
    mine: str = "",
    label: str = "",
    among: Sequence[int] | None = None,
    before: datetime | None = None,
    limit: int = 100,
) -> list[Talk]:
    """Return talks, the newest first; `before` is the moment of the last one known: those of that moment come again."""
    row = TalkRow
    chosen = _talks().where(row.last_message_id.is_not(None)).order_by(row.last_at.desc(), row.friend_id).limit(limit)
    conditions: dict[Which, Any] = {
        "unread": row.unread > 0,
        "waiting": row.waiting_since.is_not(None),
        "mine": row.assigned_to == mine,
        "done": row.waiting_since.is_(None),
    }
    if which in conditions:
        chosen = chosen.where(conditions[which])
    if label:
        labelled = select(TalkLabelRow.friend_id).where(TalkLabelRow.name == label)
        chosen = chosen.where(row.friend_id.in_(labelled))
    if among is not None:
        chosen = chosen.where(row.friend_id.in_(among))
    if before is not None:
        chosen = chosen.where(
            row.last_at <= before
        )  # those of the same moment again: whoever shows them knows which it has
    return _with_labels(session, [Talk(*one) for one in session.execute(chosen)])


def news(session: Session, limit: int) -> list[News]:
    """Return what each friend who waits has said last, the newest first; not where the machine's answer is on its way just now."""
    row, friend, customer, said = TalkRow, FriendRow, CustomerRow, TalkMessageRow
    mine = said.friend_id == row.friend_id
    asked = (mine, said.side == "friend", said.state == "received", said.kind != "postback")
    last = select(func.max(said.id)).where(*asked).correlate(row).scalar_subquery()
    answering = select(said.id).where(mine, said.by_machine, said.state == "sending").correlate(row).exists()
    shown, name = aliased(said), func.coalesce(customer.name, friend.display_name, "")
    chosen = (
        select(row.friend_id, name, shown.id, shown.words)
        .join(friend, friend.id == row.friend_id)
        .outerjoin(customer, customer.id == friend.customer_id)
        .join(shown, shown.id == last)
        .where(row.waiting_since.is_not(None), ~answering)
        .order_by(shown.id.desc())
        .limit(limit)
    )
    return [News(*one) for one in session.execute(chosen)]


def talk(session: Session, friend_id: int) -> Talk | None:
    """Return the talk with one friend, None where nothing was said yet."""
    found = session.execute(_talks().where(TalkRow.friend_id == friend_id)).first()
    return _with_labels(session, [Talk(*found)])[0] if found is not None else None


def name_of(session: Session, friend_id: int) -> str:
    """Return what a friend is called: the customer's name, else LINE's; '' for nobody."""
    friend = FriendRow
    name = select(func.coalesce(CustomerRow.name, friend.display_name)).select_from(friend)
    named = name.outerjoin(CustomerRow, CustomerRow.id == friend.customer_id).where(friend.id == friend_id)
    return session.scalar(named) or ""


def customer_of(session: Session, friend_id: int) -> int | None:
    """Return the customer that a friend is, None where that is not known."""
    return session.scalar(select(FriendRow.customer_id).where(FriendRow.id == friend_id))


def found(session: Session, words: str, limit: int = 100) -> list[int]:
    """Return the friends in whose talk, or in whose name, the words stand, the latest hit first."""
    named = [
        friend for friend, name, customer in session.execute(_names()) if contains(f"{name}\n{customer or ''}", words)
    ]
    maybe = candidates(session, words)
    if maybe is None:
        return []
    row = TalkMessageRow
    said = select(row.friend_id, row.words).where(row.id.in_(maybe)).order_by(row.at.desc()).limit(_CANDIDATES)
    hits = [friend for friend, text in session.execute(said) if contains(text, words)]
    return list(dict.fromkeys((*hits, *named)))[:limit]


def messages(session: Session, friend_id: int, before: int | None = None, limit: int = 100) -> list[Said]:
    """Return the newest messages of a talk, the oldest of them first; `before` is the id of the oldest one known."""
    row = TalkMessageRow
    chosen = select(row).where(row.friend_id == friend_id).order_by(row.at.desc(), row.id.desc()).limit(limit)
    if before is not None:
        at = select(row.at).where(row.id == before).scalar_subquery()
        chosen = chosen.where((row.at < at) | ((row.at == at) & (row.id < before)))
    return [as_said(one) for one in reversed(session.scalars(chosen).all())]


def turns(session: Session, friend_id: int, most: int) -> list[Turn]:
    """Return the last texts of a talk, the oldest first; no notes, and nothing that was taken back or not delivered."""
    row = TalkMessageRow
    said = (row.friend_id == friend_id, row.kind == "text", row.words != "", row.state.in_(("received", "accepted")))
    chosen = select(row.side, row.words).where(*said).order_by(row.at.desc(), row.id.desc()).limit(most)
    return [Turn(side == "shop", words) for side, words in reversed(session.execute(chosen).all())]


def as_said(row: TalkMessageRow) -> Said:
    """Return a row as a value."""
    return Said(
        row.id,
        row.friend_id,
        row.side,  # type: ignore[arg-type]
        said_by(row.author, row.occasion),
        row.by_machine,
        row.kind,
        json.loads(row.body),
        row.words,
        row.at,
        row.state,  # type: ignore[arg-type]
        sentence(row.reason),
        row.way,
        row.file_state,
    )


def _talks() -> Select[*tuple[Any, ...]]:
    row, friend, customer, last = TalkRow, FriendRow, CustomerRow, TalkMessageRow
    name = func.coalesce(customer.name, friend.display_name, "")
    return (
        select(
            *(row.friend_id, friend.user_id, name, friend.picture_url, friend.state == "blocked", friend.customer_id),
            *(row.last_at, func.coalesce(last.side, "friend"), func.coalesce(last.kind, "")),
            func.coalesce(last.words, ""),
            *(row.unread, row.waiting_since, row.failed, row.assigned_to, row.silenced, row.typing_by, row.typing_at),
        )
        .join(friend, friend.id == row.friend_id)
        .outerjoin(customer, customer.id == friend.customer_id)
        .outerjoin(last, last.id == row.last_message_id)
    )


def _names() -> Select[*tuple[Any, ...]]:
    row, friend = TalkRow, FriendRow
    chosen = select(row.friend_id, friend.display_name, CustomerRow.name).join(friend, friend.id == row.friend_id)
    return chosen.outerjoin(CustomerRow, CustomerRow.id == friend.customer_id).order_by(row.last_at.desc())


def _with_labels(session: Session, found: list[Talk]) -> list[Talk]:
    labels: dict[int, list[str]] = defaultdict(list)
    row = TalkLabelRow
    ids = [one.friend_id for one in found]
    for friend, name in session.execute(
        select(row.friend_id, row.name).where(row.friend_id.in_(ids)).order_by(row.name)
    ):
        labels[friend].append(name)
    return [replace(one, labels=tuple(labels[one.friend_id])) for one in found]
