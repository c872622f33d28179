"""The sites whose members sign in with LINE: registered, changed, given another secret, taken away."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, select

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.friends import NoFixedAddressError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.japanese import tidy
from shopdesk.member_sites import keys, snippets
from shopdesk.member_sites.addresses import issuer, returns_of
from shopdesk.member_sites.linking import Linking
from shopdesk.member_sites.records import Conflict, MemberSite, Wanted
from shopdesk.member_sites.signing_in import Desk, SigningIn
from shopdesk.member_sites.tables import MemberLinkRow, MemberSignInRow, MemberSiteRow
from shopdesk.member_sites.wanting import checked
from shopdesk.secrets import SIGN_IN_KEY
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.friends import Friends
    from shopdesk.line import Line
    from shopdesk.member_sites.snippets import Language
    from shopdesk.secrets import Secrets
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

OVERLAP = timedelta(days=1)
"""So long after a renewal the secret before holds, too: the site gets the new one meanwhile."""


class NoKeyHereError(ShopDeskError):
    """The key from which the sites' secrets are made is not on this computer."""

    code = "no_sign_in_key"


class Registered(NamedTuple):
    """A site and its secret, which is told only now."""

    site: MemberSite
    secret: str


class MemberSites:
    """The sites of one shop; `signing_in` is what happens on them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        line: Line,
        secrets: Secrets,
        customers: Customers,
        friends: Friends,
        settings: Settings,
    ) -> None:
        self._database, self._clock, self._staff, self._changes = database, clock, staff, changes
        self._secrets, self._settings = secrets, settings
        linking = Linking(staff, customers, friends)
        self.signing_in = SigningIn(Desk(database, clock, staff, changes, line, secrets, settings, linking))

    # Registering

    @needs(Act.MANAGE)
    def add(self, wanted: Wanted) -> Registered:
        """Register a site, and make its secret.

        Raises:
            InvalidInputError: what is said of it cannot be used, or another site has this name.
            NoKeyHereError: the key of the sites that are there is on another computer.
            KeyRingError: there is no place to keep a key.
        """
        wanted, root, now = checked(wanted), self._root(), self._clock.now()
        with self._database.write() as session:
            self._require_same(session, root)
            _require_free(session, wanted.name)
            row = MemberSiteRow(
                key=keys.new_site(),
                **_columns(wanted),
                generation=1,
                mark=keys.mark_of(root),
                made_at=now,
                renewed_at=now,
                previous_until=None,
            )
            session.add(row)
            session.flush()
            self._staff.record(session, "make", "member site", [row.id])
            made = self._site(session, row)
        self._changes.tell(Topic.MEMBER_SITES)
        return Registered(made, keys.secret_of(root, made.key, 1))

    @needs(Act.MANAGE)
    def change(self, site_id: int, wanted: Wanted) -> MemberSite:
        """Say it anew. Raises NotFoundError, InvalidInputError."""
        wanted = checked(wanted)
        with self._database.write() as session:
            row = _stored(session, site_id)
            _require_free(session, wanted.name, but=site_id)
            changed = [name for name, value in _columns(wanted).items() if getattr(row, name) != value]
            for name in changed:
                setattr(row, name, _columns(wanted)[name])
            session.flush()
            self._staff.record(session, "change", "member site", [site_id], changed)
            found = self._site(session, row)
        self._changes.tell(Topic.MEMBER_SITES)
        return found

    @needs(Act.MANAGE)
    def renew(self, site_id: int, *, at_once: bool = False) -> Registered:
        """Make another secret. The one before holds for a day, or ends `at_once`, where somebody may know it.

        Raises NotFoundError, NoKeyHereError, KeyRingError.
        """
        root, now = self._root(), self._clock.now()
        with self._database.write() as session:
            self._require_same(session, root)
            row = _stored(session, site_id)
            row.generation, row.renewed_at = row.generation + 1, now
            row.previous_until = None if at_once else now + OVERLAP
            session.flush()
            self._staff.record(session, "renew", "member site", [site_id], ["generation"])
            made, secret = self._site(session, row), keys.secret_of(root, row.key, row.generation)
        self._changes.tell(Topic.MEMBER_SITES)
        return Registered(made, secret)

    @needs(Act.MANAGE)
    def remove(self, site_id: int) -> None:
        """Take a site away: nobody signs in on it any more. Who is linked with which customer stays. Raises NotFoundError."""
        with self._database.write() as session:
            _stored(session, site_id)
            session.execute(delete(MemberSiteRow).where(MemberSiteRow.id == site_id))
            self._staff.record(session, "remove", "member site", [site_id])
        self._changes.tell(Topic.MEMBER_SITES)

    def _root(self) -> str:
        """Return the key from which secrets are made; a new one only where no site is registered yet."""
        with self._database.read() as session:
            fresh = session.scalar(select(MemberSiteRow.id).limit(1)) is None
        root = self._secrets.get(SIGN_IN_KEY)
        if root is None and fresh:
            root = keys.new_root()
            self._secrets.set(SIGN_IN_KEY, root)
        if root is not None and not keys.is_strong(root):
            raise InvalidInputError(
                _("The key “{name}” is too short. Put at least 32 random letters there.").format(name=SIGN_IN_KEY)
            )
        if root is None:
            raise _no_key()
        return root

    @staticmethod
    def _require_same(session: Session, root: str) -> None:
        marks = session.scalars(select(MemberSiteRow.mark).distinct())
        if any(one != keys.mark_of(root) for one in marks):
            raise _no_key()

    # Reading

    @needs(Act.MANAGE)
    def list(self) -> builtins.list[MemberSite]:
        """Return every site, the first registered first."""
        with self._database.read() as session:
            return [
                self._site(session, row) for row in session.scalars(select(MemberSiteRow).order_by(MemberSiteRow.id))
            ]

    @needs(Act.MANAGE)
    def find(self, name: str) -> MemberSite:
        """Return the site of this name. Raises NotFoundError."""
        with self._database.read() as session:
            row = session.scalar(select(MemberSiteRow).where(MemberSiteRow.name == tidy(name)))
            if row is None:
                raise _nothing()
            return self._site(session, row)

    @needs(Act.SEE_PEOPLE)
    def conflicts(self, site_id: int, limit: int = 200) -> builtins.list[Conflict]:
        """Return the sign-ins of the last 60 days that contradicted what is known, the latest first."""
        row, friend = MemberSignInRow, FriendRow
        chosen = (
            select(row.at, row.member, friend.id, friend.display_name, friend.customer_id)
            .join(friend, friend.id == row.friend_id)
            .where(row.site_id == site_id, row.result == "conflict")
            .order_by(row.at.desc(), row.id.desc())
            .limit(limit)
        )
        with self._database.read() as session:
            return [Conflict(*one) for one in session.execute(chosen)]

    # Building it into the site

    @needs(Act.MANAGE)
    def address(self, site: MemberSite) -> str:
        """Return where the site sends its members. Raises NoFixedAddressError."""
        found = self._settings.fixed_address()
        if not found:
            raise NoFixedAddressError(
                _("Signing in needs a fixed public address; a temporary one would soon lead nowhere. Set one first.")
            )
        return issuer(found, site.key)

    @needs(Act.MANAGE)
    def snippet(self, site: MemberSite, language: Language) -> str:
        """Return the program that the site builds in. The secret does not stand in it. Raises NoFixedAddressError."""
        return snippets.written(language, self.address(site), site.wanted.returns[0])

    @staticmethod
    def _site(session: Session, row: MemberSiteRow) -> MemberSite:
        members = select(func.count()).where(MemberLinkRow.site_id == row.id)
        against = select(func.count()).where(MemberSignInRow.site_id == row.id, MemberSignInRow.result == "conflict")
        return MemberSite(
            row.id,
            row.key,
            Wanted(row.name, row.cart, returns_of(row), row.tells_user_id),
            row.made_at,
            row.renewed_at,
            row.previous_until,
            session.scalar(members) or 0,
            session.scalar(against) or 0,
        )


def _columns(wanted: Wanted) -> dict[str, object]:
    return {
        "name": wanted.name,
        "cart": wanted.cart,
        "returns": json.dumps(wanted.returns),
        "tells_user_id": wanted.tells_user_id,
    }


def _stored(session: Session, site_id: int) -> MemberSiteRow:
    row = session.get(MemberSiteRow, site_id, with_for_update=True)
    if row is None:
        raise _nothing()
    return row


def _require_free(session: Session, name: str, but: int | None = None) -> None:
    taken = select(MemberSiteRow.id).where(MemberSiteRow.name == name, MemberSiteRow.id != (but or 0))
    if session.scalar(taken) is not None:
        raise InvalidInputError(_("There is a site “{name}” already. Give this one another name.").format(name=name))


def _nothing() -> NotFoundError:
    return NotFoundError(_("There is no such site (any more). `sign-in sites` shows all."))


def _no_key() -> NoKeyHereError:
    return NoKeyHereError(
        _(
            "The key of the sites' secrets is not on this computer. Do this where the first site was registered; if that is "
            "gone, remove all sites and register them again."
        )
    )
