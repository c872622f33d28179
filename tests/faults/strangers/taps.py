"""Taps: many phones answer a survey at once, and each taps twice."""

from __future__ import annotations

import http.client
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from unittest import mock
from urllib.parse import quote, urlsplit

from sqlalchemy import func, select

from shopdesk import gateway, logs
from shopdesk.paths import Home
from shopdesk.secrets import LINE_CHANNEL_SECRET
from shopdesk.shop import Shop, open_shop
from shopdesk.surveys import Form, Question
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow
from tests import postgresql
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage

PHONES, TAPS = 50, 2
_BUSY = 503
"""What a computer with too much to do answers, having changed nothing: whoever reads that taps once more."""
_DATABASES = ("sqlite", "postgresql")
_ANSWER = f"v=1&q={quote('声')}&a=".encode()
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def tapped(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of the double taps: every other one before PostgreSQL."""
    return lambda number, random: lambda folder: tap(stage(), folder, random, _DATABASES[number % 2])


def tap(stage: Stage, folder: Path, random: Random, database: str = "sqlite") -> None:
    """Let fifty phones post the same answer twice, all at the same instant: each has one row."""
    with _open(stage, folder, database) as shop, gateway.running(shop) as found:
        survey = shop.surveys.publish(shop.surveys.create(Form("声", "", (Question("声", "ひとこと", "text"),))).id)
        phones = [secrets.token_urlsafe(16) for _ in range(PHONES)]
        posts = phones * TAPS
        random.shuffle(posts)
        ready = threading.Barrier(len(posts))
        statuses: list[int] = []

        def post(phone: str) -> None:
            line = http.client.HTTPConnection(urlsplit(found.url).netloc, timeout=30)
            with closing(line):
                line.connect()
                ready.wait()
                path = f"/survey/{survey.page_key}.{phone}/answer"
                while (status := _posted(line, path, _ANSWER + phone.encode())) == _BUSY:
                    pass
                statuses.append(status)

        taps = [threading.Thread(target=post, args=(phone,)) for phone in posts]
        for one in taps:
            one.start()
        for one in taps:
            one.join()
        assert statuses == [303] * len(posts), sorted(set(statuses))
        with shop.database.read() as session:
            said = session.scalars(select(SurveyAnswerRow.text)).all()
            finished = session.scalar(select(func.count()).where(SurveyResponseRow.state == "finished"))
        assert sorted(said) == sorted(phones)
        assert finished == PHONES


def _posted(line: http.client.HTTPConnection, path: str, said: bytes) -> int:
    line.request("POST", path, said, _FORM)
    answer = line.getresponse()
    answer.read()
    return answer.status


@contextmanager
def _open(stage: Stage, folder: Path, database: str) -> Iterator[Shop]:
    if database == "sqlite":
        with stage.scene(folder, 0) as scene:
            yield scene.shop
        return
    home = Home(folder / "home")
    home.make()
    logs.start(home.logs)  # the home of the case before this one is gone, and with it the file it logged to
    with mock.patch.dict(os.environ, {"SHOPDESK_DATABASE_URL": postgresql.fresh()}):
        shop = open_shop(home.path, secrets={LINE_CHANNEL_SECRET: "0" * 32})
    with closing(shop):
        yield shop
