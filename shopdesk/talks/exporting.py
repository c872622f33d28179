"""Talks written to a file: a row for each message, and in a .zip everything that friends sent beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select, tuple_

from shopdesk.clock import in_japan
from shopdesk.exports import ExportReport
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import N_, _
from shopdesk.spreadsheets import Form, OutColumn, write_archive, write_table
from shopdesk.staff import Act, needs
from shopdesk.talks.file_names import archived_as
from shopdesk.talks.reading import name_of
from shopdesk.talks.tables import TalkFileRow, TalkMessageRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.database import Database
    from shopdesk.spreadsheets import Encoding, OutRow
    from shopdesk.staff import Staff

ARCHIVE = ".zip"
_AT_ONCE = 500
_COLUMNS = (
    (N_("Time"), "moment", 20),
    (N_("Friend"), "text", 20),
    (N_("LINE user ID"), "text", 36),
    (N_("Said by"), "text", 10),
    (N_("Staff or rule"), "text", 16),
    (N_("Kind of message"), "text", 14),
    (N_("Text"), "text", 60),
    (N_("State"), "text", 18),
    (N_("File"), "text", 30),
)
_SIDES = {"friend": N_("Friend"), "shop": N_("The shop"), "note": N_("Note")}
_KINDS = {
    "text": N_("Text"),
    "image": N_("Picture"),
    "video": N_("Video"),
    "audio": N_("Voice message"),
    "file": N_("File"),
    "sticker": N_("Sticker"),
    "location": N_("Location"),
    "postback": N_("Button pressed"),
    "note": N_("Note"),
}
_STATES = {
    "unsent": N_("taken back by the friend"),
    "sending": N_("sending …"),
    "refused": N_("not sent"),
    "unknown": N_("unclear whether sent"),
}
_AWAY = {"wanted": N_("being fetched from LINE …"), "gone": N_("LINE does not have it any more")}


class _Kept(NamedTuple):
    """A file that goes beside the table."""

    message_id: int
    name: str


class Exporting:
    """Writes talks of one shop to files."""

    def __init__(self, database: Database, staff: Staff) -> None:
        self._database, self._staff = database, staff

    @needs(Act.EXPORT)
    def write(
        self,
        file: Path,
        *,
        friends: Sequence[int] | None = None,
        encoding: Encoding | None = None,
        on_progress: Callable[[int], object] = lambda _rows: None,
    ) -> ExportReport:
        """Write talks to `file`: .xlsx or .csv, or a .zip with the table and the files; whole or not at all.

        Args:
            file: Replaced where it exists.
            friends: Only the talks with these, in this order; all by default.
            encoding: Of a .csv; UTF-8 by default.
            on_progress: Called with the number of rows written; what it raises ends the writing.

        Raises:
            InvalidInputError: the file's name ends otherwise.
            FileNotWrittenError: with the reason; an older file of the name is still there.
        """
        columns = [OutColumn(_(title), kind, width) for title, kind, width in _COLUMNS]  # type: ignore[arg-type]
        kept: list[_Kept] = []
        with self._database.read() as session:
            rows = _rows(session, _talks(session) if friends is None else friends, kept)
            if file.suffix.lower() == ARCHIVE:
                beside = _files(session, kept)
                written = write_archive(file, "talks.xlsx", columns, rows, beside, on_progress=on_progress)
            else:
                form = Form(encoding or "utf-8")
                written = write_table(file, columns, rows, form=form, on_progress=on_progress)
                kept.clear()
        with self._database.write() as session:
            self._staff.record(session, "export", "talk", friends or ())
        return ExportReport(file, written.rows, written.lost, files=len(kept))


def _talks(session: Session) -> Sequence[int]:
    row = TalkMessageRow
    return session.scalars(select(row.friend_id).distinct().order_by(row.friend_id)).all()


def _rows(session: Session, friends: Sequence[int], kept: list[_Kept]) -> Iterator[OutRow]:
    """Yield a row for each message, and note the files that go beside them."""
    for friend in friends:
        name = name_of(session, friend)
        user_id = session.scalar(select(FriendRow.user_id).where(FriendRow.id == friend)) or ""
        for one in _messages(session, friend):
            inside = ""
            if one.media_type is not None:
                inside = f"files/{archived_as(one.name, one.media_type, one.id, one.at)}"
                kept.append(_Kept(one.id, inside))
            yield (
                in_japan(one.at).replace(tzinfo=None),
                name,
                user_id,
                _(_SIDES[one.side]),
                one.author,
                _(_KINDS[one.kind]) if one.kind in _KINDS else one.kind,
                one.words,
                _state(one.state, by_machine=one.by_machine),
                inside or (_(_AWAY[one.file_state]) if one.file_state in _AWAY else ""),
            )


def _state(state: str, *, by_machine: bool) -> str:
    if state in _STATES:
        return _(_STATES[state])
    return _("automatic answer") if by_machine else ""


def _messages(session: Session, friend_id: int) -> Iterator[Any]:
    """Yield what was said in a talk, the oldest first, read page by page."""
    row, file = TalkMessageRow, TalkFileRow
    columns = (row.id, row.at, row.side, row.author, row.by_machine, row.kind, row.words, row.state, row.file_state)
    chosen = select(*columns, file.name, file.media_type).outerjoin(file, file.message_id == row.id)
    chosen = chosen.where(row.friend_id == friend_id).order_by(row.at, row.id).limit(_AT_ONCE)
    rows = session.execute(chosen).all()
    while rows:
        yield from rows
        last = rows[-1]
        rows = session.execute(chosen.where(tuple_(row.at, row.id) > (last.at, last.id))).all()


def _files(session: Session, kept: Sequence[_Kept]) -> Iterator[tuple[str, bytes]]:
    row = TalkFileRow
    for one in kept:
        content = session.scalar(select(row.content).where(row.message_id == one.message_id))
        if content is not None:
            yield one.name, content
