"""The pictures the shop keeps for its messages, in every width LINE asks for. They lie in the database: its key, its backups."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select

from shopdesk import japanese
from shopdesk.changes import Topic
from shopdesk.coupons.tables import CouponRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.links.tables import SourceRow
from shopdesk.messages.records import Picture
from shopdesk.messages.tables import MessagePictureRow, MessagePictureSizeRow, MessageTemplateRow
from shopdesk.pictures import sized
from shopdesk.staff import Act, needs
from shopdesk.surveys.tables import SurveyRow

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.pictures import Sized
    from shopdesk.staff import Staff

# Up to 700 wide a picture also serves as a preview; the widest is the original.
_ROOMS = [
    (width, limits.PREVIEW_BYTES if width < limits.IMAGEMAP_WIDTH else limits.PICTURE_BYTES)
    for width in limits.IMAGEMAP_WIDTHS
]
_ID_BYTES = 16


class Pictures:
    """The pictures of one shop."""

    def __init__(self, database: Database, staff: Staff, changes: Changes, clock: Clock) -> None:
        self._database = database
        self._staff = staff
        self._changes = changes
        self._clock = clock
        self.shown_by: Callable[[Session, str], str] = lambda _session, _picture: ""
        """Tells the name of a page that shows a picture, '' where none does; the pages say so."""

    @needs(Act.DRAFT)
    def add(self, data: bytes, name: str, ratio: tuple[int, int] | None = None) -> Picture:
        """Keep a picture in every width and return it; one that is kept already, cut alike, is returned as it is.

        Takes up to some seconds: call it off the screen's thread.

        Args:
            data: The file: JPEG or PNG.
            name: What the shop calls it.
            ratio: Width to height it is cut to; None leaves it whole.

        Raises:
            PictureError: the file is no picture that can be sent.
        """
        sha = hashlib.sha256(repr(ratio).encode() + data).hexdigest()
        with self._database.read() as session:
            known = session.scalar(select(MessagePictureRow).where(MessagePictureRow.sha256 == sha))
            if known is not None:
                return _picture(known)
        made = sized(data, _ROOMS, ratio)
        with self._database.write() as session:
            kept = self._insert(session, japanese.tidy(name), sha, made)
        self._changes.tell(Topic.MESSAGES)
        return kept

    def _insert(self, session: Session, name: str, sha: str, made: builtins.list[Sized]) -> Picture:
        known = session.scalar(select(MessagePictureRow).where(MessagePictureRow.sha256 == sha))
        if known is not None:
            return _picture(known)
        picture = secrets.token_urlsafe(_ID_BYTES)
        widest = made[-1]
        row = MessagePictureRow(
            picture_id=picture,
            name=name,
            width=widest.width,
            height=widest.height,
            sha256=sha,
            created_at=self._clock.now(),
        )
        session.add(row)
        session.flush()
        sizes = [{"picture_id": picture, "width": one.width, "media": one.media, "data": one.data} for one in made]
        session.execute(insert(MessagePictureSizeRow), sizes)
        self._staff.record(session, "add", "picture", [picture])
        return _picture(row)

    @needs(Act.DRAFT)
    def list(self) -> builtins.list[Picture]:
        """Return every picture, the newest first."""
        order = (MessagePictureRow.created_at.desc(), MessagePictureRow.picture_id)
        with self._database.read() as session:
            return [_picture(row) for row in session.scalars(select(MessagePictureRow).order_by(*order))]

    def get(self, picture: str) -> Picture:
        """Return a picture. Raises NotFoundError."""
        with self._database.read() as session:
            return _picture(_row(session, picture))

    def read(self, picture: str, width: int) -> tuple[str, bytes]:
        """Return the media type and the bytes of a picture in one width.

        Raises:
            NotFoundError: there is no such picture, or not in that width.
        """
        with self._database.read() as session:
            found = session.get(MessagePictureSizeRow, (picture, width))
            if found is None:
                raise _no_picture()
            return found.media, found.data

    @needs(Act.DRAFT)
    def delete(self, picture: str) -> None:
        """Remove a picture for good; where it was sent and not looked at yet, nothing is seen any more.

        Raises:
            NotFoundError: there is none.
            InvalidInputError: a template, a coupon, a QR code, a survey or a page shows it.
        """
        with self._database.write() as session:
            _row(session, picture)
            session.expunge_all()
            shown = MessageTemplateRow.messages.contains(f"media:{picture}", autoescape=True)
            using = session.scalar(
                select(MessageTemplateRow.name).where(shown, MessageTemplateRow.deleted_at.is_(None))
            )
            if using is not None:
                raise InvalidInputError(
                    _("The template “{name}” shows this picture. Change it first.").format(name=using)
                )
            coupon = session.scalar(
                select(CouponRow.name).where(CouponRow.picture == picture, CouponRow.state != "closed")
            )
            if coupon is not None:
                raise InvalidInputError(
                    _("The coupon “{name}” shows this picture. Change it first.").format(name=coupon)
                )
            place = session.scalar(
                select(SourceRow.name).where(or_(SourceRow.picture == picture, SourceRow.logo == picture))
            )
            if place is not None:
                raise InvalidInputError(
                    _("The QR code of “{name}” shows this picture. Change it first.").format(name=place)
                )
            row = SurveyRow
            asked = row.live.contains(picture, autoescape=True) | row.draft.contains(picture, autoescape=True)
            survey = session.scalar(select(row.name).where(asked, row.state != "closed"))
            if survey is not None:
                raise InvalidInputError(
                    _("The survey “{name}” shows this picture. Change it first.").format(name=survey)
                )
            page = self.shown_by(session, picture)
            if page:
                raise InvalidInputError(_("The page “{name}” shows this picture. Change it first.").format(name=page))
            session.execute(delete(MessagePictureRow).where(MessagePictureRow.picture_id == picture))
            self._staff.record(session, "delete", "picture", [picture])
        self._changes.tell(Topic.MESSAGES)


def _row(session: Session, picture: str) -> MessagePictureRow:
    row = session.get(MessagePictureRow, picture)
    if row is None:
        raise _no_picture()
    return row


def _no_picture() -> NotFoundError:
    return NotFoundError(_("There is no such picture (any more). Choose another one."))


def _picture(row: MessagePictureRow) -> Picture:
    return Picture(row.picture_id, row.name, row.width, row.height, row.created_at)
