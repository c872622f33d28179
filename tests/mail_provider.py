"""A mail provider on loopback for tests: real SMTP, which can be told what to answer and where to hang up."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from shopdesk.customers import NewCustomer
from shopdesk.mail import Account
from shopdesk.secrets import MAIL_PASSWORD
from shopdesk.segments import AllOf
from shopdesk.shop import Shop

USER, PASSWORD = "shop", "secret"
IDENTITY = {
    "shop_name": "みほん洋菓子店",
    "mail_address": "info@mihon.example.jp",
    "shop_address": "京都府京都市中京区河原町1-2-3",
    "shop_contact": "075-000-0000",
}


class Provider:
    """Takes letters into `taken`. `rcpt` and `data` are answers instead of yes; `hang_up` names where to break off."""

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
    right = mechanism in {"LOGIN", "PLAIN"} and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def running() -> Iterator[tuple[Provider, Account]]:
    """Run a provider and give it with the account that it knows."""
    provider = Provider()
    controller = Controller(
        provider, hostname="127.0.0.1", port=free_port(), authenticator=_signs_in, auth_require_tls=False
    )
    controller.start()
    try:
        yield provider, Account("127.0.0.1", controller.port, "none", USER, PASSWORD)
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port of loopback on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def prepared(shop: Shop, account: Account) -> Shop:
    """Return the shop as one that may mail, with three people who agreed to it and one who did not."""
    for key, value in IDENTITY.items():
        shop.settings.set(key, value)
    server = {"host": account.host, "port": account.port, "security": "none", "user": account.user}
    for key, value in server.items():
        shop.settings.set(f"mail_{key}", str(value))
    shop.secrets.set(MAIL_PASSWORD, account.password)
    for number in range(4):
        made = shop.customers.add(NewCustomer(name=f"見本 {number}", email=f"mihon{number}@example.com"))
        if number < 3:
            shop.customers.consents.set(made.id, "mail", on=True, how="page", wording="新作のお知らせを受け取る")
    shop.segments.save("みんな", AllOf(()))
    return shop
