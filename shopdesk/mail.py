"""The door to SMTP: one connection to the shop's mail provider, which takes stored bytes and says what became of them."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, get_args

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    import aiosmtplib

TIMEOUT_S = 30.0
Security = Literal["starttls", "tls", "none"]
SECURITIES: tuple[str, ...] = get_args(Security)
# RFC 5321, 4.2.1: 421 closes the connection, 4yz asks to come again, 5yz refuses for good. 530–538 are about signing in.
_SIGN_IN = frozenset({530, 534, 535, 538})
# Refusals of one address or one letter; every other 5yz before the letter is about the shop's account.
_OF_ONE = frozenset({550, 551, 552, 553, 554, 556})

# Where some providers take letters (their help pages, 2026): by the part of the address after the @.
SERVERS = {
    "gmail.com": ("smtp.gmail.com", 465, "tls"),
    "icloud.com": ("smtp.mail.me.com", 587, "starttls"),
    "me.com": ("smtp.mail.me.com", 587, "starttls"),
    "nifty.com": ("smtp.nifty.com", 465, "tls"),
    "outlook.com": ("smtp-mail.outlook.com", 587, "starttls"),
    "outlook.jp": ("smtp-mail.outlook.com", 587, "starttls"),
    "yahoo.co.jp": ("smtp.mail.yahoo.co.jp", 465, "tls"),
}


class MailError(ShopDeskError):
    """The mail provider cannot be reached or does not let the shop in."""

    code = "mail"


@dataclass(frozen=True, slots=True)
class Account:
    """The shop's account with its mail provider."""

    host: str
    port: int
    security: Security
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one letter.

    `kind`: `taken` by the provider; `refused` for good; `later`: surely not taken, come again; `account`: surely not
    taken, and no letter of this account will be; `unsure`: the connection broke after the letter was out.
    """

    kind: Literal["taken", "refused", "later", "account", "unsure"]
    code: int | None = None
    said: str = ""


class Mail:
    """One kept connection; use it as `async with`. Letters go one after the other, as providers want it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._client: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Self:
        """Connect lazily: the first letter does it."""
        return self

    async def __aexit__(self, *_how: object) -> None:
        """Say goodbye."""
        await self._leave()

    async def check(self) -> None:
        """Sign in and out again.

        Raises:
            MailError: with a sentence that says what to look at.
        """
        problem = await self._enter()
        await self._leave()
        if problem is not None:
            raise MailError(problem_sentence(problem))

    async def post(self, sender: str, to: str, letter: bytes) -> Posted:
        """Hand over one letter as it is. Never raises for the network."""
        import aiosmtplib  # noqa: PLC0415 - only a process that mails pays for loading it

        problem = await self._enter()
        if problem is not None:
            return problem
        client = self._client
        assert client is not None  # noqa: S101 - `_enter` succeeded
        out = False
        try:
            await client.mail(sender)
            await client.rcpt(to)
            out = True
            answer = await client.data(letter)
        except aiosmtplib.SMTPResponseException as error:
            await self._reset()
            return refusal(error.code, error.message)
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            await self._leave()
            return Posted("unsure" if out else "later", None, str(error))
        return Posted("taken", answer.code, answer.message)

    async def _enter(self) -> Posted | None:
        """Be connected and signed in; else why not."""
        account = self._account
        if self._client is not None and self._client.is_connected:
            return None
        if account.security == "none" and not is_loopback(account.host):
            return Posted("account", None, "plain")
        import aiosmtplib  # noqa: PLC0415

        client = aiosmtplib.SMTP(
            hostname=account.host,
            port=account.port,
            use_tls=account.security == "tls",
            start_tls=account.security == "starttls",
            username=account.user or None,
            password=account.password or None,
            timeout=TIMEOUT_S,
        )
        try:
            await client.connect()
        except aiosmtplib.SMTPResponseException as error:
            return refusal(error.code, error.message)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            return _no_connection(error)
        self._client = client
        return None

    async def _reset(self) -> None:
        """Be ready for the next letter, or for a new connection."""
        import aiosmtplib  # noqa: PLC0415

        try:
            if self._client is not None:
                await self._client.rset()
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            await self._leave()

    async def _leave(self) -> None:
        import aiosmtplib  # noqa: PLC0415

        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            client.close()


def _no_connection(error: Exception) -> Posted:
    chain: list[BaseException | None] = [error, error.__cause__, error.__context__]
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return Posted("account", None, f"tls: {error}")
    return Posted("later", None, str(error))


def is_loopback(host: str) -> bool:
    """Tell whether a host is this computer: only there a letter may go unencrypted."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def refusal(code: int, said: str) -> Posted:
    """Read an answer that is no yes."""
    if code in _SIGN_IN:
        return Posted("account", code, said)
    if code in _OF_ONE:
        return Posted("refused", code, said)
    return Posted("account" if code >= 500 else "later", code, said)  # noqa: PLR2004 - SMTP's own border


def problem_sentence(problem: Posted) -> str:
    """Say why the provider does not take letters, and what to look at."""
    if problem.said == "plain":
        return _("Without encryption a password could be read on the way. Choose STARTTLS or TLS in the mail settings.")
    if problem.said.startswith("tls"):
        return _("The encrypted connection to the mail server failed. Look at the server's name and the port.")
    if problem.kind == "account" and problem.code in _SIGN_IN:
        return _("The mail server does not know this user or password. Correct them in the mail settings.")
    if problem.code is not None:
        return _("The mail server refuses: {said} ({code}). Ask your mail provider.").format(
            said=problem.said.splitlines()[0] if problem.said else "", code=problem.code
        )
    return _("The mail server cannot be reached. Look at the internet connection, the server's name and the port.")
