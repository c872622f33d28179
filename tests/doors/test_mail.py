"""The door to SMTP against a real server on loopback: what is taken, refused, put off, and what nobody can know."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from shopdesk.mail import Account, Mail, MailError, Posted

LETTER = b"From: shop@example.com\r\nTo: a@example.com\r\nSubject: x\r\n\r\nHello\r\n"


class Provider:
    """A mail provider that can be told what to answer; `hang_up` breaks the connection at that place."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.rcpt = self.data = ""
        self.hang_up = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.hang_up == "rcpt":
            server.transport.abort()  # type: ignore[attr-defined]
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data:
            return self.data
        self.taken.append(envelope)
        if self.hang_up == "data":
            server.transport.abort()  # type: ignore[attr-defined]
        return "250 OK queued"


def _signs_in(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = mechanism in {"LOGIN", "PLAIN"} and data == LoginPassword(b"shop", b"secret")
    return AuthResult(success=right, handled=False)


@pytest.fixture
def provider() -> Iterator[tuple[Provider, Account]]:
    handler = Provider()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=_free(),
        authenticator=_signs_in,
        auth_require_tls=False,
    )
    controller.start()
    yield handler, Account("127.0.0.1", controller.port, "none", "shop", "secret")
    controller.stop()


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _post(account: Account, times: int = 1) -> list[Posted]:
    async def run() -> list[Posted]:
        async with Mail(account) as mail:
            return [await mail.post("shop@example.com", "a@example.com", LETTER) for _ in range(times)]

    return asyncio.run(run())


def test_letters_go_out_over_one_connection_as_they_are(provider: tuple[Provider, Account]) -> None:
    handler, account = provider
    assert [one.kind for one in _post(account, 3)] == ["taken"] * 3
    assert [one.content for one in handler.taken] == [LETTER] * 3
    assert {one.mail_from for one in handler.taken} == {"shop@example.com"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("550 no such user", "refused"),
        ("553 bad mailbox", "refused"),
        ("450 busy, come again", "later"),
        ("452 too many", "later"),
        ("503 not for you", "account"),
    ],
)
def test_what_the_provider_says_of_an_address(provider: tuple[Provider, Account], said: str, kind: str) -> None:
    handler, account = provider
    handler.rcpt = said
    assert [one.kind for one in _post(account, 2)] == [kind, kind]
    assert handler.taken == []


@pytest.mark.parametrize(("said", "kind"), [("554 looks like spam", "refused"), ("451 try again", "later")])
def test_what_the_provider_says_of_a_letter(provider: tuple[Provider, Account], said: str, kind: str) -> None:
    handler, account = provider
    handler.data = said
    assert _post(account)[0].kind == kind


def test_a_connection_that_breaks_before_the_letter_is_out_loses_nothing(provider: tuple[Provider, Account]) -> None:
    handler, account = provider
    handler.hang_up = "rcpt"
    assert _post(account)[0].kind == "later"


def test_a_connection_that_breaks_after_the_letter_is_out_leaves_it_open(provider: tuple[Provider, Account]) -> None:
    handler, account = provider
    handler.hang_up = "data"
    assert _post(account)[0].kind == "unsure"
    assert len(handler.taken) == 1


def test_a_wrong_password_is_the_accounts_matter(provider: tuple[Provider, Account]) -> None:
    _handler, account = provider
    wrong = Account(account.host, account.port, "none", "shop", "wrong")
    assert _post(wrong)[0].kind == "account"

    async def check(which: Account) -> None:
        async with Mail(which) as mail:
            await mail.check()

    asyncio.run(check(account))
    with pytest.raises(MailError, match="password"):
        asyncio.run(check(wrong))


def test_nobody_there_is_no_fault_of_the_letter() -> None:
    assert _post(Account("127.0.0.1", _free(), "starttls", "shop", "secret"))[0].kind == "later"


def test_a_password_never_goes_out_unencrypted() -> None:
    posted = _post(Account("mail.example.com", 25, "none", "shop", "secret"))[0]
    assert posted == Posted("account", None, "plain")
