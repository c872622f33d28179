"""A rehearsal on loopback whose clock stands still, and a caller that holds every exchange against LINE's files."""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import urllib3

from shopdesk.clock import FixedClock
from shopdesk.rehearsal import Rehearsal, Running, friend_id, running
from tests.openapi import check_answer, check_request

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
TEXT = {"type": "text", "text": "こんにちは"}


@dataclass
class Reply:
    status: int
    headers: Any
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Caller:
    """Speaks to the rehearsal as a shop does."""

    line: Running
    http: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    @property
    def rehearsal(self) -> Rehearsal:
        return self.line.rehearsal

    @property
    def clock(self) -> FixedClock:
        return self.line.rehearsal.clock

    def raw(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        everything = {"Authorization": f"Bearer {self.line.access_token}"}
        if body is not None:
            everything["Content-Type"] = "application/json"
        everything |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.http.request(method, self.line.url + path, body=body, headers=everything, timeout=20)
        return Reply(answer.status, answer.headers, answer.data)

    def ask(self, method: str, path: str, body: object = None, *, key: str | None = None, **headers: str) -> Reply:
        """One exchange; the answer, and a request that was taken, must be as LINE's files describe them."""
        if key is not None:
            headers["X_Line_Retry_Key"] = key
        reply = self.raw(method, path, None if body is None else json.dumps(body).encode(), **headers)
        if not path.startswith("/rehearsal/"):
            if reply.status < 400:
                check_request(method, path, body)
            check_answer(method, path, reply.status, reply.json)
        return reply

    def post(self, path: str, body: object, **more: str | None) -> Reply:
        return self.ask("POST", path, body, **more)

    def get(self, path: str) -> Reply:
        return self.ask("GET", path)

    def push(self, number: int = 0, *messages: dict, key: str | None = None) -> Reply:
        body = {"to": friend_id(number), "messages": list(messages) or [TEXT]}
        return self.post("/v2/bot/message/push", body, key=key)

    def multicast(self, numbers: Any, *messages: dict, key: str | None = None) -> Reply:
        body = {"to": [friend_id(number) for number in numbers], "messages": list(messages) or [TEXT]}
        return self.post("/v2/bot/message/multicast", body, key=key)

    def broadcast(self, *messages: dict, key: str | None = None) -> Reply:
        return self.post("/v2/bot/message/broadcast", {"messages": list(messages) or [TEXT]}, key=key)

    def received(self, number: int = 0) -> list[dict]:
        return self.get(f"/rehearsal/people/{friend_id(number)}/received").json["messages"]

    def says(self, number: int, what: object) -> Reply:
        return self.post(f"/rehearsal/people/{friend_id(number)}/says", what)

    def fault(self, **wanted: object) -> Reply:
        return self.post("/rehearsal/faults", wanted)

    def journal(self) -> list[dict]:
        return self.get("/rehearsal/journal").json["requests"]

    def used(self) -> int:
        return self.get("/v2/bot/message/quota/consumption").json["totalUsage"]


def new_key() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def caller():
    with running(Rehearsal(10, quota=30, clock=FixedClock(START))) as line:
        one = Caller(line)
        yield one
        one.http.clear()


@pytest.fixture(scope="module")
def checker():
    """One rehearsal for a whole module whose tests leave nothing behind in it."""
    with running(Rehearsal(3)) as line:
        one = Caller(line)
        yield one
        one.http.clear()


class Shop:
    """The shop's own webhook server: keeps what came, raw."""

    def __init__(self) -> None:
        self.came: list[tuple[str, bytes]] = []
        self.status = 200
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.came.append((self.headers["x-line-signature"], body))
                self.send_response(shop.status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def events(self) -> list[dict]:
        return [event for _signature, body in self.came for event in json.loads(body)["events"]]


@pytest.fixture
def shop(caller):
    one = Shop()
    assert caller.ask("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": one.url}).status == 200
    yield one
    one.server.shutdown()
    one.server.server_close()
