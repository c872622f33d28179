"""Pages and what belongs to them, read from their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.site import following, parts
from shopdesk.site.records import Comment, Content, Page, Reservation, Wanted
from shopdesk.site.tables import CommentRow, LikeRow, PageRow, ReservationRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from shopdesk.site.records import Kind

_follows = PageRow.state == "follows"
_since = case((_follows, BroadcastRow.started_at), else_=PageRow.published_at)
_is_live = or_(PageRow.state == "published", and_(_follows, BroadcastRow.started_at.is_not(None)))


def columns(content: Content) -> dict[str, Any]:
    """Return what the row of a page holds of what it says."""
    return {
        "title": content.title,
        "parts": parts.written(content.parts),
        "menu": content.menu,
        "reserves": content.reserves,
        "answers": content.answers,
    }


def stored(session: Session, page_id: int) -> PageRow:
    """Return the row of a page, until the transaction ends nobody else's. Raises NotFoundError."""
    row = session.scalar(select(PageRow).where(PageRow.id == page_id).with_for_update())
    if row is None:
        raise NotFoundError(_("There is no page {id}. `pages list` shows all.").format(id=page_id))
    return row


def pages(session: Session, *kinds: Kind) -> list[Page]:
    """Return the pages of these kinds with their sums, the newest first; what is not to be seen yet before all."""
    order = (_since.is_not(None), _since.desc(), PageRow.id.desc())
    return [_page(one) for one in session.execute(_whole().where(PageRow.kind.in_(kinds)).order_by(*order))]


def page(session: Session, page_id: int) -> Page:
    """Return a page. Raises NotFoundError."""
    found = session.execute(_whole().where(PageRow.id == page_id)).first()
    if found is None:
        raise NotFoundError(_("There is no page {id}. `pages list` shows all.").format(id=page_id))
    return _page(found)


def live(session: Session, kind: Kind, key: str = "") -> Page:
    """Return the page of that kind, and with that key where there are several, if everybody may see it. Raises NotFoundError."""
    found = session.execute(
        _whole().where(PageRow.kind == kind, _is_live, *([PageRow.key == key] if key else []))
    ).first()
    if found is None:
        raise NotFoundError(_("This page is not to be seen (any more)."))
    return _page(found)


def news(session: Session, before: str, limit: int) -> list[Page]:
    """Return news that everybody may see, the newest first; `before` is the key of the last one of the page before, '' for none."""
    chosen = _whole().where(PageRow.kind == "news", _is_live)
    if before:
        last = session.execute(_whole().where(PageRow.key == before)).first()
        if last is None or _page(last).at is None:
            return []
        chosen = chosen.where(_older(_page(last)))
    return [_page(one) for one in session.execute(chosen.order_by(_since.desc(), PageRow.id.desc()).limit(limit))]


def _older(last: Page) -> ColumnElement[bool]:
    return or_(_since < last.at, and_(_since == last.at, PageRow.id < last.id))


def _whole() -> Select[Any]:
    row, said = PageRow, CommentRow
    likes = select(func.count()).select_from(LikeRow).where(LikeRow.page_id == row.id).scalar_subquery()
    comments = [
        select(func.count()).select_from(said).where(said.page_id == row.id, said.state == state).scalar_subquery()
        for state in ("shown", "waiting")
    ]
    return select(row, BroadcastRow.started_at, BroadcastRow.messages, likes, *comments).outerjoin(
        BroadcastRow, BroadcastRow.id == row.broadcast_id
    )


def _page(found: Row[Any]) -> Page:
    row, began, messages, likes, shown, waiting = tuple(found)
    title, said = row.title, parts.kept(row.parts)
    if row.state == "follows" and messages is not None:
        title, said = following.said(messages)
    at = {"published": row.published_at, "follows": began}.get(row.state)
    return Page(
        row.id,
        row.kind,
        Content(title, said, row.menu, row.reserves, row.answers),
        row.state,
        row.key,
        at,
        row.changed_at,
        row.broadcast_id,
        row.seen,
        likes,
        shown,
        waiting,
    )


def comments(session: Session, *which: ColumnElement[bool], limit: int, newest: bool = True) -> list[Comment]:
    """Return comments with the title of their news."""
    order = CommentRow.id.desc() if newest else CommentRow.id.asc()
    found = session.scalars(select(CommentRow).where(*which).order_by(order).limit(limit)).all()
    titles = {one: page(session, one).content.title for one in {row.page_id for row in found}}
    return [_comment(row, titles[row.page_id]) for row in found]


def _comment(row: CommentRow, title: str) -> Comment:
    return Comment(row.id, row.page_id, title, row.friend_id, row.name, row.text, row.state, row.at)


def reservations(session: Session, *which: ColumnElement[bool], limit: int) -> Sequence[Reservation]:
    """Return requests: those that wait first, who asked first before the others; then the others, the latest moment first."""
    row = ReservationRow
    waits = row.state.in_(("open", "offered"))
    order = (case((waits, 0), else_=1), case((waits, row.made_at), else_=None), row.at.desc(), row.id)
    return [reservation(one) for one in session.scalars(select(row).where(*which).order_by(*order).limit(limit))]


def reservation(row: ReservationRow) -> Reservation:
    """Return a request from its row."""
    wanted = Wanted(row.at, row.people, row.name, row.phone, row.mail, row.note)
    return Reservation(
        row.id, wanted, row.state, row.friend_id, row.offered_at, row.made_at, row.decided_at, row.decided_by
    )
