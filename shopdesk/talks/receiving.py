"""What a friend sends becomes rows of the talk; what they take back is gone, in whatever order LINE tells it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from shopdesk.talks.searching import INDEX, index
from shopdesk.talks.standing import talk_of
from shopdesk.talks.tables import TalkFileRow, TalkMessageRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.line import LineEvent
    from shopdesk.talks.tables import TalkRow

REQUEST = "reservation"
"""Of what kind a request for a reservation is, which comes from a page of the shop and not from LINE."""
FILES = frozenset({"image", "video", "audio", "file"})
"""Kinds of messages with a file that has to be fetched from LINE."""


def receive(session: Session, friend_id: int, event: LineEvent) -> bool:
    """Take an event into the talk; say whether it belongs there. How the talk stands is worked out afterwards."""
    take = _KINDS.get(event.kind)
    if take is None:
        return False
    _note_reply_token(talk_of(session, friend_id), event)
    take(session, friend_id, event)
    return True


def words(message: Mapping[str, Any]) -> str:
    """Return what of a message can be read: its text, the name of a place or file, the words of a sticker."""
    parts = {
        "text": ("text",),
        "location": ("title", "address"),
        "file": ("fileName",),
        "sticker": ("text",),
    }.get(str(message.get("type")), ())
    return "\n".join(said for name in parts if isinstance(said := message.get(name), str) and said)


def placed(friend_id: int, at: datetime, asked: Mapping[str, Any], said: str) -> TalkMessageRow:
    """Return the row of what a friend asked for on a page of the shop."""
    row = _row(friend_id, at, REQUEST, asked)
    row.words = said
    return row


def _note_reply_token(talk: TalkRow, event: LineEvent) -> None:
    if event.reply_token and (talk.reply_token_at is None or talk.reply_token_at < event.at):
        talk.reply_token, talk.reply_token_at = event.reply_token, event.at


def _message(session: Session, friend_id: int, event: LineEvent) -> None:
    said = event.part("message")
    number = said.get("id")
    if not isinstance(number, str) or not number:
        raise ValueError("a message without id")
    taken_back = session.scalar(select(TalkMessageRow).where(TalkMessageRow.line_id == number))
    if taken_back is not None:
        taken_back.at = event.at
        return
    row = _row(friend_id, event.at, str(said.get("type") or "unknown"), said)
    row.line_id, row.words = number, words(said)
    token, provider = said.get("markAsReadToken"), said.get("contentProvider")
    row.read_token = token if isinstance(token, str) else ""
    outside = isinstance(provider, dict) and provider.get("type") == "external"
    row.file_state = "wanted" if row.kind in FILES and not outside else ""
    session.add(row)
    session.flush()
    index(session, row.id, row.words)


def _edited(session: Session, _friend_id: int, event: LineEvent) -> None:
    said = event.part("message")
    chosen = select(TalkMessageRow).where(TalkMessageRow.line_id == str(said.get("id")))
    row = session.scalar(chosen.where(TalkMessageRow.state == "received"))
    before = json.loads(row.body) if row is not None else {}
    if row is None or int(before.get("editedAt", 0)) >= int(event.at.timestamp() * 1000):
        return
    row.body = kept_body({**before, **said, "editedAt": int(event.at.timestamp() * 1000)})
    row.words = words(said)
    INDEX.take_out(session, [row.id])
    index(session, row.id, row.words)


def _unsend(session: Session, friend_id: int, event: LineEvent) -> None:
    """Erase a message everywhere we hold it; LINE asks for it, and the friend expects it."""
    number = event.part("unsend").get("messageId")
    if not isinstance(number, str) or not number:
        raise ValueError("an unsend without message id")
    row = session.scalar(select(TalkMessageRow).where(TalkMessageRow.line_id == number))
    if row is None:
        row = _row(friend_id, event.at, "unknown", {})
        row.line_id = number
        session.add(row)
        session.flush()
    INDEX.take_out(session, [row.id])
    session.execute(delete(TalkFileRow).where(TalkFileRow.message_id == row.id))
    row.kind, row.body, row.words, row.state, row.read_token, row.file_state = "unknown", "{}", "", "unsent", "", ""


def _postback(session: Session, friend_id: int, event: LineEvent) -> None:
    """A button was pressed: shown in the talk, nobody has to answer it."""
    said = event.part("postback")
    if isinstance(said.get("params"), dict) and "newRichMenuAliasId" in said["params"]:
        return  # only another tab of the menu
    row = _row(friend_id, event.at, "postback", said)
    session.add(row)


def _row(friend_id: int, at: datetime, kind: str, said: Mapping[str, Any]) -> TalkMessageRow:
    return TalkMessageRow(
        friend_id=friend_id,
        line_id=None,
        side="friend",
        author="",
        by_machine=False,
        occasion="",
        kind=kind,
        body=kept_body(said),
        words="",
        at=at,
        state="received",
        reason="",
        way="",
        retry_key="",
        tried_at=None,
        read_token="",
        file_state="",
    )


def kept_body(said: Mapping[str, Any]) -> str:
    """Return a message object as it is kept."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


_KINDS: dict[str, Callable[[Session, int, LineEvent], None]] = {
    "message": _message,
    "messageEdited": _edited,
    "unsend": _unsend,
    "postback": _postback,
}
