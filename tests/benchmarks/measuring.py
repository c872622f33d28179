"""Fair measuring on a shared machine: sides take turns, the minima of at least five rounds each are compared."""

from __future__ import annotations

import gc
import json
import math
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.results import Figure

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Timer:
    """Wall and processor time since it was made."""

    wall: float
    cpu: float

    @classmethod
    def start(cls) -> Timer:
        """Begin, with the garbage swept up and the rest out of the collector's sight: nobody pays for what others hold."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return cls(time.perf_counter(), time.process_time())

    def stop(self) -> Taken:
        """Return what was taken since."""
        return Taken(time.perf_counter() - self.wall, time.process_time() - self.cpu)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, in seconds."""

    wall: float
    cpu: float


def in_turn(sides: dict[str, Any], rounds: int) -> dict[str, list[Any]]:
    """Call each side once a round and return what each call returned.

    The side that begins changes from round to round, so that none always runs on the other's warm or busy machine.
    """
    found: dict[str, list[Any]] = {name: [] for name in sides}
    names = list(sides)
    for turn in range(rounds):
        for name in (*names[turn % len(names) :], *names[: turn % len(names)]):
            found[name].append(sides[name]())
    return found


def least(runs: list[Taken], what: str = "wall") -> Figure:
    """Return the shortest of the runs."""
    return Figure(min(getattr(run, what) for run in runs), "s")


def quantile(values: list[float], part: float) -> float:
    """Return the value that `part` of them do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


def peak_bytes() -> int:
    """Return the most memory this process has held. `ru_maxrss` will not do on Linux: a child starts with its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) * 1024
    info: Any = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):
        return int(info.peak_wset)
    import resource  # noqa: PLC0415 - exists where the two others do not

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def fresh(target: str, *arguments: Any) -> dict[str, Any]:
    """Call `module:function` of this package in a new process and return its dictionary, with `peak_bytes` of the process.

    `started` (seconds since the epoch) is given to it as the first argument: when the process was asked for.
    """
    command = [sys.executable, "-X", "utf8", "-m", "tests.benchmarks.measuring", target]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    said = json.dumps([time.time(), *arguments])
    done = subprocess.run([*command, said], cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{target} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _be_fresh(target: str, said: str) -> None:
    module, function = target.split(":")
    found = getattr(import_module(f"tests.benchmarks.{module}"), function)(*json.loads(said))
    print(json.dumps({**found, "peak_bytes": peak_bytes()}), flush=True)
    os._exit(0)  # what a program needs to end is not measured


if __name__ == "__main__":
    _be_fresh(*sys.argv[1:])
