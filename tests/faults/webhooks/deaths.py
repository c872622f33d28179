"""B6: kill -9 around the answer and inside the working off. B7: the main database locked while events arrive."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from shopdesk.database import connect_sqlite
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.webhooks.deliveries import body, counted, drain, message, resting, running, sound, user

POINTS = ("inbox: put", "event: take", "talk: settle", "events: apply", "inbox: done")
WHEN = ("before", "after")
NTH = (1, 2, 3, 4)
EXHAUSTIVE = len(POINTS) * len(WHEN) * len(NTH)
BODIES = 4
LOCKED_S = 5.0


def died(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B6; beyond the forty a random point of a random body."""

    def make(number: int, random: Random) -> Check:
        number = number if number < EXHAUSTIVE else random.randrange(EXHAUSTIVE)
        rest, nth = divmod(number, len(NTH))
        point, when = divmod(rest, len(WHEN))
        return lambda folder: die(stage(), folder, POINTS[point], WHEN[when], NTH[nth])

    return make


def die(stage: Stage, folder: Path, point: str, when: str, nth: int) -> None:
    """Let a process keep four bodies and work them off, kill it at a point, and let another go on: one effect each.

    What was not on the disk when it died was not answered, so LINE delivers it again.
    """
    with stage.scene(folder, 0) as scene:
        bodies = [body(message(str(n), scene.pc.now(), user(n), after_ms=n)) for n in range(BODIES)]
        steps = [
            ["arm webhooks", point, when, nth],
            *([verb, one.decode()] for one in bodies for verb in ("keep", "drain")),
        ]
        process = stage.processes.start(scene.shop.home.path, steps)
        said = stage.processes.ended(process)
        assert said == "killed", said
        with resting(scene) as inbox:
            kept = inbox.kept()
            assert kept == nth - (point == "inbox: put" and when == "before"), kept
            inbox.put(bodies[kept:], scene.pc.now())
        drain(scene)
        expected = {user(n): ["text"] for n in range(BODIES)}
        assert counted(scene.shop) == expected, counted(scene.shop)
        sound(scene.shop)


def locked(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B7."""

    def make(_number: int, random: Random) -> Check:
        gaps = [random.uniform(0.01, 0.05) for _ in range(100)]
        return lambda folder: lock(stage(), folder, gaps)

    return make


def lock(stage: Stage, folder: Path, gaps: list[float]) -> None:
    """Hold the main database's write lock for five seconds while a hundred events arrive: all are answered soon, none is lost."""
    with running(stage, folder) as (scene, gate), closing(connect_sqlite(scene.shop.database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        ends = threading.Timer(LOCKED_S, lambda: other.execute("ROLLBACK"))
        ends.start()
        taken = []
        for number, gap in enumerate(gaps):
            sent = body(message(str(number), scene.pc.now(), user(number % 7), after_ms=number))
            begun = time.monotonic()
            assert gate.post(sent) == 200
            taken.append(time.monotonic() - begun)
            time.sleep(gap)
        ends.join()
        gate.worked_off()
        assert sum(map(len, counted(scene.shop).values())) == len(gaps)
        taken.sort()
        assert taken[-1] < 2, f"the slowest answer took {taken[-1]:.2f} s"
        assert taken[len(taken) * 99 // 100 - 1] < 0.5, f"the 99th of 100 took {taken[-2]:.2f} s"
        sound(scene.shop)
