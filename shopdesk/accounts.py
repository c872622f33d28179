"""The shop's accounts elsewhere: LINE's, the mail provider's, the assistant's. What opens them lies in the key ring."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, cast

from shopdesk.assistant import Assistant, sound_address
from shopdesk.changes import Topic
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.line import Bot, Line, LoginKeys
from shopdesk.mail import Account, Mail
from shopdesk.secrets import (
    ASSISTANT_KEY,
    LINE_CHANNEL_ID,
    LINE_CHANNEL_SECRET,
    LINE_LOGIN_ID,
    LINE_LOGIN_SECRET,
    MAIL_PASSWORD,
    Secrets,
)
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.mail import Security
    from shopdesk.quarantine import Installation
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


class AnotherAccountError(ShopDeskError):
    """Keys of another LINE account than the one whose friends are here."""

    code = "another_account"


class Accounts:
    """Connects and disconnects them; the shop carries each verb as its own."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        secrets: Secrets,
        settings: Settings,
        installation: Installation,
        line: Line,
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self._secrets = secrets
        self._settings = settings
        self._installation = installation
        self._line = line

    @needs(Act.MANAGE)
    def connect_line(self, channel_id: str, channel_secret: str) -> Bot:
        """Check the channel's keys with LINE, then keep them; return who the account is.

        Raises:
            LineError: LINE does not accept them or cannot be reached; nothing was kept.
            AnotherAccountError: they are good, but another account's than before; nothing was kept.
            KeyRingError: they are good, and this computer has no key ring to keep them in.
        """
        typed = {LINE_CHANNEL_ID: channel_id.strip(), LINE_CHANNEL_SECRET: channel_secret.strip()}
        with closing(Line(Secrets("", typed), self._installation, self._clock)) as tried:
            bot = tried.bot()
        self.require_own_account(bot)
        self._keep_line(typed)
        return bot

    @needs(Act.RECEIVE)
    def learn_account(self, bot: Bot) -> None:
        """Keep who the LINE account is, as LINE says it."""
        for key, said in {"line_bot": bot.user_id, "line_basic_id": bot.basic_id}.items():
            if self._settings.get(key) != said:
                self._settings.set(key, said)

    def require_own_account(self, bot: Bot) -> None:
        """Be sure that keys belong to the account that this shop has had. Raises AnotherAccountError."""
        if self._settings.get("line_bot") not in {"", bot.user_id}:
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
        known = self._settings.all()
        for key, nothing in {"line_bot": "", "line_basic_id": "", "line_redelivers": "off"}.items():
            if known[key]:
                self._settings.set(key, nothing)

    def _keep_line(self, keys: Mapping[str, str]) -> None:
        for name, value in keys.items():
            self._secrets.set(name, value)
        self._line.tokens.forget()
        with self._database.write() as session:
            self._staff.record(session, "set" if all(keys.values()) else "clear", "line keys")
        self._changes.tell(Topic.SETTINGS)

    def login_keys(self) -> LoginKeys | None:
        """Return what signs people in with LINE, None where the shop has no LINE Login channel. Raises KeysFileError, KeyRingError."""
        channel, secret = self._secrets.get(LINE_LOGIN_ID), self._secrets.get(LINE_LOGIN_SECRET)
        return LoginKeys(channel, secret) if channel and secret else None

    @needs(Act.MANAGE)
    def connect_login(self, channel_id: str, secret: str) -> None:
        """Let people sign in with LINE by this channel; two empty texts end that. Raises KeyRingError."""
        for name, value in {LINE_LOGIN_ID: channel_id.strip(), LINE_LOGIN_SECRET: secret.strip()}.items():
            self._secrets.set(name, value)
        with self._database.write() as session:
            self._staff.record(session, "set" if channel_id.strip() else "clear", "line login keys")
        self._changes.tell(Topic.SETTINGS)

    def assistant(self) -> Assistant | None:
        """Return the assistant that answers what no rule does, None where the shop has none. Raises KeysFileError, KeyRingError."""
        found = self._settings.all()
        if not found["assistant_url"]:
            return None
        key = self._secrets.get(ASSISTANT_KEY) or ""
        return Assistant(str(found["assistant_url"]), key, str(found["assistant_model"]))

    @needs(Act.MANAGE)
    def connect_assistant(self, assistant: Assistant | None) -> None:
        """Let this assistant answer what no rule does, from now on; None for nobody. Its key goes into the key ring.

        Raises InvalidInputError, KeyRingError: nothing was kept.
        """
        address = sound_address(assistant.url) if assistant else ""
        key = assistant.key if assistant else ""
        if key != (self._secrets.get(ASSISTANT_KEY) or ""):
            self._secrets.set(ASSISTANT_KEY, key)
        if assistant is not None:
            self._settings.set("assistant_model", assistant.model)
        self._settings.set("assistant_url", address)

    def mail_account(self) -> Account:
        """Return the shop's account with its mail provider, as it is set. Raises KeysFileError, KeyRingError."""
        found = self._settings.all()
        return Account(
            str(found["mail_host"]),
            int(found["mail_port"]),
            cast("Security", found["mail_security"]),
            str(found["mail_user"]),
            self._secrets.get(MAIL_PASSWORD) or "",
        )

    @needs(Act.MANAGE)
    def connect_mail(self, account: Account) -> None:
        """Sign in at the mail server, then keep the account.

        Raises:
            MailError: it cannot be reached or does not let the shop in; nothing was kept.
            KeyRingError: it does, and this computer has no key ring to keep the password in.
        """
        asyncio.run(Mail(account).check())
        self._secrets.set(MAIL_PASSWORD, account.password)
        kept = {"host": account.host, "port": account.port, "security": account.security, "user": account.user}
        for name, value in kept.items():
            self._settings.set(f"mail_{name}", str(value))
