"""Whoever drafts a follow-up, or sends it at its time, is killed by SIGKILL; another goes on. Each person gets one, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from shopdesk.clock import SystemClock
from shopdesk.links import hour_of
from shopdesk.mail import Account
from shopdesk.messages import draft
from shopdesk.secrets import MAIL_PASSWORD
from shopdesk.shop import Shop
from shopdesk.verify import verify
from tests.faults.cases import seed_of_today
from tests.faults.sending.stage import Scene, Stage
from tests.mail_provider import Provider, prepared
from tests.mailings.test_mailings import ids, no_sleep

DAYS = 3
AHEAD_S, LATER_S = (timedelta(days=DAYS, minutes=more).total_seconds() for more in (1, 6))
SAID = draft([{"type": "text", "text": "秋です https://example.jp/aki"}])
Moment = tuple[str, str, str, int]
MOMENTS: list[Moment] = [
    *(("follow", "arm follow-up write", when, nth) for when in ("before", "after") for nth in (1, 2, 3)),
    *(
        ("due", point, when, 1)
        for point in ("arm freeze", "arm mail freeze", "arm mail claim", "arm mail connect")
        for when in ("before", "after")
    ),
]
ON_ITS_WAY = ("arm mail claim", "arm mail connect")
REACHED = {"mihon1@example.com", "mihon2@example.com"}
DECIDED: Moment = ("due", "arm freeze", "after", 1)
"""Whom it goes to is decided, and nothing of the mail is."""
DRAFTED: Moment = ("follow", "arm follow-up write", "after", 3)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    found = Stage()
    yield found
    found.close()


@pytest.fixture
def scene(stage: Stage, tmp_path: Path, provider: tuple[Provider, Account]) -> Iterator[Scene]:
    """Four people on LINE, of whom three agreed to mail."""
    with stage.scene(tmp_path, 4, clock=SystemClock()) as found:
        shop = prepared(found.shop, provider[1])
        shop.settings.set("public_url", "https://shop.example.com")
        for friend, customer in zip(shop.friends.all(), ids(shop)[-4:], strict=True):
            if friend.customer_id is not None:
                shop.friends.unlink(friend.user_id)
            shop.friends.link(friend.user_id, customer)
        yield found


def sent(shop: Shop) -> int:
    """Send a broadcast that counts its links, of which the first person opens theirs."""
    made = shop.broadcasts.draft(SAID, segment="みんな", counts=True)
    assert shop.broadcasts.send(made, sleep=no_sleep).accepted == 4
    ((_together, (link,))) = shop.links.of_broadcast(made)
    with shop.database.write() as session:
        first = shop.friends.of_customer(ids(shop)[-4])
        assert first is not None
        (token,) = shop.links.of_people(session, made, [first.user_id]).values()
    lead = shop.links.lead(token)
    shop.links.count({(link.link.id, lead.receiver_id, hour_of(shop.clock.now())): 1})
    return made


def die_and_go_on(stage: Stage, scene: Scene, provider: tuple[Provider, Account], moment: Moment) -> None:
    """Kill a process at that moment and let others go on, as an owner and the next rounds do; count what each mailbox got."""
    there, account = provider
    keys, home, first = stage.keys | {MAIL_PASSWORD: account.password}, scene.shop.home.path, sent(scene.shop)

    def run(*steps: list[object], ahead_s: float = 0) -> str:
        return stage.processes.ended(stage.processes.start(home, steps, keys=keys, ahead_s=ahead_s))

    phase, point, when, nth = moment
    words = point.split()
    arm = [" ".join(words[:-1]), words[-1], when, nth]
    follow: list[object] = ["follow", first, DAYS]
    if phase == "follow":
        assert run(arm, follow) == "killed"
    assert run(follow) == "draft"
    if phase == "due":
        assert run(arm, ["due"], ahead_s=AHEAD_S) == "killed"
    run(["due"], ahead_s=LATER_S)
    assert run(["due"], ahead_s=LATER_S + 60) == "nothing"
    got = Counter(letter.rcpt_tos[0] for letter in there.taken)
    assert set(got) <= REACHED
    assert set(got.values()) <= {1}, f"not one each: {got}"
    follow_up = max(one.id for one in scene.shop.broadcasts.list())
    mail = scene.shop.mailings.status(follow_up)
    # Of a letter whose sender died between claiming it and the answer nobody knows: it is not sent again, and the report says so.
    assert (mail.accepted + mail.unknown, mail.unknown <= (point in ON_ITS_WAY)) == (len(REACHED), True), (
        f"not one each: {mail}"
    )
    assert len(got) >= mail.accepted
    assert all(one.ok for one in verify(scene.shop))


def todays() -> list[Moment]:
    """The moment between the two decisions, and some of the others by the day's seed."""
    others = [one for one in MOMENTS if one != DECIDED]
    return [DECIDED, *Random(f"follow-ups {seed_of_today()}").sample(others, 1)]


@pytest.mark.parametrize("moment", todays(), ids=lambda moment: "-".join(map(str, moment)))
def test_a_killed_follow_up_reaches_each_person_once(
    stage: Stage, scene: Scene, provider: tuple[Provider, Account], moment: Moment
) -> None:
    die_and_go_on(stage, scene, provider, moment)


@pytest.mark.full
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: "-".join(map(str, moment)))
def test_every_moment(stage: Stage, scene: Scene, provider: tuple[Provider, Account], moment: Moment) -> None:
    die_and_go_on(stage, scene, provider, moment)


def test_without_one_follow_up_people_get_two(stage: Stage, scene: Scene, provider: tuple[Provider, Account]) -> None:
    stage.processes.without = ["one follow-up"]
    try:
        with pytest.raises(AssertionError, match="not one each"):
            die_and_go_on(stage, scene, provider, DRAFTED)
    finally:
        stage.processes.without = []
