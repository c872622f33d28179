"""B1: each event delivered up to ten times, by up to sixteen at once. B3: delivered again later, after restarts and pruning."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.webhooks.deliveries import body, counted, drain, message, pressed, resting, running, sound, user

EVENTS = 20
"""Events of one case of B1; a hundred cases are the table's 2,000."""
AGES = (
    *(timedelta(minutes=one) for one in (1, 10, 59)),
    *(timedelta(hours=one) for one in (1, 23, 25)),
    *(timedelta(days=one) for one in (2, 29, 31, 90)),
)


def repeated(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B1."""

    def make(_number: int, random: Random) -> Check:
        copies = [random.randint(1, 10) for _ in range(EVENTS)]
        at_once, seed = random.randint(1, 16), random.random()
        return lambda folder: deliver(stage(), folder, copies, at_once, seed)

    return make


def deliver(stage: Stage, folder: Path, copies: list[int], at_once: int, seed: float) -> None:
    """Deliver events of three people, each so many times, in any order; each has one effect."""
    with running(stage, folder) as (scene, gate):
        now = scene.pc.now()
        bodies = [body((message, pressed)[n % 2](str(n), now, user(n % 3), after_ms=n)) for n in range(len(copies))]
        sent = [one for one, times in zip(bodies, copies, strict=True) for _ in range(times)]
        Random(seed).shuffle(sent)
        with ThreadPoolExecutor(at_once) as callers:
            assert set(callers.map(gate.post, sent)) == {200}
        gate.worked_off()
        assert gate.inbox.kept() == len(sent)
        once = {user(n): [("text", "postback")[one % 2] for one in range(n, len(copies), 3)] for n in range(3)}
        assert counted(scene.shop) == once, counted(scene.shop)
        sound(scene.shop)


def replayed(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B3."""

    def make(number: int, random: Random) -> Check:
        age = AGES[number % len(AGES)] if number < 50 else timedelta(seconds=random.randint(1, 90 * 86_400))
        return lambda folder: replay(stage(), folder, age, how=number // len(AGES) % 5)

    return make


def replay(stage: Stage, folder: Path, age: timedelta, how: int) -> None:
    """Deliver a body again after so long, `how` with a restart, a pruned inbox, both, changed around it, or as it was."""
    with stage.scene(folder, 0) as scene:
        said = pressed("1", scene.pc.now(), user(1))
        with resting(scene) as inbox:
            inbox.put([body(said)], scene.pc.now())
        drain(scene)
        scene.later(age)
        if how in {1, 3}:
            scene.restart(stage)
        with resting(scene) as inbox:
            if how in {2, 3}:
                inbox.prune(scene.pc.now())
                scene.shop.events.prune()
            again = {**said, "deliveryContext": {"isRedelivery": True}} if how == 4 else said
            inbox.put([body(again)], scene.pc.now())
        drain(scene)
        assert counted(scene.shop) == {user(1): ["postback"]}, counted(scene.shop)
        sound(scene.shop)
