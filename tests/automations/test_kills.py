"""Whoever does a round is killed by SIGKILL; others go on. Each person comes in once and has the message once, and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from shopdesk.automations import NewStep
from shopdesk.clock import SystemClock
from shopdesk.surveys import Person
from tests.automations.conftest import says, started
from tests.faults.cases import seed_of_today
from tests.faults.sending.stage import Scene, Stage
from tests.surveys.conftest import answer_all

FRIENDS = 4
# The next rounds are done while the sender that died still seems to be there, and afterwards.
AHEAD_S = (5, 30, 90, 150)
Moment = tuple[str, str, str, int]
MOMENTS: list[Moment] = [
    *(("arm follow-up", "write", when, nth) for when in ("before", "after") for nth in range(1, 14)),
    *(("arm", "freeze: people", when, nth) for when in ("before", "after") for nth in (1, 2)),
    *(
        ("arm", point, when, 1)
        for point in ("freeze: audit", "connect", "bytes out", "accepted")
        for when in ("before", "after")
    ),
    *(("arm", "claim", when, nth) for when in ("before", "after") for nth in (1, 2)),
]
MADE: Moment = ("arm", "freeze: people", "after", 2)
"""Who gets it is written, and nothing of it is committed."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    found = Stage()
    yield found
    found.close()


@pytest.fixture
def scene(stage: Stage, tmp_path: Path) -> Iterator[Scene]:
    """Four friends who have answered."""
    with stage.scene(tmp_path, FRIENDS, clock=SystemClock()) as found:
        shop = found.shop
        survey, _made = started(shop, NewStep(0, None, says("はい")), NewStep(1, None, says("あした")))
        for one in shop.friends.all():
            answer_all(shop, survey, Person(friend_id=one.id))
        yield found


def die_and_go_on(stage: Stage, scene: Scene, moment: Moment) -> str:
    """Kill a round at that moment, let others do theirs, and count what each friend got; return how the first ended."""
    arm, point, when, nth = moment

    def run(*steps: list[object], ahead_s: float = 0) -> str:
        return stage.processes.ended(stage.processes.start(scene.shop.home.path, steps, ahead_s=ahead_s))

    ended = run([arm, point, when, nth], ["due"])
    for ahead_s in AHEAD_S:
        run(["due"], ahead_s=ahead_s)
    got = scene.received()
    assert got == [1] * FRIENDS, f"not one each: {Counter(got)} after {moment}"
    (found,) = scene.shop.automations.list()
    assert [(one.sent, one.waiting) for one in found.steps] == [(FRIENDS, 0), (0, FRIENDS)]
    scene.sound()
    return ended


def todays() -> list[Moment]:
    """The moment in the middle of the round's transaction, and one of the others by the day's seed."""
    others = [one for one in MOMENTS if one != MADE]
    return [MADE, *Random(f"automations {seed_of_today()}").sample(others, 1)]


@pytest.mark.parametrize("moment", todays(), ids=lambda moment: "-".join(map(str, moment)))
def test_a_killed_round_reaches_each_person_once(stage: Stage, scene: Scene, moment: Moment) -> None:
    assert die_and_go_on(stage, scene, moment) == "killed"


@pytest.mark.full
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: "-".join(map(str, moment)))
def test_every_moment(stage: Stage, scene: Scene, moment: Moment) -> None:
    assert die_and_go_on(stage, scene, moment) == "killed"


def test_without_their_turns_people_get_two(stage: Stage, scene: Scene) -> None:
    stage.processes.without = ["one turn"]
    try:
        with pytest.raises(AssertionError, match="not one each"):
            die_and_go_on(stage, scene, MADE)
    finally:
        stage.processes.without = []
