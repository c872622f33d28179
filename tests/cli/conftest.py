"""The command line as others call it: in this process, or as a process of its own; and a rehearsal beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shopdesk.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROJECT = Path(__file__).resolve().parent.parent.parent
SAMPLES = PROJECT / "tests" / "data" / "carts"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output; fails where anything else stands there."""
        assert self.out.count("\n") == 1
        assert "Traceback" not in self.err
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The error of a refusal: exit status 1, a code and one sentence."""
        assert self.status == 1, self
        error = self.json["error"]
        assert error["code"]
        assert error["message"]
        assert "\n" not in error["message"]
        return error


@pytest.fixture
def home(tmp_path: Path, empty_sqlite: Path) -> Path:
    """A home whose schema is there already, so that its first command is quick."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(empty_sqlite, folder / "shop.db")
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process; `run("import", file)` prints JSON, `text=True` speaks to people."""

    def call(*arguments: object, at: Path = home, text: bool = False) -> Ran:
        capsys.readouterr()
        status = main(["--home", str(at), *([] if text else ["--json"]), *map(str, arguments)])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call


def example(help_text: str) -> Any:
    """Return the file that a command's help shows."""
    return json.loads(help_text.partition("Example of a file:\n")[2].partition("\n\n")[0])


@pytest.fixture
def process(home: Path) -> Callable[..., Ran]:
    """Run a command as a process of its own."""

    def call(*arguments: object, at: Path | None = home, **environment: str) -> Ran:
        before = ["--home", str(at)] if at else []
        ended = subprocess.run(
            [sys.executable, "-m", "shopdesk", *before, "--json", *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return call


@contextmanager
def rehearsal(*arguments: object) -> Iterator[dict[str, str]]:
    """A rehearsal in a process of its own, as the line it prints describes it."""
    with subprocess.Popen(
        [sys.executable, "-m", "shopdesk", "rehearsal", *map(str, arguments)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as there:
        assert there.stdout is not None
        try:
            yield json.loads(there.stdout.readline())
        finally:
            there.terminate()
            there.wait(10)


def keys(said: dict[str, str]) -> dict[str, str]:
    """The environment that leads to a rehearsal."""
    return {
        "SHOPDESK_LINE_HOST": said["url"],
        "SHOPDESK_LINE_CHANNEL_ID": said["channel_id"],
        "SHOPDESK_LINE_CHANNEL_SECRET": said["channel_secret"],
        "SHOPDESK_LINE_ACCESS_TOKEN": said["access_token"],
    }
