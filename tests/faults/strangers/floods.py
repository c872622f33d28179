"""H8: too much and too slowly. H7: everything that could be guessed."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from random import Random
from unittest import mock

from shopdesk.friends.codes import new_token
from shopdesk.gateway import limiting
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import MAIL, Answer, Site, answer_on, request, site

SLOW = 200
GUESSES = 100_000
_SHORT_S = 0.3
"""What the gateway's patience is here; in the shop it has ten seconds."""
_ENDS_S = 5.0
_NOBODYS = f"/card/{'0' * 32}/code"
_POSTS = ("/webhook", "/link/mail", "/link/code", _NOBODYS, "/link", "/nothing")
_MB = 1024 * 1024


def flooded(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H8."""

    def make(number: int, random: Random) -> Check:
        return lambda folder: flood(stage(), folder, number, random)

    return make


def flood(stage: Stage, folder: Path, number: int, random: Random) -> None:
    """Send too much, or too slowly, in one way: it is refused by its name and ended, and LINE is heard meanwhile."""
    patience = {"connections.HEAD_S": _SHORT_S, "connections.LINGERS_S": _SHORT_S, "bodies.PATIENCE_S": _SHORT_S}
    with ExitStack() as short, site(stage, folder) as found:
        for name, seconds in patience.items():
            short.enter_context(mock.patch(f"shopdesk.gateway.{name}", seconds))
        WAYS[number % len(WAYS)](found, random)
        found.hears_line()


def _one_byte_too_much(found: Site, random: Random) -> None:
    path, size = random.choice(
        ((_NOBODYS, 4_097), ("/webhook", _MB + 1), ("/link/mail", 4_097), ("/link/code", 11 * _MB))
    )
    answer = found.post(path, b"x" * size)
    assert answer.status == 413, (path, size, answer.status)


def _chunks_without_end(found: Site, random: Random) -> None:
    """Go on until the gateway hangs up; what it said before that is a refusal."""
    path = random.choice(_POSTS)
    chunk = b"%x\r\n" % 16_384 + b"x" * 16_384 + b"\r\n"
    with closing(found.connection()) as line:
        line.sendall(request("POST", path, {"Transfer-Encoding": "chunked"}))
        begun, sent = time.monotonic(), 0
        with suppress(ConnectionError):
            while time.monotonic() - begun < _ENDS_S:
                line.sendall(chunk)
                sent += len(chunk)
        assert time.monotonic() - begun < _ENDS_S, f"{path} took {sent // _MB} MB and still listens"
        answer = answer_on(line, "POST")
    assert answer.status in {0, 404, 405, 413}, answer.status  # 0: the reset was quicker than the answer


def _slow_heads(found: Site, random: Random) -> None:
    head = request(random.choice(("GET", "POST")), random.choice(_POSTS), {"X_Long": "y" * 50})
    said = head[: random.randrange(1, len(head) - 2)]
    assert {one.status for one in _slowly(found, said)} == {408}


def _slow_bodies(found: Site, random: Random) -> None:
    path = random.choice(_POSTS)
    said = request("POST", path, {"Content_Length": "400"}) + b"linkToken="
    expected = 408 if path in {"/webhook", "/link/mail", "/link/code", _NOBODYS} else 405 if path == "/link" else 404
    assert {one.status for one in _slowly(found, said)} == {expected}, path


def _a_million_fields(found: Site, random: Random) -> None:
    fields = b"&".join(b"f%d=1" % number for number in range(1_000_000))
    begun = time.monotonic()
    answer = found.post(random.choice(("/link/mail", "/link/code")), fields)
    assert answer.status == 413, answer.status
    few = b"&".join([b"linkToken=abc", *(b"f%d=" % number for number in range(500))])
    assert found.post("/link/mail", few).status == 400
    assert time.monotonic() - begun < _ENDS_S


def _a_head_without_end(found: Site, random: Random) -> None:
    size = random.choice((64, 256, 1024)) * 1024
    line = random.choice((b"X-A: " + b"a" * 100 + b"\r\n", b"a" * 107))
    with closing(found.connection()) as sock:
        with suppress(ConnectionError):
            sock.sendall(b"GET /link HTTP/1.1\r\n" + (b"X: " if line[:1] == b"a" else b""))
            for _ in range(0, size, 8 * len(line)):
                sock.sendall(8 * line)
                time.sleep(0)
        answer = answer_on(sock)
    assert answer.status in {0, 400, 431}, answer.status


WAYS: tuple[Callable[[Site, Random], None], ...] = (
    _one_byte_too_much,
    _chunks_without_end,
    _slow_heads,
    _slow_bodies,
    _a_million_fields,
    _a_head_without_end,
)


def _slowly(found: Site, said: bytes) -> list[Answer]:
    """Open 200 connections, say something on each and wait, while LINE is heard; return how each was answered and ended."""
    with ExitStack() as lines:
        slow = [lines.enter_context(closing(found.connection())) for _ in range(SLOW)]
        for one in slow:
            one.sendall(said)
        found.hears_line()
        return [_ended(one) for one in slow]


def _ended(line: socket.socket) -> Answer:
    """Wait for the answer, and for the end after it."""
    line.settimeout(_ENDS_S)
    answer = answer_on(line)
    try:
        over = line.recv(1) == b""
    except OSError as broken:
        over = isinstance(broken, ConnectionError)
    assert over, "it still listens"
    return answer


def guessed(stage: Lent) -> Callable[[int, Random], Check]:
    """Make the case of H7."""

    def make(_number: int, random: Random) -> Check:
        return lambda folder: guess(stage(), folder, random)

    return make


def guess(stage: Stage, folder: Path, random: Random) -> None:
    """Guess pictures and codes a hundred thousand times: no hit, soon refused, and nothing tells who is known."""
    with site(stage, folder) as found:
        known, unknown = (
            found.post("/link/mail", f"linkToken=abc&mail={address}".encode())
            for address in (MAIL, "nobody@example.jp")
        )
        assert (known.status, len(known.body)) == (unknown.status, len(unknown.body)) == (200, len(known.body))
        for _ in range(limiting.EACH - 2):
            said = f"linkToken=abc&ticket={found.ticket.token}x&code={random.randrange(10**6):06}".encode()
            assert found.post("/link/code", said).status == 422
        once_more = found.post("/link/code", said).status
        assert once_more == 429, once_more
        keys = (f"/card/{random.getrandbits(128):032x}", f"/coupon/{new_token()}")
        for path in keys:
            tries = [found.get(path).status for _ in range(limiting.EACH + 1)]
            assert tries == [404] * limiting.EACH + [429], path
        with closing(found.connection()) as line:
            for _ in range(GUESSES // 100):
                asked = [request("GET", f"/media/{new_token()}/240", {}) for _ in range(100)]
                for one in asked:
                    line.sendall(one)
                    assert answer_on(line).status == 404
        assert not found.redeemed()
