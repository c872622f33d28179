"""Deliveries as LINE makes them, to a gateway that is running or to its inbox alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shopdesk import gateway, inbox
from shopdesk.gateway.draining import Drainer
from shopdesk.inbox import Inbox
from shopdesk.secrets import LINE_CHANNEL_SECRET
from shopdesk.shop import Shop
from shopdesk.verify import verify
from tests.faults.sending.stage import Scene, Stage

Event = dict[str, Any]


def event(kind: str, number: str, at: datetime, user: str, *, after_ms: int = 0, **own: Any) -> Event:
    """Return an event; `number` makes its webhookEventId."""
    return {
        "type": kind,
        "webhookEventId": f"01{number:0>24}",
        "timestamp": int(at.timestamp() * 1000) + after_ms,
        "mode": "active",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": user},
        **own,
    }


def message(number: str, at: datetime, user: str, said: str = "予約できますか", **more: Any) -> Event:
    """Return the event of a text, whose message has the event's number."""
    return event("message", number, at, user, message={"type": "text", "id": f"m{number}", "text": said}, **more)


def pressed(number: str, at: datetime, user: str, **more: Any) -> Event:
    """Return the event of a button, which has no number but its webhookEventId."""
    return event("postback", number, at, user, postback={"data": "menu=1"}, **more)


def body(*events: Event) -> bytes:
    """Return the bytes of one delivery."""
    return json.dumps({"destination": "", "events": events}, ensure_ascii=False).encode()


def user(number: int) -> str:
    """Return the id of somebody."""
    return f"U{number:032x}"


def signature(secret: str, sent: bytes) -> bytes:
    """Return LINE's signature of a body."""
    return base64.b64encode(hmac.digest(secret.encode(), sent, hashlib.sha256))


@dataclass
class Gateway:
    """A gateway that runs, and what it works for."""

    url: str
    secret: str
    inbox: Inbox
    shop: Shop

    def post(self, sent: bytes, headers: Sequence[tuple[str, bytes]] | None = None) -> int:
        """Post a body under its signature, or with other headers; return the status."""
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            line.putrequest("POST", "/webhook")
            line.putheader("Content-Length", str(len(sent)))
            signed = [("x-line-signature", signature(self.secret, sent))]
            for name, value in signed if headers is None else headers:
                line.putheader(name, value)
            line.endheaders(sent)
            return line.getresponse().status
        finally:
            line.close()

    def worked_off(self, within_s: float = 60) -> None:
        """Wait until nothing waits."""
        until = time.monotonic() + within_s
        while self.inbox.counts().waiting:
            assert time.monotonic() < until, f"{self.inbox.counts().waiting} bodies wait"
            time.sleep(0.002)


@contextmanager
def running(stage: Stage, folder: Path, **values: str) -> Iterator[tuple[Scene, Gateway]]:
    """Run a gateway for a new shop without friends; `values` stand in its environment."""
    with stage.scene(folder, 0, **values) as scene, gateway.running(scene.shop) as found:
        yield scene, Gateway(found.url, stage.keys[LINE_CHANNEL_SECRET], found.inbox, scene.shop)


@contextmanager
def resting(scene: Scene) -> Iterator[Inbox]:
    """Open the inbox of a shop whose gateway does not run."""
    with inbox.opened(scene.shop.home.inbox, None) as found:
        yield found


def drain(scene: Scene) -> None:
    """Work off what waits, as a gateway that starts does."""
    with resting(scene) as found:
        Drainer(scene.shop, found).drain()


def counted(shop: Shop) -> dict[str, list[str]]:
    """Return what each person's talk holds: the kinds of what they sent."""
    return {
        one.user_id: [said.kind for said in shop.talks.messages(one.friend_id, limit=1_000)]
        for one in shop.talks.page(limit=100_000)
    }


def sound(shop: Shop) -> None:
    """Check that verify finds nothing: I8 among the rest."""
    broken = [f"{one.name}: {one.detail}" for one in verify(shop) if not one.ok]
    assert not broken, broken
