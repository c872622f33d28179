"""A gateway over real HTTP: a shop whose LINE is a rehearsal, the two of them on one computer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from shopdesk import gateway
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.staff import GATEWAY, OWNER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop

USER = "U" + "1" * 32


@dataclass
class Caller:
    """LINE, as the gateway sees it: signed bodies, posted."""

    gateway: gateway.Running
    secret: str
    shop: Shop

    def post(self, body: bytes, *, signature: bytes | None = None, path: str = "/webhook", method: str = "POST") -> int:
        """Post bytes under their signature, or another one; return the status."""
        parts = urlsplit(self.gateway.url)
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        try:
            line.putrequest(method, path)
            line.putheader("Content-Length", str(len(body)))
            line.putheader("x-line-signature", sign(self.secret, body) if signature is None else signature)
            line.endheaders(body)
            return line.getresponse().status
        finally:
            line.close()

    def tell(self, *events: dict[str, Any], destination: str = "") -> int:
        """Post events and wait until they are worked off."""
        status = self.post(json.dumps({"destination": destination, "events": list(events)}).encode())
        self.worked_off()
        return status

    def says(self, there: Running, user: str, what: dict[str, Any]) -> dict[str, Any]:
        """Let a friend do something in the rehearsal, whose webhook comes here, and wait until it is worked off."""
        there.rehearsal.webhook_url = f"{self.gateway.url}/webhook"
        asked = urllib.request.Request(f"{there.url}/rehearsal/people/{user}/says", json.dumps(what).encode())
        with urllib.request.urlopen(asked) as answer:
            said: dict[str, Any] = json.load(answer)
        assert said["webhook"]["status"] == 200
        self.worked_off()
        return said

    def worked_off(self) -> None:
        """Wait until nothing waits in the inbox."""
        until = time.monotonic() + 20
        while self.gateway.inbox.counts().waiting:
            assert time.monotonic() < until, "the inbox is not worked off"
            time.sleep(0.002)


def sign(secret: str, body: bytes) -> bytes:
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256))


@pytest.fixture
def there(clock: FixedClock) -> Iterator[Running]:
    """The rehearsal, living by the test's own clock."""
    with running(Rehearsal(3, clock=clock)) as found:
        yield found


@pytest.fixture
def keys(there: Running, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What opens the rehearsal."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    return {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, make_shop: Callable[..., Shop], keys: dict[str, str]) -> Iterator[Shop]:
    """A shop on each database that nobody is a friend of yet. The gateway's own threads act as it, the test as the owner."""
    url = request.getfixturevalue("fresh_postgresql") if request.param == "postgresql" else None
    made = make_shop(url=url, secrets=keys, actor=GATEWAY)
    with made.staff.acting(OWNER):
        yield made


@pytest.fixture
def sqlite_shop(make_shop: Callable[..., Shop], keys: dict[str, str]) -> Iterator[Shop]:
    """The same on SQLite only, for what does not depend on the database."""
    made = make_shop(secrets=keys, actor=GATEWAY)
    with made.staff.acting(OWNER):
        yield made


@pytest.fixture
def line(shop: Shop, there: Running) -> Iterator[Caller]:
    """LINE, calling a running gateway."""
    with gateway.running(shop) as found:
        yield Caller(found, there.channel_secret, shop)


@pytest.fixture
def sqlite_line(sqlite_shop: Shop, there: Running) -> Iterator[Caller]:
    """The same on SQLite only."""
    with gateway.running(sqlite_shop) as found:
        yield Caller(found, there.channel_secret, sqlite_shop)


_numbers = iter(range(1, 1_000_000))


def event(kind: str, clock: FixedClock, *, after_s: float = 0, user: str = USER, **own: Any) -> dict[str, Any]:
    """Return an event as LINE writes it, `after_s` seconds after now."""
    ms = int(clock.now().timestamp() * 1000 + after_s * 1000)
    return {
        "type": kind,
        "webhookEventId": f"01EVENT{next(_numbers):019d}",
        "timestamp": ms,
        "mode": "active",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": user},
        **own,
    }


def text(said: str, number: str, clock: FixedClock, **more: Any) -> dict[str, Any]:
    """Return the event of a text."""
    return event("message", clock, message={"type": "text", "id": number, "text": said}, **more)
