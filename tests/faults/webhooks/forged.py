"""B4: bodies that LINE did not sign. B5: bodies that it did, and that no parser likes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.webhooks.deliveries import body, counted, message, running, signature, sound, user

FORGERIES, POISONS = 10, 20
"""How many of them are one case; 50 cases each are the table's 500 and 1,000."""


def forged(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B4."""

    def make(number: int, random: Random) -> Check:
        return lambda folder: forge(stage(), folder, number * FORGERIES, random)

    return make


def forge(stage: Stage, folder: Path, first: int, random: Random) -> None:
    """Post what is not signed as it must be: refused with 4xx, and nothing is kept."""
    with running(stage, folder) as (scene, gate):
        sent = body(message("1", scene.pc.now(), user(1)))
        good = signature(gate.secret, sent)
        for number in range(first, first + FORGERIES):
            headers, altered = _forgery(number, good, sent, gate.secret, random)
            status = gate.post(altered, headers)
            assert 400 <= status < 500, (number, status)
        assert gate.inbox.kept() == 0
        assert gate.post(sent) == 200
        gate.worked_off()
        assert counted(scene.shop) == {user(1): ["text"]}


def _forgery(
    number: int, good: bytes, sent: bytes, secret: str, random: Random
) -> tuple[list[tuple[str, bytes]], bytes]:
    """Return the headers and the body of a forgery: each bit of the signature turned, then everything else."""
    name = "x-line-signature"
    if number < 8 * len(good):
        place, bit = divmod(number, 8)
        turned = bytearray(good)
        turned[place] ^= 1 << bit
        # A line end inside a header is refused by the client itself: another sign stands for it.
        return [(name, bytes(turned).replace(b"\n", b"?").replace(b"\r", b"?"))], sent
    ways: list[tuple[list[tuple[str, bytes]], bytes]] = [
        ([], sent),
        ([(name, b"")], sent),
        ([(name, good[: random.randrange(len(good))])], sent),
        ([(name, good), (name, good)], sent),
        ([(name, b"\xff\xfe" * 22)], sent),
        ([(name, signature("f" * 32, sent))], sent),
        ([(name, signature("", sent))], sent),
        ([(name, good)], sent.replace(b"m1", b"m2", 1)),
        ([(name, good)], json.dumps(json.loads(sent)).encode() + b" "),
        ([(name, signature(secret[:-1] + ("0" if secret[-1] != "0" else "1"), sent))], sent),
    ]
    return ways[number % len(ways)]


def poisoned(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B5."""

    def make(_number: int, random: Random) -> Check:
        return lambda folder: poison(stage(), folder, random)

    return make


def poison(stage: Stage, folder: Path, random: Random) -> None:
    """Post signed poison with a good event beside it: taken or too large, never an error, and the good event has its effect."""
    with running(stage, folder) as (scene, gate):
        taken = 0
        for number in range(POISONS):
            good = message(str(number), scene.pc.now(), user(number))
            sent, holds_good = _poison(good, random)
            status = gate.post(sent)
            assert status in {200, 413}, (status, sent[:200])
            if holds_good and status == 200:
                taken += 1
        gate.worked_off()
        assert gate.post(body(message("last", scene.pc.now(), user(999)))) == 200
        gate.worked_off()
        found = counted(scene.shop)
        assert user(999) in found
        assert len(found) == taken + 1, (len(found), taken)
        sound(scene.shop)


def _poison(good: dict[str, Any], random: Random) -> tuple[bytes, bool]:
    """Return a body, and whether the good event in it must have its effect."""
    text = json.dumps(good)
    bad = [
        '{"type": "message", "webhookEventId": "01", "timestamp": ' + "9" * 5_001 + "}",
        '{"type": "message", "message": {"type": "text", "text": "\\ud83d\\u0000"}}',
        '{"type": "message", "webhookEventId": 5, "timestamp": "now", "source": []}',
        '{"type": "unsend", "unsend": 7, "webhookEventId": "u1", "timestamp": 1, "source": {"type": "user"}}',
        '{"type": "follow", "type": "unfollow", "type": {"a": []}}',
        '{"type": "' + "x" * 70_000 + '"}',
        "null",
        "1e999",
        '{"type":"hologram","webhookEventId":"h1","timestamp":1795741476794,"mode":"active","hologram":{"a":[1]}}',
    ]
    whole = [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"events":' + b'{"a":' * 3_000 + b"1" + b"}" * 3_000 + b"}",
        b"x" * (1024 * 1024 + 1),
        b"\x1f\x8b\x08\x00" + bytes(random.randrange(256) for _ in range(200)),
        text.encode()[: random.randrange(len(text))],
    ]
    if random.random() < 1 / 3:
        return random.choice(whole), False
    events = [random.choice(bad), text] if random.random() < 0.5 else [text, random.choice(bad)]
    return ('{"destination": "", "events": [' + ", ".join(events) + "]}").encode(), True
