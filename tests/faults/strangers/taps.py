"""Taps: many phones answer a survey at once, and each taps twice."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from urllib.parse import quote

from shopdesk.database import connect_sqlite
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import site

PHONES, TAPS = 50, 2
_ANSWER = f"v=1&q={quote('声')}&a=".encode()


def tapped(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of the double taps."""
    return lambda _number, random: lambda folder: tap(stage(), folder, random)


def tap(stage: Stage, folder: Path, random: Random) -> None:
    """Let fifty phones post the same answer twice, all at the same instant: each has one row."""
    with site(stage, folder) as found:
        phones = [secrets.token_urlsafe(16) for _ in range(PHONES)]
        posts = phones * TAPS
        random.shuffle(posts)
        ready = threading.Barrier(len(posts))
        statuses: list[int] = []

        def post(phone: str) -> None:
            ready.wait()
            statuses.append(found.post(f"{found.survey}.{phone}/answer", _ANSWER + phone.encode()).status)

        taps = [threading.Thread(target=post, args=(phone,)) for phone in posts]
        for one in taps:
            one.start()
        for one in taps:
            one.join()
        assert statuses == [303] * len(posts), sorted(set(statuses))
        with closing(connect_sqlite(found.gate.shop.database.path)) as rows:
            said = rows.execute("SELECT text FROM survey_answers").fetchall()
            finished = rows.execute("SELECT count(*) FROM survey_responses WHERE state = 'finished'").fetchone()
        assert sorted(text for (text,) in said) == sorted(phones)
        assert finished == (PHONES,)
