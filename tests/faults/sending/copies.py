"""A5: a backup from the middle of a broadcast is restored, or the whole home is copied to another place, at ten points."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest import mock

from shopdesk.at_rest import restore_shop
from shopdesk.broadcasts.claiming import HANDS, Hand
from shopdesk.due import run_due
from shopdesk.quarantine import QuarantinedError
from shopdesk.shop import Shop
from tests.faults.cases import Check
from tests.faults.sending.kills import PEOPLE
from tests.faults.sending.stage import Lent, Scene, Stage, refused

CUTS = ("drafted", "frozen", "first", "middle", "all on their way")
HOWS = ("restored", "copied")
_SOON = timedelta(minutes=10)
_PAUSED_AFTER = {"first": 1, "middle": 3}


def copied(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: 5 points × restored or copied; at night also random points."""

    def make(number: int, random: Random) -> Check:
        cut, how = divmod(number % 10, len(HOWS))
        after = random.randint(1, PEOPLE - 1) if number >= 10 else _PAUSED_AFTER.get(CUTS[cut], 0)
        return lambda folder: come_again(stage(), folder, CUTS[cut], HOWS[how], after)

    return make


def come_again(stage: Stage, folder: Path, cut: str, how: str, after: int) -> None:
    """Take the copy at that point, finish the broadcast, then start from the copy: it sends nothing before its owner says so."""
    with stage.scene(folder, PEOPLE) as scene:
        made = scene.draft("push", at=scene.pc.now() + _SOON if cut == "drafted" else None)
        _come_to(scene, made, cut, after)
        home = _taken(scene, folder, how)
        scene.later(2 * _SOON)
        scene.mended()
        scene.finished(scene.send(made), PEOPLE)
        with closing(_put_back(stage, scene, home, how)) as again:
            for sends in (lambda: again.broadcasts.send(made), lambda: run_due(again)):
                refused(QuarantinedError, sends)
            assert scene.received() == [1] * PEOPLE, "a copy sent before its owner said so"
            again.lift_quarantine()
            if cut == "all on their way":  # under their old keys LINE knows them
                assert again.broadcasts.send(made).state == "finished"
            else:
                assert again.broadcasts.cancel(made).state == "cancelled"
                run_due(again)
            scene.shop = again
            scene.sound()


def _come_to(scene: Scene, made: int, cut: str, after: int) -> None:
    if cut == "drafted":
        return
    scene.shop.broadcasts.freeze(made)
    if cut == "all on their way":
        scene.fault(endpoint="push", times=9_999, answer=500, accept=True)
        scene.send(made)
    elif after:
        with mock.patch.dict(HANDS, {"push": Hand(1, 1)}):
            scene.fault(endpoint="push", nth=after + 1, times=9_999, answer="monthly")
            scene.send(made)


def _taken(scene: Scene, folder: Path, how: str) -> Path:
    """Return the backup, or the copy of a home that nobody was told to close."""
    if how == "restored":
        return scene.shop.back_up(folder / "cut.backup")[0]
    scene.shop.database.checkpoint()
    return Path(shutil.copytree(scene.shop.home.path, folder / "another place"))


def _put_back(stage: Stage, scene: Scene, taken: Path, how: str) -> Shop:
    if how == "restored":
        scene.shop.close()
        restore_shop(taken, scene.shop.home.path)
        return stage.opened(scene.shop.home.path, scene.pc)
    return stage.opened(taken, scene.pc)
