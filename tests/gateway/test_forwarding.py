"""A second address gets every webhook as LINE sent it; when it is slow, broken or away, ours notices nothing."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from shopdesk.gateway import forwarding
from shopdesk.gateway.forwarding import Forwarded, Forwarding
from tests.gateway.conftest import sign, text
from tests.until import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.clock import FixedClock
    from tests.gateway.conftest import Caller


class Tool(HTTPServer):
    """Another tool on loopback: notes what it gets, answers what it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, bytes, str]] = []
        self.answers = [200]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?shop=1"


class _Handler(BaseHTTPRequestHandler):
    server: Tool

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, body, self.headers["x-line-signature"]))
        left = self.server.answers
        self.send_response(left.pop(0) if len(left) > 1 else left[0])
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def tool() -> Iterator[Tool]:
    with Tool() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def forward(tool: Tool, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forwarding]:
    monkeypatch.setattr(forwarding, "_PAUSES_S", (0.01, 0.01, 0.01))
    made = Forwarding(lambda: tool.url, clock.now)
    made.start()
    yield made
    made.stop()


def test_bytes_and_signature_are_unchanged(forward: Forwarding, tool: Tool):
    body = '{"events":[],"空":"\\u0000 ｱ"}'.encode() + b"\xff"
    forward.take(body, sign("0" * 32, body))
    until(lambda: tool.got, "it is forwarded")
    assert tool.got == [("/hook?shop=1", body, sign("0" * 32, body).decode())]


@pytest.mark.parametrize(("answers", "tries"), [([500, 503, 200], 3), ([500], 4), ([404], 1), ([302], 1)])
def test_how_often_it_tries_and_what_it_says_of_it(
    forward: Forwarding, tool: Tool, clock: FixedClock, answers: list[int], tries: int
):
    last = f"HTTP {answers[-1]}" if answers[-1] >= 400 else ""
    tool.answers = answers
    forward.take(b"first", b"s")
    until(lambda: len(tool.got) == tries, "the tries")
    until(lambda: forward.state != Forwarded(), "what came of it")
    assert forward.state == (Forwarded(lost_at=clock.now(), why=last) if last else Forwarded(well_at=clock.now()))
    tool.answers = [200]
    forward.take(b"second", b"s")
    until(lambda: tool.got[-1][1] == b"second", "the next one")
    assert [body for _path, body, _signature in tool.got] == [b"first"] * tries + [b"second"]


def test_a_tool_that_is_away_keeps_nothing_waiting(sqlite_line: Caller, clock):
    sqlite_line.shop.settings.set("forward_to", "https://tool.example:9/hook")
    for number in range(20):
        assert sqlite_line.tell(text("こんにちは", str(number), clock)) == 200
    assert sqlite_line.shop.talks.page()[0].unread == 20
