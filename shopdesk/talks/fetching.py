"""Files that friends send, fetched at once: LINE deletes them after a while."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.line import LineError, RefusedByLineError, content
from shopdesk.talks.tables import TalkFileRow, TalkMessageRow

if TYPE_CHECKING:
    from shopdesk.database import Database
    from shopdesk.line import Line

logger = logging.getLogger(__name__)
_AT_ONCE = 20


class Fetching:
    """Fetches what is wanted. Several processes may do it at once: the first one that has a file keeps it."""

    def __init__(self, database: Database, line: Line) -> None:
        self._database, self._line = database, line

    def fetch(self) -> int:
        """Fetch what is wanted and return how many files came. What LINE is still preparing, or cannot give now, stays wanted."""
        row, came, last = TalkMessageRow, 0, 0
        while True:
            with self._database.read() as session:
                wanted = select(row.id, row.line_id, row.body).where(row.file_state == "wanted", row.id > last)
                some = session.execute(wanted.order_by(row.id).limit(_AT_ONCE)).all()
            if not some:
                return came
            for number, line_id, body in some:
                came += self._fetch(number, line_id or "", body)
            last = some[-1].id

    def _fetch(self, number: int, line_id: str, body: str) -> int:
        try:
            found = content(self._line, line_id)
        except RefusedByLineError:  # LINE has deleted it, or the friend took it back
            self._note(number, None)
            return 0
        except LineError as trouble:
            logger.info("a file stays wanted: %s", trouble.code)
            return 0
        if found is None:
            return 0
        name = json.loads(body).get("fileName")
        self._note(
            number,
            TalkFileRow(
                message_id=number,
                name=name if isinstance(name, str) else "",
                media_type=found.media_type,
                content=found.content,
            ),
        )
        return 1

    def _note(self, number: int, file: TalkFileRow | None) -> None:
        """Keep a file, unless the message was taken back meanwhile or somebody else fetched it."""
        with self._database.write() as session:
            row = session.get(TalkMessageRow, number, with_for_update=True)
            if row is None or row.file_state != "wanted":
                return
            row.file_state = "gone" if file is None else "here"
            if file is not None:
                session.add(file)
