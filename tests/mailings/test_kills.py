"""A process that mails is killed by SIGKILL at seeded moments; another goes on. Nobody is mailed twice, nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from shopdesk.attention import needs
from shopdesk.clock import SystemClock
from shopdesk.mail import Account
from shopdesk.mailings.tables import LetterRow
from shopdesk.secrets import MAIL_PASSWORD
from shopdesk.verify import verify
from tests.faults.cases import seed_of_today
from tests.faults.sending.points import MAIL_PLACES
from tests.faults.sending.stage import Scene, Stage
from tests.mail_provider import Provider, prepared
from tests.mailings.test_mailings import drafted

PEOPLE = 3
# Where something happens once in a mailing and not with every letter.
_ONCE = {"freeze", "connect"}
MOMENTS = [
    (point, when, nth)
    for point in MAIL_PLACES
    for when in ("before", "after")
    for nth in range(1, 2 if point in _ONCE else PEOPLE + 1)
]


def todays() -> list[tuple[str, str, int]]:
    """The moment that nobody can know anything about, and some of the others by the day's seed."""
    certain = ("data", "after", 2)
    others = [one for one in MOMENTS if one != certain]
    return [certain, *Random(f"letters {seed_of_today()}").sample(others, 5)]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    found = Stage()
    yield found
    found.close()


@pytest.fixture
def scene(stage: Stage, tmp_path: Path, provider: tuple[Provider, Account]) -> Iterator[Scene]:
    with stage.scene(tmp_path, 0, clock=SystemClock()) as found:
        prepared(found.shop, provider[1])
        yield found


def run(stage: Stage, scene: Scene, account: Account, *steps: list[object]) -> str:
    """Do these steps in a process of its own and return what it said at its end."""
    keys = stage.keys | {MAIL_PASSWORD: account.password}
    return stage.processes.ended(stage.processes.start(scene.shop.home.path, steps, keys=keys))


def die_and_finish(
    stage: Stage, scene: Scene, provider: tuple[Provider, Account], moment: tuple[str, str, int]
) -> None:
    """Kill a process at that moment and let another one finish; count what each mailbox got."""
    there, account = provider
    made = drafted(scene.shop)
    assert run(stage, scene, account, ["arm mail", *moment], ["mail", made]) == "killed"
    assert run(stage, scene, account, ["mail", made]) == "finished"
    got = Counter(letter.rcpt_tos[0] for letter in there.taken)
    assert set(got.values()) <= {1}, f"mailed twice: {got}"
    mail = scene.shop.mailings.status(made)
    assert (mail.accepted + mail.unknown, mail.planned, mail.remaining) == (PEOPLE, PEOPLE, 0)
    assert mail.unknown <= 1
    assert len(got) >= mail.accepted
    assert ("mail_unknown" in needs(scene.shop.broadcasts.status(made), mail)) == bool(mail.unknown)
    with scene.shop.database.read() as session:
        keys = session.scalars(select(LetterRow.key).where(LetterRow.state == "accepted")).all()
    assert all(any(key.encode() in letter.content for letter in there.taken) for key in keys)
    assert all(one.ok for one in verify(scene.shop))


@pytest.mark.parametrize("moment", todays(), ids=lambda moment: "-".join(map(str, moment)))
def test_a_killed_mailing_is_finished_and_nobody_gets_it_twice(
    stage: Stage, scene: Scene, provider: tuple[Provider, Account], moment: tuple[str, str, int]
) -> None:
    die_and_finish(stage, scene, provider, moment)


@pytest.mark.full
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: "-".join(map(str, moment)))
def test_every_moment(
    stage: Stage, scene: Scene, provider: tuple[Provider, Account], moment: tuple[str, str, int]
) -> None:
    die_and_finish(stage, scene, provider, moment)


def test_without_unknown_somebody_gets_it_twice(stage: Stage, scene: Scene, provider: tuple[Provider, Account]) -> None:
    stage.processes.without = ["unknown letters"]
    try:
        with pytest.raises(AssertionError, match="mailed twice"):
            die_and_finish(stage, scene, provider, ("data", "after", 2))
    finally:
        stage.processes.without = []
