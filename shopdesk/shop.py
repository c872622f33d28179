"""The shop: one plain object with one attribute per feature, and the only place where they are wired together."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import backup, encryption, homes, i18n, inbox, logs, migrate, paths
from shopdesk.accounts import Accounts
from shopdesk.broadcasts import BroadcastPart, Broadcasts
from shopdesk.cards import Cards, Issued
from shopdesk.changes import Changes, Topic
from shopdesk.clock import SystemClock
from shopdesk.coupons import CouponPart, Coupons
from shopdesk.customers import Customers
from shopdesk.database import Database, OfflineError
from shopdesk.events import Events
from shopdesk.exports import Exports
from shopdesk.friends import FriendPart, Friends, NoFixedAddressError, require_same_provider
from shopdesk.imports import BeforeImages, Imports
from shopdesk.leases import Leases
from shopdesk.line import Line, LineEvent, SignedIn, add_friend, typed_for_them
from shopdesk.links import LinkPart, Links
from shopdesk.mailings import MailingPart, Mailings, mailed
from shopdesk.member_sites import MemberSitePart, MemberSites
from shopdesk.menus import MenuPart, Menus
from shopdesk.messages import Messages, draft, text
from shopdesk.orders import Orders
from shopdesk.qr.files import styled
from shopdesk.quarantine import Installation
from shopdesk.safekeeping import Safekeeping
from shopdesk.secrets import DATABASE_KEY, Secrets
from shopdesk.segments import Segments
from shopdesk.settings import Settings
from shopdesk.site import Site, SitePart
from shopdesk.staff import OWNER, Act, Staff, needs
from shopdesk.surveys import SurveyPart, Surveys
from shopdesk.talks import TalkPart, Talks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.links import Source
    from shopdesk.qr import Code
    from shopdesk.staff import Actor
    from shopdesk.talks import Hearing


_LOGO_WIDTH = 240


class Shop:
    """Everything one shop has. Desktop, gateway and command line all get the same one and speak it."""

    def __init__(self, home: paths.Home, database: Database, secrets: Secrets, clock: Clock, actor: Actor) -> None:
        self.home = home
        self.database = database
        self.secrets = secrets
        self.clock = clock
        self.changes = Changes()
        self.leases = Leases(database, home.locks, clock)
        self.installation = Installation(database, home.path, paths.instance_file(), clock)
        self.staff = self._staff = Staff(database, clock, actor, self.changes)
        self.settings = Settings(database, self.staff, self.changes)
        self.line = Line(secrets, self.installation, clock)
        self.events = Events(database, clock)
        self._make_offices()
        self._make_people()
        self._make_loyalty()
        self._make_messages()
        self._join_people()

    @property
    def _common(self) -> tuple[Database, Clock, Staff, Changes]:
        """What nearly every service asks for first."""
        return self.database, self.clock, self.staff, self.changes

    def _make_offices(self) -> None:
        """The accounts elsewhere, the backups and the key: their verbs are the shop's own."""
        accounts = Accounts(
            *self._common,
            secrets=self.secrets,
            settings=self.settings,
            installation=self.installation,
            line=self.line,
        )
        self.connect_line, self.disconnect_line = accounts.connect_line, accounts.disconnect_line
        self.learn_account, self.require_own_account = accounts.learn_account, accounts.require_own_account
        self.connect_mail, self.mail_account = accounts.connect_mail, accounts.mail_account
        self.connect_assistant, self.assistant = accounts.connect_assistant, accounts.assistant
        self.connect_login, self.login_keys = accounts.connect_login, accounts.login_keys
        safe = Safekeeping(
            self.database, self.clock, self.staff, home=self.home, secrets=self.secrets, events=self.events
        )
        self.back_up, self.backups, self.take_back_inbox = safe.back_up, safe.backups, safe.take_back_inbox
        self.key_state, self.key_to_set = safe.key_state, safe.key_to_set
        self.replace_plain_backups = safe.replace_plain_backups

    def _make_people(self) -> None:
        database, clock, staff, changes = self._common
        self.customers = Customers(database, staff, changes, clock)
        self.orders = Orders(database, clock, staff)
        self.segments = Segments(database, staff, changes, clock)
        self.imports = Imports(database, self.home, clock, staff, changes)
        self.friends = Friends(
            *self._common,
            line=self.line,
            customers=self.customers,
            settings=self.settings,
            account=self.mail_account,
        )

    def _make_loyalty(self) -> None:
        self.coupons = Coupons(*self._common, customers=self.customers, line=self.line, settings=self.settings)
        self.cards = Cards(
            *self._common,
            customers=self.customers,
            coupons=self.coupons,
            journal=self.home.journal,
            settings=self.settings,
            check_words=lambda said: draft([text(said)]),
        )
        self.surveys = Surveys(
            *self._common,
            customers=self.customers,
            coupons=self.coupons,
            cards=self.cards,
            settings=self.settings,
        )
        self.links = Links(*self._common, line=self.line, settings=self.settings)
        self.member_sites = MemberSites(
            *self._common,
            line=self.line,
            secrets=self.secrets,
            customers=self.customers,
            friends=self.friends,
            settings=self.settings,
        )
        self.exports = Exports(*self._common, segments=self.segments, surveys=self.surveys)

    def _make_messages(self) -> None:
        self.messages = Messages(self.database, self.staff, self.changes, self.clock, self.settings)
        self.broadcasts = Broadcasts(
            *self._common,
            line=self.line,
            leases=self.leases,
            installation=self.installation,
            settings=self.settings,
            segments=self.segments,
            coupons=self.coupons,
            links=self.links,
            mailed=mailed,
        )
        self.mailings = Mailings(
            *self._common,
            leases=self.leases,
            installation=self.installation,
            settings=self.settings,
            segments=self.segments,
            links=self.links,
            account=self.mail_account,
        )
        self.talks = Talks(
            *self._common,
            line=self.line,
            installation=self.installation,
            settings=self.settings,
            messages=self.messages,
            cards=self.cards,
            coupons=self.coupons,
            surveys=self.surveys,
            links=self.links,
            assistant=self.assistant,
        )
        self.menus = Menus(
            *self._common,
            line=self.line,
            leases=self.leases,
            installation=self.installation,
            segments=self.segments,
            coupons=self.coupons,
            surveys=self.surveys,
        )
        self.site = Site(*self._common, settings=self.settings, talks=self.talks)
        self.talks.machine.wishes.more = (self.site.grant,)
        self.messages.pictures.shown_by = self.site.shows

    def _join_people(self) -> None:
        """Tell the customers who else holds something about a person, who acts when a friend is linked, and what forgets the erased."""
        # Broadcasts, talks, pages, menus, surveys and links read whose friend is who, so they come before the friends.
        self.customers.parts = (
            self.orders,
            BeforeImages(),
            self.cards.part,
            BroadcastPart(),
            MailingPart(),
            SitePart(),
            TalkPart(),
            MenuPart(),
            SurveyPart(),
            CouponPart(),
            LinkPart(),
            MemberSitePart(),
            FriendPart(self.customers, self.events),
        )
        self.friends.when_linked(self.surveys.answering.adopting.of_friend)
        self.customers.erased.afterwards = (self.talks.purge, self._erase_from_inbox)

    def arrive(self) -> None:
        """Bring the data up to date and speak the shop's language. Before this only a till's journal is written.

        Raises:
            DatabaseError: the database cannot be opened; OfflineError: it cannot be reached just now.
            NewerDatabaseError: a newer ShopDesk made it.
        """
        migrate.upgrade(self.database, self.home, self.clock)
        self.installation.arrive()
        i18n.set_language(str(self.settings.get("language")) or i18n.system_language())

    def _erase_from_inbox(self) -> None:
        """Erase forgotten people from this home's inbox; a gateway elsewhere does it for its own."""
        if self.home.inbox.exists():
            with inbox.opened(self.home.inbox, self.database.key) as bodies:
                self.events.erase_from(bodies)

    @needs(Act.RECEIVE)
    def apply(self, events: Sequence[LineEvent]) -> dict[str, Exception]:
        """Let events of LINE have their effect on every feature; return what went wrong with single ones, by their ids."""
        if any(one.part("deliveryContext").get("isRedelivery") is True for one in events):
            self._note_redelivery()
        hearing = self.talks.machine.listen()
        failed = self.events.apply(events, partial(self._effect, hearing), self.talks.settle)
        self.talks.machine.heard(hearing)
        self.changes.tell(Topic.FRIENDS, Topic.CUSTOMERS, Topic.TALKS)
        return failed

    def _note_redelivery(self) -> None:
        """Keep that LINE delivers again: it tells no program that this is on, it only does it."""
        if not self.settings.get("line_redelivers"):
            self.settings.set("line_redelivers", "on")

    def _effect(self, hearing: Hearing, session: Session, event: LineEvent) -> int | None:
        """Return the friend whose talk has changed, None where none has."""
        friend = self.friends.apply(session, event)
        if friend is None:
            return None
        self.links.sources.arrive(session, event, friend)
        taken = self.talks.apply(session, event, friend)
        self.site.take(session, event, friend.friend_id)
        answered = hearing.hear(session, event, friend)
        return friend.friend_id if taken or answered else None

    @needs(Act.SCAN)
    def card_on_the_spot(self, nickname: str = "") -> tuple[Issued, str]:
        """Give somebody who is not known a card; return it with the address, '' for none, that makes them a friend.

        Where the shop has an address that stays, whoever opens it and sends what stands there is linked with the card at once.
        """
        issued, basic_id = self.cards.walk_in(nickname), str(self.settings.get("line_basic_id"))
        try:
            link = self.friends.proofs.make_card(issued.card.customer_id)
        except NoFixedAddressError:
            return issued, add_friend(basic_id) if basic_id else ""
        return issued, typed_for_them(basic_id, link.code) if basic_id else link.url

    @needs(Act.DESIGN)
    def friend_code(self, source: Source) -> Code:
        """Return the QR code of a source in its colour, with its logo; it was read back.

        Raises:
            UnreadableCodeError: it cannot be read with that logo.
            NotFoundError: the logo is not kept any more.
            NoFixedAddressError, LineError: nobody knows yet where it would lead.
        """
        said = source.wanted
        logo = self.messages.pictures.read(said.logo, _LOGO_WIDTH)[1] if said.logo else b""
        return styled(self.links.sources.address(source), said.colour, logo)

    @needs(Act.SERVE_PAGE)
    def sign_in(self, who: SignedIn, *, source: str = "", card: str = "") -> bool:
        """Know a friend who signed in with LINE: by which source they came, and by a link on their card which customer they are.

        Returns whether they are linked with a customer now.

        Raises:
            OtherProviderError: the account does not know them: the Login channel belongs to somebody else.
            NotFoundError: there is no such source.
            LineError: LINE cannot be asked.
        """
        require_same_provider(self.line, who.user_id)
        with self.database.write() as session:
            now = self.database.now(session, self.clock)
            friend = self.friends.signed_in(session, who, now)
            if source:
                self.links.sources.signed_in(session, source, friend, now)
            linked = self.friends.proofs.show_card(session, card, friend, now) if card else bool(friend.customer_id)
        self.changes.tell(Topic.FRIENDS, Topic.CUSTOMERS, Topic.LINKS)
        return linked

    @needs(Act.RECEIVE)
    def answer_linking(self) -> None:
        """Tell friends in their talks what became of their linking. Raises LineError, QuarantinedError."""
        for one in self.friends.proofs.to_tell():
            self.talks.say(one.friend_id, one.words, "linking")

    @needs(Act.MANAGE)
    def lift_quarantine(self) -> None:
        """Let a copied or restored home send again: the owner has looked at what would go out."""
        self.installation.lift(lambda session: self.staff.record(session, "lift", "quarantine"))

    def close(self) -> None:
        """Close the database; what this computer has seen is noted outside the home."""
        self.line.close()
        self.cards.offline.close()
        with suppress(OfflineError):  # what cannot be looked up is noted when the shop is open the next time
            self.installation.remember()
        self.database.close()


def open_shop(
    home: Path | None = None,
    *,
    clock: Clock | None = None,
    actor: Actor = OWNER,
    secrets: Mapping[str, str] | None = None,
) -> Shop:
    """Open a shop, making a new home on first use.

    Args:
        home: The folder; by default `SHOPDESK_HOME`, else the platform's folder for user data.
        clock: The time; the computer's own by default.
        actor: In whose name writes happen.
        secrets: All secrets there are, for a child process or a demo: then nothing else is asked for them.

    Raises:
        HomeRefusedError: the folder is on a network share, in a synced folder, or cannot be written.
        DatabaseError: the database cannot be opened.
        NewerDatabaseError: a newer ShopDesk made it.
        InUseError: its key is being set for longer than a minute.
    """
    shop = shop_at(home, clock=clock, actor=actor, secrets=secrets)
    try:
        shop.arrive()
    except BaseException:
        shop.database.close()
        raise
    return shop


def shop_at(
    home: Path | None = None,
    *,
    clock: Clock | None = None,
    actor: Actor = OWNER,
    secrets: Mapping[str, str] | None = None,
) -> Shop:
    """Return the shop of a home that has not arrived yet: a till may note visits while PostgreSQL cannot be reached. As `open_shop`."""
    folder = paths.Home(Path(home) if home else paths.default_home())
    url = os.environ.get("SHOPDESK_DATABASE_URL")
    if not url:
        homes.require_local_folder(folder.path)
    homes.make(folder)
    logs.start(folder.logs)
    kept = Secrets(folder.name, secrets)
    database = Database.at(url) if url else _open_file(folder, kept)
    return Shop(folder, database, kept, clock or SystemClock(), actor)


def _open_file(folder: paths.Home, kept: Secrets) -> Database:
    """Open the home's own file. One that is still plain although a key is kept (setting it was cut short) opens plain."""
    with encryption.opening(folder):
        database = Database.in_file(folder.database, backup.key_for(folder.database, kept.get(DATABASE_KEY)))
        try:
            migrate.current(database)  # a connection that stays: from now on whoever wants to be alone is not
            if database.key and folder.inbox.exists() and backup.is_plain(folder.inbox):
                inbox.encrypt(folder.inbox, database.key)  # the key was set since, or setting it was cut short
        except BaseException:
            database.close()
            raise
    return database
