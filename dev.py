"""Set up, try and test ShopDesk on a bare machine: python3 dev.py setup | demo | test | faults | check | lock | words | benchmark.

setup      make .venv with everything the program and its tests need (system libraries too, where Debian lacks them)
demo       open the demo shop and walk the main job; without a screen the same tour is printed and drawn to PNG
test       run the tests
faults     run the fault tables whole, or those that are named (A E F), and print what came of them; --nightly: the counts of a night
check      lint, types, unused dependencies
lock       resolve pyproject.toml into requirements.lock and requirements-dev.lock
words      collect the texts of the program into resources/i18n/*.po
benchmark  measure against the anchors of tests/benchmarks

Standard library only. On Windows: py dev.py demo
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UV = "uv==0.13.9"
# What Qt loads that a bare Debian does not have, found by ldd and by running it.
QT_LIBRARIES = [
    *("libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libbrotli1", "libpulse0"),
    *("libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0"),
    *("libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1"),
]

# What the tests of the public pages need: a real browser, and letters for it.
BROWSER = ["chromium", "fonts-noto-cjk", "libatomic1"]


# What only starts another program of ours, with the rest of the line as its arguments.
PROGRAMS = {"faults": ("-m", "tests.faults"), "words": ("resources/i18n/collect.py",)}


def say(text: str) -> None:
    print(f"[dev] {text}", flush=True)


def installed_packages() -> set[str]:
    """Names of the installed Debian packages and of all that they provide."""
    query = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status} ${Provides}\n"]
    have = set()
    for line in subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines():
        name, status, provides = (*line.split(" ", 2), "")[:3]
        if status == "installed":
            have.add(name)
            have.update(entry.split("(")[0].strip() for entry in provides.split(","))
    return have


def install_system_libraries(*, dev: bool) -> None:
    """On Debian and its relatives, add what is missing; elsewhere the wheels bring all they need."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    wanted = [*QT_LIBRARIES, "ca-certificates"]
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append("python3-venv")
    if dev and not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        wanted += BROWSER
    have = installed_packages()
    missing = [name for name in wanted if name not in have and f"{name}t64" not in have]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        say("some system libraries are missing; if the next step fails, run:  sudo " + " ".join(install))
        return
    say("installing system libraries: " + " ".join(missing))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\n[dev] this failed: {' '.join(command)}")


def setup(*, dev: bool) -> None:
    """Make or refresh .venv from the lock; nothing is done when it already matches."""
    if sys.version_info < (3, 11):
        sys.exit("[dev] Python 3.11 or newer is needed")
    install_system_libraries(dev=dev)
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamps = [VENV / ".dev"] if dev else [VENV / ".run", VENV / ".dev"]
    if PYTHON.exists() and any(stamp.exists() and stamp.read_text() == wanted for stamp in stamps[:1]):
        return
    if PYTHON.exists() and not dev and (VENV / ".dev").exists():
        return  # the larger set holds the smaller one
    started = time.monotonic()
    if not PYTHON.exists():
        say("making .venv")
        subprocess.check_call([sys.executable, "-m", "venv", str(VENV)])
    say(f"installing {lock.name}")
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    hashed = ["--require-hashes", "-r", str(lock)]
    if subprocess.call([*pip, UV]) == 0:
        subprocess.check_call([str(PYTHON), "-m", "uv", "pip", "install", "-q", "--python", str(PYTHON), *hashed])
    else:
        subprocess.check_call([*pip, *hashed])
    stamps[0].write_text(wanted)
    say(f"ready in {time.monotonic() - started:.1f} s")


def run(*command: str, **extra: str) -> int:
    """A command of the environment, from the project's folder."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **extra}
    return subprocess.call([str(PYTHON), *command], cwd=ROOT, env=env)


def lock() -> int:
    for name, group in (("requirements.lock", []), ("requirements-dev.lock", ["--group", "dev"])):
        command = [
            "-m",
            "uv",
            "pip",
            "compile",
            "-q",
            "--universal",
            "--generate-hashes",
            "--no-annotate",
            "--no-header",
        ]
        if run(*command, "--python-version", "3.11", "pyproject.toml", *group, "-o", name):
            return 1
    return 0


def check() -> int:
    steps = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("deptry", "-v", "shopdesk"))
    return max(run("-m", *step) for step in steps)


def main() -> int:
    what, rest = (sys.argv[1:2] or ["demo"])[0], sys.argv[2:]
    if what not in {"setup", "demo", "test", "check", "faults", "lock", "words", "benchmark"}:
        print(__doc__)
        return 2
    setup(dev=what != "demo")
    if what == "demo":
        return run("-m", "shopdesk", "demo", *rest)
    if what == "test":
        shared = [] if "-n" in rest else ["-n", "auto", "--dist", "worksteal"]
        screen = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        return run("-m", "pytest", "-q", *shared, *rest, QT_QPA_PLATFORM=screen)
    if what in PROGRAMS:
        return run(*PROGRAMS[what], *rest)
    if what == "benchmark":
        return run("-m", "tests.benchmarks", *rest, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    return {"setup": lambda: 0, "check": check, "lock": lock}[what]()


if __name__ == "__main__":
    raise SystemExit(main())
