"""Friends on the shop's pages: each gets an address of their own in the talk, which says who they are."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from shopdesk.errors import NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import N_, _, for_customers
from shopdesk.japanese import fold
from shopdesk.messages import actions, buttons, draft
from shopdesk.site import reading
from shopdesk.site.records import Guest
from shopdesk.site.tables import VisitorRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.messages import Draft
    from shopdesk.site.office import Office

POSTBACK = "shopdesk=pages"
"""The data of a button or of a rich menu that asks for the shop's pages."""
ASKS = "お店のページ"
"""What a friend sends to get their own address; the pages type it for them."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_WORDS = frozenset(map(fold, (ASKS, "予約ページ")))
_MOST = 5
"""So many of a friend's addresses are good, the newest: they asked for each, and may have several phones."""
_BYTES = 16


def asks_for_pages(said: str) -> bool:
    """Say whether a friend wrote that they want the shop's pages."""
    return fold(said) in _WORDS


class Visitors:
    """Who is known on the pages."""

    def __init__(self, office: Office) -> None:
        self._office, self._staff = office, office.staff

    @needs(Act.SERVE_PAGE)
    def of(self, token: str) -> Guest:
        """Return whose address has this in it. Raises NotFoundError."""
        row, friend = VisitorRow, FriendRow
        known = select(friend.id, friend.display_name).join(row, row.friend_id == friend.id)
        with self._office.database.read() as session:
            found = session.execute(known.where(row.token_hash == _hashed(token))).first() if _sound(token) else None
        if found is None:
            raise NotFoundError(_("This page is not to be seen (any more)."))
        return Guest(found.id, found.display_name)

    def token(self, session: Session, friend_id: int) -> str:
        """Make what stands in a friend's own address of the pages; the oldest of several is good no more."""
        row, token = VisitorRow, secrets.token_urlsafe(_BYTES)
        values = {"friend_id": friend_id, "token_hash": _hashed(token), "made_at": self._office.clock.now()}
        session.execute(insert(row).values(**values))
        newest = select(row.id).where(row.friend_id == friend_id).order_by(row.id.desc()).limit(_MOST)
        session.execute(delete(row).where(row.friend_id == friend_id, row.id.not_in(newest.scalar_subquery())))
        return token

    def invite(self, session: Session, friend_id: int) -> Draft | None:
        """Return the buttons that lead a friend to their own address; None where the shop shows no page.

        Raises:
            NoFixedAddressError: the shop has no address that stays.
        """
        try:
            shop = reading.live(session, "shop")
        except NotFoundError:
            return None
        base = self._office.settings.fixed_address()
        if not base:
            raise NoFixedAddressError(
                _("The shop's pages need a fixed public address. Set public_url in the settings first.")
            )
        own = f"{base}/me/{self.token(session, friend_id)}"
        said = for_customers(N_("The shop's page. Opened from here, it knows that it is you."))
        taps = [actions.open_link(for_customers(N_("Open the page")), own)]
        taps += [actions.open_link(for_customers(N_("See the news")), f"{own}/news")]
        if shop.content.reserves:
            taps += [actions.open_link(for_customers(N_("Ask for a reservation")), f"{own}/reserve")]
        return draft([buttons(said, said, taps)])


def _sound(token: str) -> bool:
    return TOKEN.fullmatch(token) is not None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
