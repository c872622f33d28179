"""The shop: one plain object with one attribute per feature, and what several of them do together."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import backup, encryption, homes, i18n, inbox, logs, migrate, paths
from shopdesk.changes import Topic
from shopdesk.clock import SystemClock
from shopdesk.database import Database, OfflineError
from shopdesk.friends import NoFixedAddressError, require_same_provider
from shopdesk.line import LineEvent, SignedIn, add_friend, typed_for_them
from shopdesk.qr.files import styled
from shopdesk.secrets import DATABASE_KEY, Secrets
from shopdesk.services import Services
from shopdesk.staff import OWNER, Act, needs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.cards import Issued
    from shopdesk.clock import Clock
    from shopdesk.links import Source
    from shopdesk.qr import Code
    from shopdesk.staff import Actor
    from shopdesk.talks import Hearing


_LOGO_WIDTH = 240


class Shop(Services):
    """Everything one shop has. Desktop, gateway and command line all get the same one and speak it."""

    def arrive(self) -> None:
        """Bring the data up to date and speak the shop's language. Before this only a till's journal is written.

        Raises:
            DatabaseError: the database cannot be opened; OfflineError: it cannot be reached just now.
            NewerDatabaseError: a newer ShopDesk made it.
        """
        migrate.upgrade(self.database, self.home, self.clock)
        self.installation.arrive()
        i18n.set_language(str(self.settings.get("language")) or i18n.system_language())

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
            gifts = self.surveys.answering.giving.thanks(one.friend_id) if one.linked else []
            self.talks.say(one.friend_id, "\n\n".join([one.words, *gifts]), "linking")

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
