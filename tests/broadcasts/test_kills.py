"""kill -9 of a real sender at random moments: nobody twice, nobody missing; without the stored key it must double."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import insert

from shopdesk.friends.tables import FriendRow
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET

PROGRAM = Path(__file__).with_name("sending_process.py")
PEOPLE = 1_200
SEED = 20261122
KILLS = 10


@pytest.fixture
def there():
    """A rehearsal by the real clock: the sender's process has no other. Every answer takes a moment."""
    rehearsal = Rehearsal(PEOPLE)
    with running(rehearsal) as found:
        yield found


@pytest.fixture
def home(make_shop, there, monkeypatch, clock):
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    monkeypatch.setenv("SHOPDESK_LINE_CHANNEL_ID", there.channel_id)
    monkeypatch.setenv("SHOPDESK_LINE_CHANNEL_SECRET", there.channel_secret)
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    shop = make_shop(secrets=keys)
    known = {"display_name": "友", "picture_url": "", "state": "friend", "since": clock.now()}
    rows = [{"user_id": person.user_id, **known} for person in there.rehearsal.people]
    with shop.database.write() as session:
        session.execute(insert(FriendRow), rows)
    return shop


@pytest.fixture(scope="module")
def senders():
    """The program that forks senders."""
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parents[2])}
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout.readline() == "ready\n"
        yield program
        program.stdin.close()


def start(senders, shop, made, *, fresh=False):
    """Start a sender and return its process id."""
    environment = {name: value for name, value in os.environ.items() if name.startswith("SHOPDESK_")}
    order = {"home": str(shop.home.path), "broadcast": made, "fresh": fresh, "environment": environment}
    senders.stdin.write(json.dumps(order) + "\n")
    senders.stdin.flush()
    return int(senders.stdout.readline())


def ended(senders):
    return senders.stdout.readline().removeprefix("ended").strip()


def sent(there):
    return sum(one["endpoint"] in {"push", "multicast"} for one in there.rehearsal.journal.entries)


def killed(senders, shop, made, there, calls, dice):
    """Start a sender and kill it after so many more calls, at no special moment."""
    until, latest = sent(there) + calls, time.monotonic() + 20
    process = start(senders, shop, made)
    while sent(there) < until and time.monotonic() < latest:
        time.sleep(0.001)
    time.sleep(dice.random() * 0.03)
    os.kill(process, signal.SIGKILL)
    return ended(senders)


def test_killed_and_resumed_nobody_twice_and_nobody_missing(home, there, text, senders):
    dice = random.Random(SEED)
    made = home.broadcasts.draft(text("{name}さん"), everyone=True)
    home.broadcasts.freeze(made)
    for _kill in range(KILLS):
        assert killed(senders, home, made, there, dice.randint(1, PEOPLE // KILLS), dice) == ""
        now = home.broadcasts.status(made)
        assert now.planned == now.accepted + now.failed + now.unknown + now.remaining + now.cancelled == PEOPLE
        assert home.broadcasts.broken_sums() == []
    start(senders, home, made)
    assert ended(senders) == "finished"
    assert home.broadcasts.status(made).accepted == PEOPLE
    received = [len(person.received()) for person in there.rehearsal.people]
    assert (min(received), max(received)) == (1, 1)
    answers = [one["status"] for one in there.rehearsal.journal.entries if one["endpoint"] == "push"]
    assert 409 in answers, "no kill fell between LINE's taking and our noting, so this proved nothing"
    assert home.broadcasts.broken_hashes() == []


def test_control_without_the_stored_key_people_get_it_twice(home, there, text, senders):
    dice = random.Random(SEED)
    made = home.broadcasts.draft(text(), everyone=True, each=True)
    home.broadcasts.freeze(made)
    there.rehearsal.faults.add({"endpoint": "multicast", "nth": 1, "times": 8, "delay_s": 2})
    killed(senders, home, made, there, 1, dice)
    there.rehearsal.faults.clear()
    start(senders, home, made, fresh=True)
    assert ended(senders) == "finished"
    assert max(len(person.received()) for person in there.rehearsal.people) == 2
