"""What must be true of the notes of what is on LINE, however often the work was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from shopdesk.i18n import _
from shopdesk.menus import copies
from shopdesk.menus.tables import CopyRow, MenuPersonRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ON_LINE = ("made", "pictured")


def broken(session: Session) -> list[str]:
    """Return what is wrong, as sentences."""
    row, person = CopyRow, MenuPersonRow
    without = select(row.id).where(
        or_(row.step.in_(_ON_LINE) & (row.line_id == ""), row.named & (row.step == "wanted"))
    )
    shared = select(row.line_id).where(row.line_id != "").group_by(row.line_id).having(func.count() > 1)
    early = select(person.copy_id).join(row, row.id == person.copy_id).where(row.step.not_in(("pictured", "leaving")))
    stand = copies.standing(session)
    shown = select(row.id).where(row.id == stand.copy_id, row.step.in_(("pictured", "leaving")))
    found = {
        _("menus that are said to be on LINE and have no id there: {ids}"): session.scalars(without).all(),
        _("two menus with one id of LINE's: {ids}"): session.scalars(shared).all(),
        _("people who were given a menu before it had a picture: {ids}"): session.scalars(early.distinct()).all(),
        _("a menu that everybody is said to see and that is not there: {ids}"): (
            [stand.copy_id] if stand.sure and stand.copy_id and session.scalar(shown) is None else []
        ),
    }
    return [sentence.format(ids=", ".join(map(str, ids[:20]))) for sentence, ids in found.items() if ids]
