"""A draft and its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.i18n import _
from shopdesk.messages import restored, stored

if TYPE_CHECKING:
    from datetime import datetime


def row(wanted: Drafted, at: datetime | None, now: datetime, actor: str) -> BroadcastRow:
    """Return the row of a new draft, to be added to a session."""
    made = BroadcastRow(
        rule="",
        way="",
        control="none",
        paused_reason="",
        created_at=now,
        scheduled_at=at,
        frozen_at=None,
        frozen_people=None,
        started_at=None,
        actor=actor,
    )
    write(made, wanted)
    return made


def write(made: BroadcastRow, wanted: Drafted) -> None:
    """Put a draft into its row."""
    made.name = wanted.name or wanted.segment or _("Everyone")
    made.audience = "everyone" if wanted.everyone else "segment"
    made.each = wanted.each
    made.segment_name = wanted.segment or ""
    made.messages = stored(wanted.messages)


def drafted(made: BroadcastRow) -> Drafted:
    """Return the draft of a row."""
    everyone = made.audience == "everyone"
    return Drafted(
        restored(made.messages),
        None if everyone else made.segment_name,
        everyone=everyone,
        each=made.each,
        name=made.name,
    )
