"""The door to SMTP against a real server on loopback: what is taken, refused, put off, and what nobody can know."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from shopdesk.mail import Account, Mail, MailError, Posted
from tests.mail_provider import Provider, free_port, running

LETTER = b"From: shop@example.com\r\nTo: a@example.com\r\nSubject: x\r\n\r\nHello\r\n"


@pytest.fixture
def provider() -> Iterator[tuple[Provider, Account]]:
    with running() as found:
        yield found


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

    asyncio.run(Mail(account).check())
    with pytest.raises(MailError, match="password"):
        asyncio.run(Mail(wrong).check())


def test_nobody_there_is_no_fault_of_the_letter() -> None:
    assert _post(Account("127.0.0.1", free_port(), "starttls", "shop", "secret"))[0].kind == "later"


def test_a_password_never_goes_out_unencrypted() -> None:
    posted = _post(Account("mail.example.com", 25, "none", "shop", "secret"))[0]
    assert posted == Posted("account", None, "plain")
