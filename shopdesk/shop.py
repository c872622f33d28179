"""The shop: one plain object with one attribute per feature, and the only place where they are wired together."""

from __future__ import annotations

import asyncio
import os
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import backup, encryption, homes, i18n, inbox, logs, migrate, paths
from shopdesk.assistant import Assistant, sound_address
from shopdesk.broadcasts import BroadcastPart, Broadcasts
from shopdesk.cards import Cards, Issued
from shopdesk.changes import Changes, Topic
from shopdesk.clock import SystemClock
from shopdesk.coupons import CouponPart, Coupons
from shopdesk.customers import Customers
from shopdesk.database import Database, OfflineError
from shopdesk.errors import ShopDeskError
from shopdesk.events import Events
from shopdesk.exports import Exports
from shopdesk.friends import FriendPart, Friends, NoFixedAddressError
from shopdesk.i18n import _
from shopdesk.imports import BeforeImages, Imports
from shopdesk.leases import Leases
from shopdesk.line import Bot, Line, LineEvent, LoginKeys, SignedIn, add_friend, typed_for_them
from shopdesk.links import LinkPart, Links
from shopdesk.mail import Account, Mail
from shopdesk.mailings import MailingPart, Mailings
from shopdesk.messages import Messages
from shopdesk.orders import Orders
from shopdesk.qr.files import styled
from shopdesk.quarantine import Installation
from shopdesk.secrets import (
    ASSISTANT_KEY,
    DATABASE_KEY,
    LINE_CHANNEL_ID,
    LINE_CHANNEL_SECRET,
    LINE_LOGIN_ID,
    LINE_LOGIN_SECRET,
    MAIL_PASSWORD,
    Secrets,
)
from shopdesk.segments import Segments
from shopdesk.settings import Settings
from shopdesk.staff import OWNER, Act, Staff, needs
from shopdesk.talks import TalkPart, Talks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.links import Source
    from shopdesk.qr import Code
    from shopdesk.staff import Actor
    from shopdesk.talks import Hearing

_MOST_WAITING = 100_000
_LOGO_WIDTH = 240


class AnotherAccountError(ShopDeskError):
    """Keys of another LINE account than the one whose friends are here."""

    code = "another_account"


class OtherProviderError(ShopDeskError):
    """Whoever signs in has another user id there than for the shop's account."""

    code = "other_provider"


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
        self.customers = Customers(database, self.staff, self.changes, clock)
        self.orders = Orders(database, clock, self.staff)
        self.segments = Segments(database, self.staff, self.changes, clock)
        self.exports = Exports(database, clock, self.staff, self.changes, self.segments)
        self.messages = Messages(database, self.staff, self.changes, clock, self.settings)
        self.line = Line(secrets, self.installation, clock)
        self.events = Events(database, clock)
        self.friends = Friends(
            database,
            clock,
            self.staff,
            self.changes,
            line=self.line,
            customers=self.customers,
            settings=self.settings,
            account=self.mail_account,
        )
        self.coupons = Coupons(database, clock, self.staff, self.changes, line=self.line, settings=self.settings)
        self.cards = Cards(
            database,
            clock,
            self.staff,
            self.changes,
            customers=self.customers,
            coupons=self.coupons,
            journal=home.journal,
            settings=self.settings,
        )
        self.links = Links(database, clock, self.staff, self.changes, line=self.line, settings=self.settings)
        self.broadcasts = Broadcasts(
            database,
            clock,
            self.staff,
            self.changes,
            line=self.line,
            leases=self.leases,
            installation=self.installation,
            settings=self.settings,
            segments=self.segments,
            coupons=self.coupons,
            links=self.links,
        )
        self.mailings = Mailings(
            database,
            clock,
            self.staff,
            self.changes,
            leases=self.leases,
            installation=self.installation,
            settings=self.settings,
            segments=self.segments,
            account=self.mail_account,
        )
        self.talks = Talks(
            database,
            clock,
            self.staff,
            self.changes,
            line=self.line,
            installation=self.installation,
            settings=self.settings,
            messages=self.messages,
            cards=self.cards,
            coupons=self.coupons,
            links=self.links,
            assistant=self.assistant,
        )
        # Broadcasts, talks and links read whose friend is who, so they come before the friends.
        self.customers.parts = (
            self.orders,
            BeforeImages(),
            self.cards.part,
            BroadcastPart(),
            MailingPart(),
            TalkPart(),
            CouponPart(),
            LinkPart(),
            FriendPart(self.customers, self.events),
        )
        self.customers.after_erasing = (self.talks.purge, self._erase_from_inbox)
        self.imports = Imports(database, home, clock, self.staff, self.changes)

    @needs(Act.MANAGE)
    def back_up(self, file: Path | None = None) -> tuple[Path, int]:
        """Write a checked backup to `file`, by default into the home's own folder; return the file and its rows."""
        if file is None:
            homes.make(self.home)  # its folder may have been thrown away meanwhile
            file = backup.automatic_file(self.database, self.home, self.clock, why="by-hand")
        with self._inbox_in_it():
            rows = backup.make(self.database, file)
        with self.database.write() as session:
            self.staff.record(session, "back up", "shop")
        return file, rows

    def take_back_inbox(self) -> None:
        """After a restore: let the next gateway work off what the backup brought along, and what came since it was made."""
        with inbox.opened(self.home.inbox, self.database.key) as bodies:
            self.events.give_back(bodies)

    @contextmanager
    def _inbox_in_it(self) -> Iterator[None]:
        """Let a backup hold what LINE sent and nobody has worked off yet."""
        waiting: list[inbox.Stored] = []
        if self.home.inbox.exists():
            with inbox.opened(self.home.inbox, self.database.key) as bodies:
                waiting = bodies.waiting(_MOST_WAITING)
        if waiting:
            self.events.lay_in(waiting)
        yield
        if waiting:
            self.events.lay_in([])

    @needs(Act.MANAGE)
    def connect_line(self, channel_id: str, channel_secret: str) -> Bot:
        """Check the channel's keys with LINE, then keep them; return who the account is.

        Raises:
            LineError: LINE does not accept them or cannot be reached; nothing was kept.
            AnotherAccountError: they are good, but another account's than before; nothing was kept.
            KeyRingError: they are good, and this computer has no key ring to keep them in.
        """
        typed = {LINE_CHANNEL_ID: channel_id.strip(), LINE_CHANNEL_SECRET: channel_secret.strip()}
        with closing(Line(Secrets(self.home.path.name, typed), self.installation, self.clock)) as tried:
            bot = tried.bot()
        self.require_own_account(bot)
        self._keep_line(typed)
        return bot

    @needs(Act.RECEIVE)
    def learn_account(self, bot: Bot) -> None:
        """Keep who the LINE account is, as LINE says it."""
        for key, said in {"line_bot": bot.user_id, "line_basic_id": bot.basic_id}.items():
            if self.settings.get(key) != said:
                self.settings.set(key, said)

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

    def login_keys(self) -> LoginKeys | None:
        """Return what signs people in with LINE, None where the shop has no LINE Login channel. Raises KeysFileError, KeyRingError."""
        channel, secret = self.secrets.get(LINE_LOGIN_ID), self.secrets.get(LINE_LOGIN_SECRET)
        return LoginKeys(channel, secret) if channel and secret else None

    @needs(Act.MANAGE)
    def connect_login(self, channel_id: str, secret: str) -> None:
        """Let people sign in with LINE by this channel from the gateway's next start on; two empty texts end that. Raises KeyRingError."""
        for name, value in {LINE_LOGIN_ID: channel_id.strip(), LINE_LOGIN_SECRET: secret.strip()}.items():
            self.secrets.set(name, value)
        with self.database.write() as session:
            self.staff.record(session, "set" if channel_id.strip() else "clear", "line login keys")
        self.changes.tell(Topic.SETTINGS)

    @needs(Act.SERVE_PAGE)
    def sign_in(self, who: SignedIn, *, source: str = "", card: str = "") -> bool:
        """Know a friend who signed in with LINE: by which source they came, and by a link on their card which customer they are.

        Returns whether they are linked with a customer now.

        Raises:
            OtherProviderError: the account does not know them: the Login channel belongs to somebody else.
            NotFoundError: there is no such source.
            LineError: LINE cannot be asked.
        """
        if all(profile is None for _user, profile in self.line.profiles([who.user_id])):
            raise OtherProviderError(
                _("The LINE Login channel is of another provider than the account. Make one under the same provider.")
            )
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

    def require_own_account(self, bot: Bot) -> None:
        """Be sure that keys belong to the account that this shop has had. Raises AnotherAccountError."""
        if self.settings.get("line_bot") not in {"", bot.user_id}:
            raise AnotherAccountError(
                _(
                    "These keys belong to another account than before: {name}. Enter the keys of your own account. If you have "
                    "changed accounts, end the connection first, then connect again."
                ).format(name=bot.name)
            )

    @needs(Act.MANAGE)
    def disconnect_line(self) -> None:
        """Take the channel's keys out of the key ring; the next ones may be another account's. Raises KeyRingError."""
        self._keep_line({LINE_CHANNEL_ID: "", LINE_CHANNEL_SECRET: ""})
        known = self.settings.all()
        for key, nothing in {"line_bot": "", "line_basic_id": "", "line_redelivers": "off"}.items():
            if known[key]:
                self.settings.set(key, nothing)

    def _keep_line(self, keys: Mapping[str, str]) -> None:
        for name, value in keys.items():
            self.secrets.set(name, value)
        self.line.tokens.forget()
        with self.database.write() as session:
            self.staff.record(session, "set" if all(keys.values()) else "clear", "line keys")
        self.changes.tell(Topic.SETTINGS)

    def assistant(self) -> Assistant | None:
        """Return the assistant that answers what no rule does, None where the shop has none. Raises KeysFileError, KeyRingError."""
        found = self.settings.all()
        if not found["assistant_url"]:
            return None
        key = self.secrets.get(ASSISTANT_KEY) or ""
        return Assistant(str(found["assistant_url"]), key, str(found["assistant_model"]))

    @needs(Act.MANAGE)
    def connect_assistant(self, assistant: Assistant | None) -> None:
        """Let this assistant answer what no rule does, from now on; None for nobody. Its key goes into the key ring.

        Raises InvalidInputError, KeyRingError: nothing was kept.
        """
        address = sound_address(assistant.url) if assistant else ""
        key = assistant.key if assistant else ""
        if key != (self.secrets.get(ASSISTANT_KEY) or ""):
            self.secrets.set(ASSISTANT_KEY, key)
        if assistant is not None:
            self.settings.set("assistant_model", assistant.model)
        self.settings.set("assistant_url", address)

    def mail_account(self) -> Account:
        """Return the shop's account with its mail provider, as it is set. Raises KeysFileError, KeyRingError."""
        found = self.settings.all()
        return Account(
            str(found["mail_host"]),
            int(found["mail_port"]),
            str(found["mail_security"]),  # type: ignore[arg-type]
            str(found["mail_user"]),
            self.secrets.get(MAIL_PASSWORD) or "",
        )

    @needs(Act.MANAGE)
    def connect_mail(self, account: Account) -> None:
        """Sign in at the mail server, then keep the account.

        Raises:
            MailError: it cannot be reached or does not let the shop in; nothing was kept.
            KeyRingError: it does, and this computer has no key ring to keep the password in.
        """
        asyncio.run(Mail(account).check())
        self.secrets.set(MAIL_PASSWORD, account.password)
        kept = {"host": account.host, "port": account.port, "security": account.security, "user": account.user}
        for name, value in kept.items():
            self.settings.set(f"mail_{name}", str(value))

    def backups(self) -> list[backup.Kept]:
        """Return the backups in the home's own folder, the newest first."""
        return backup.kept(self.home)

    def key_state(self) -> encryption.KeyState:
        """Return whether the data has a key, and whether one can be set here. Raises KeysFileError, KeyRingError."""
        on_sqlite, place = self.database.on_sqlite, self.secrets.place(DATABASE_KEY)
        return encryption.KeyState(
            on_sqlite,
            keyed=bool(self.database.key),
            place=place,
            may_set=on_sqlite and self.secrets.lasting and (place != "nowhere" or self.secrets.can_keep),
            plain_backups=sum(one.plain for one in self.backups()),
        )

    @needs(Act.MANAGE)
    def key_to_set(self) -> str:
        """Return the key that `encrypt_shop` is to put on the data: one that is kept already, or a new one."""
        return self.secrets.get(DATABASE_KEY) or encryption.new_key()

    @needs(Act.MANAGE)
    def replace_plain_backups(self) -> int:
        """Make a backup with the key, then delete those in the home's folder that have none; return how many these were.

        Raises:
            BackupError: the new one could not be made; nothing was deleted.
        """
        plain = [one.file for one in self.backups() if one.plain]
        if not self.database.key:
            return 0
        self.back_up()
        for file in plain:
            file.unlink(missing_ok=True)
        with self.database.write() as session:
            self.staff.record(session, "delete", "plain backups")
        return len(plain)

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
    folder = paths.Home(Path(home) if home else paths.default_home())
    url = os.environ.get("SHOPDESK_DATABASE_URL")
    if not url:
        homes.require_local_folder(folder.path)
    homes.make(folder)
    logs.start(folder.logs)
    clock = clock or SystemClock()
    kept = Secrets(folder.name, secrets)
    database = Database.at(url) if url else _open_file(folder, kept)
    try:
        migrate.upgrade(database, folder, clock)
        shop = Shop(folder, database, kept, clock, actor)
        shop.installation.arrive()
        i18n.set_language(str(shop.settings.get("language")) or i18n.system_language())
    except BaseException:
        database.close()
        raise
    return shop


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
