"""Every request taken, for checks to read afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path


class Entry(TypedDict):
    """One request: `status` is what was answered, null where the line was cut before an answer."""

    time: str
    endpoint: str
    retry_key: str | None
    status: int | None
    recipients: Sequence[str]
    accepted: bool
    request_id: str


class Journal:
    """The list of requests in the order of their taking, also one JSON a line in `file` where one is given."""

    def __init__(self, file: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self._file = file.open("a", encoding="utf-8") if file else None

    def note(
        self,
        at: datetime,
        endpoint: str,
        *,
        retry_key: str | None,
        status: int | None,
        recipients: Sequence[str],
        accepted: bool,
        request_id: str,
    ) -> None:
        """Add a request; it is on its way to the disk when this returns."""
        entry = Entry(
            time=at.isoformat(timespec="milliseconds"),
            endpoint=endpoint,
            retry_key=retry_key,
            status=status,
            recipients=recipients,
            accepted=accepted,
            request_id=request_id,
        )
        self.entries.append(entry)
        if self._file:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Close the file, where there is one."""
        if self._file:
            self._file.close()
