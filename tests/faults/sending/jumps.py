"""E1: the computer's clock jumps, by a second to ten years, in the middle of fourteen flows; LINE's goes on as it should."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from shopdesk.broadcasts import EmptyAudienceError
from shopdesk.broadcasts.claiming import HANDS, Hand
from shopdesk.broadcasts.ledger import Ledger
from shopdesk.broadcasts.records import Step
from shopdesk.due import run_due
from tests.faults.cases import Check
from tests.faults.sending.old_keys import EDGE
from tests.faults.sending.stage import Lent, Scene, Stage, refused

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
JUMPS = (-400 * DAY, -DAY, -HOUR, -timedelta(seconds=1), HOUR, 2 * DAY, 3_652 * DAY)
PEOPLE = 6


def jumped(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: 14 flows × 7 jumps, then random jumps."""

    def make(number: int, random: Random) -> Check:
        flow, jump = FLOWS[number % len(FLOWS)], JUMPS[number // len(FLOWS) % len(JUMPS)]
        if number >= len(FLOWS) * len(JUMPS):
            jump = timedelta(seconds=random.choice((-1, 1)) * 10 ** random.uniform(0, 8))
        return lambda folder: _run(stage(), folder, flow, jump)

    return make


def _run(stage: Stage, folder: Path, flow: Callable[[Scene, timedelta], None], jump: timedelta) -> None:
    with stage.scene(folder, PEOPLE) as scene:
        flow(scene, jump)


def _before_sending(way: str) -> Callable[[Scene, timedelta], None]:
    def flow(scene: Scene, jump: timedelta) -> None:
        made = scene.draft(way)
        scene.shop.broadcasts.freeze(made)
        scene.pc.move(jump)
        scene.finished(scene.send(made), PEOPLE)

    return flow


def _between_batches(scene: Scene, jump: timedelta) -> None:
    made = scene.draft("push")
    with _one_at_a_time_and(lambda: scene.pc.move(jump)):
        status = scene.send(made)
    # Whoever looks at the rows afterwards cannot tell a leap under a request's way from a day that went by.
    scene.finished(status, PEOPLE, but={"I3"} if jump > DAY else set())


@contextmanager
def _one_at_a_time_and(act: Callable[[], None]) -> Iterator[None]:
    """Do something before the sender's third transaction."""
    step, met = Ledger.step, iter(range(1, 1_000_000))

    def stepped(*given: Any, **named: Any) -> Step:
        if next(met) == 3:
            act()
        return step(*given, **named)

    one = dict.fromkeys(HANDS, Hand(1, 1))
    with mock.patch.object(Ledger, "step", stepped), mock.patch.dict(HANDS, one):
        yield


def _in_back_off(scene: Scene, jump: timedelta) -> None:
    """A request was lost, taken or not; whoever cannot tell any more whether its key is good sends nothing."""
    made = scene.draft("multicast")
    scene.fault(endpoint="multicast", answer=500, accept=True)

    async def nap(_seconds: float) -> None:
        scene.pc.move(jump)

    status = scene.shop.broadcasts.send(made, sleep=nap)
    _once_or_unknown(scene, made, jump, status)


def _after_lost_answers(scene: Scene, jump: timedelta) -> None:
    made = scene.draft("multicast")
    scene.fault(endpoint="multicast", times=9_999, answer=500, accept=True)
    scene.send(made)
    scene.mended()
    scene.pc.move(jump)
    _once_or_unknown(scene, made, jump, scene.send(made))


def _once_or_unknown(scene: Scene, made: int, jump: timedelta, status: Any) -> None:
    wanted = (0, PEOPLE) if jump >= EDGE else (PEOPLE, 0)
    assert (status.state, status.accepted, status.unknown) == ("finished", *wanted), status
    assert scene.received() == [1] * PEOPLE
    scene.sound()


def _after_a_pause(scene: Scene, jump: timedelta) -> None:
    made = scene.draft("push")
    scene.fault(endpoint="push", nth=3, times=9_999, answer="monthly")
    assert scene.send(made).state == "paused"
    scene.mended()
    scene.pc.move(jump)
    scene.finished(scene.send(made), PEOPLE)


def _scheduled(scene: Scene, jump: timedelta) -> None:
    """By a wrong clock it goes at most once; by the right one it goes at its time, if it has not gone before."""
    made = scene.draft("multicast", at=scene.pc.now() + 30 * MINUTE)
    scene.pc.move(jump)
    run_due(scene.shop)
    if jump == HOUR:
        scene.finished(scene.shop.broadcasts.status(made), PEOPLE)
    scene.pc.move(-jump)
    scene.later(30 * MINUTE)
    run_due(scene.shop)
    scene.finished(scene.shop.broadcasts.status(made), PEOPLE)
    scene.pc.move(jump)
    run_due(scene.shop)
    scene.sound()


def _cooling(scene: Scene, jump: timedelta) -> None:
    """The cooling time is at most begun again: two minutes after it the broadcast is out, or it asks."""
    scene.shop.settings.set("cooling_minutes", "5")
    made = scene.draft("multicast")
    scene.shop.broadcasts.start(made)
    scene.pc.move(jump)
    asked = _due_within(scene, 7 * MINUTE)
    if jump > HOUR:
        assert asked
        scene.send(made, late_ok=True)
    scene.finished(scene.shop.broadcasts.status(made), PEOPLE)


def _due_within(scene: Scene, longest: timedelta) -> list[str]:
    """Look every minute for what is due; return what asked."""
    asked: list[str] = []
    for _ in range(longest // MINUTE):
        asked += [one.message for one in run_due(scene.shop) if one.kind == "broadcast" and one.message]
        scene.later(MINUTE)
    return asked


def _quiet_hours(scene: Scene, jump: timedelta) -> None:
    scene.shop.settings.set("quiet_hours", "14:00-16:00")
    made = scene.draft("multicast")
    assert scene.send(made).reason == "quiet_hours"
    scene.pc.move(jump)
    run_due(scene.shop)
    scene.pc.move(-jump)
    scene.later(2 * HOUR)
    run_due(scene.shop)
    scene.finished(scene.shop.broadcasts.status(made), PEOPLE)


def _dead_sender(scene: Scene, jump: timedelta) -> None:
    """What a killed sender left goes on within two minutes, or asks; its lease must not outlive it by the jump."""
    made = scene.draft("multicast")
    scene.shop.broadcasts.freeze(made)
    lease = scene.shop.leases.take("sender")
    assert Ledger(scene.shop.broadcasts._office, lease, made).step([], None, 0, claiming=True).batches
    lease._lock.release()  # as the system does when it dies; its row stays
    scene.pc.move(jump)
    asked = _due_within(scene, 2 * MINUTE)
    if jump > HOUR:
        assert asked, "it is stuck"
        scene.send(made)
    status = scene.shop.broadcasts.status(made)
    assert status.state == "finished", status
    wanted = (0, PEOPLE) if jump >= EDGE else (PEOPLE, 0)
    assert (status.accepted, status.unknown) == wanted, status
    scene.sound()


def _token(scene: Scene, jump: timedelta) -> None:
    """A dead token is not kept alive by a wrong clock."""
    scene.finished(scene.send(scene.draft("multicast", "一")), PEOPLE)
    scene.later(20 * MINUTE)
    scene.pc.move(jump)
    scene.finished(scene.send(scene.draft("multicast", "二")), PEOPLE, each=2)


def _cap(scene: Scene, jump: timedelta) -> None:
    """Who has had enough this week gets nothing more, also where the week lies in the clock's future."""
    scene.shop.settings.set("cap_messages", "1")
    scene.finished(scene.send(scene.draft("multicast", "一")), PEOPLE)
    scene.pc.move(jump)
    second = scene.draft("multicast", "二")
    if jump > 7 * DAY:
        scene.finished(scene.send(second), PEOPLE, each=2)
        return
    refused(EmptyAudienceError, lambda: scene.send(second))
    scene.sound()


def _order(scene: Scene, jump: timedelta) -> None:
    """What happened first stays first, in the audit and in the list, whatever the clock says."""
    first = scene.draft("multicast", "一")
    before = scene.shop.staff.entries(1)[0].id
    scene.pc.move(jump)
    second = scene.draft("multicast", "二")
    assert scene.shop.staff.entries(1)[0].id > before
    assert [one.id for one in scene.shop.broadcasts.list()] == [second, first]
    assert scene.shop.staff.broken_entries() == []
    scene.finished(scene.send(second), PEOPLE)


FLOWS: tuple[Callable[[Scene, timedelta], None], ...] = (
    *map(_before_sending, ("push", "multicast", "broadcast")),
    *(_between_batches, _in_back_off, _after_lost_answers, _after_a_pause, _scheduled, _cooling),
    *(_quiet_hours, _dead_sender, _token, _cap, _order),
)
