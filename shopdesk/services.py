"""Every feature of one shop, made in order: the only place where they are wired together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk import inbox, paths
from shopdesk.accounts import Accounts
from shopdesk.automations import AutomationPart, Automations
from shopdesk.broadcasts import BroadcastPart, Broadcasts
from shopdesk.cards import Cards
from shopdesk.changes import Changes
from shopdesk.coupons import CouponPart, Coupons
from shopdesk.customers import Customers
from shopdesk.events import Events
from shopdesk.exports import Exports
from shopdesk.friends import FriendPart, Friends
from shopdesk.imports import BeforeImages, Imports
from shopdesk.leases import Leases
from shopdesk.line import Line
from shopdesk.links import LinkPart, Links
from shopdesk.mailings import MailingPart, Mailings, mailed
from shopdesk.member_sites import MemberSitePart, MemberSites
from shopdesk.menus import MenuPart, Menus
from shopdesk.messages import Messages, draft, text
from shopdesk.orders import Orders
from shopdesk.quarantine import Installation
from shopdesk.safekeeping import Safekeeping
from shopdesk.segments import Segments
from shopdesk.settings import Settings
from shopdesk.site import Site, SitePart
from shopdesk.staff import Staff
from shopdesk.surveys import SurveyPart, Surveys
from shopdesk.talks import TalkPart, Talks

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.secrets import Secrets
    from shopdesk.staff import Actor


class Services:
    """One attribute per feature, each made with those before it that it needs; `Shop` adds what several do together."""

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
        self.automations = Automations(*self._common, surveys=self.surveys, steps=self.broadcasts.steps)
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
        # Broadcasts, automations, talks, pages, menus, surveys and links read whose friend is who, so they come before the friends.
        self.customers.parts = (
            self.orders,
            BeforeImages(),
            self.cards.part,
            BroadcastPart(),
            MailingPart(),
            AutomationPart(),
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

    def _erase_from_inbox(self) -> None:
        """Erase forgotten people from this home's inbox; a gateway elsewhere does it for its own."""
        if self.home.inbox.exists():
            with inbox.opened(self.home.inbox, self.database.key) as bodies:
                self.events.erase_from(bodies)
