"""LINE calls back: the rehearsal and the gateway as processes of their own, the shop by its command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Shop:
    """A shop's home whose LINE is a rehearsal; every command is a process."""

    def __init__(self, home: Path) -> None:
        self._env = {**os.environ, "SHOPDESK_HOME": str(home), "SHOPDESK_LANGUAGE": "ja"}
        self._ends = ExitStack()
        self.line = self.stays("rehearsal", "--friends", "2")
        names = {f"SHOPDESK_LINE_{name.upper()}": self.line[name] for name in ("channel_id", "channel_secret")}
        self._env |= {"SHOPDESK_LINE_HOST": self.line["url"], **names}

    def stays(self, *arguments: str) -> Any:
        """Start a command that stays, and return what it says first."""
        process = subprocess.Popen(
            [sys.executable, "-m", "shopdesk", "--json", *arguments], cwd=PROJECT, env=self._env, stdout=subprocess.PIPE
        )
        self._ends.callback(self._end, process)
        assert process.stdout is not None
        return json.loads(process.stdout.readline())

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stdout is not None
        process.stdout.close()

    def run(self, *arguments: str) -> Any:
        """Run a command and return what it says."""
        command = [sys.executable, "-m", "shopdesk", "--json", *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self._env, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def says(self, user: str, what: dict[str, Any]) -> None:
        """Let somebody do something at the rehearsal."""
        request = urllib.request.Request(
            f"{self.line['url']}/rehearsal/people/{user}/says", json.dumps(what).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["webhook"]["status"] == 200

    def received(self, user: str) -> list[str]:
        """Return the texts that somebody got."""
        with urllib.request.urlopen(f"{self.line['url']}/rehearsal/people/{user}/received", timeout=30) as answer:
            return [one.get("text", "") for one in json.load(answer)["messages"]]

    def close(self) -> None:
        """End what stays, the last one first."""
        self._ends.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path / "home")
    yield made
    made.close()


def until(happened: Callable[[], Any]) -> Any:
    """Wait for what another process brings about, and return it."""
    end = time.monotonic() + 60
    while not (found := happened()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def test_follow_greeting_keyword_hand_over_answer_block(shop: Shop) -> None:
    shop.run("settings", "set", "greeting", "友だち追加ありがとうございます")
    shop.run("answers", "add", "メニュー", "--match", "any", "--word", "メニュー", "--text", "モンブラン 450円です")
    shop.stays("serve")
    new = "U" + "f" * 32
    shop.says(new, {"follow": True})
    until(lambda: shop.received(new) == ["友だち追加ありがとうございます"])
    shop.says(new, {"text": "ﾒﾆｭｰを教えて"})
    until(lambda: shop.received(new)[1:] == ["モンブラン 450円です"])
    shop.says(new, {"text": "担当者に聞く"})
    until(lambda: len(shop.received(new)) == 3)
    shop.says(new, {"text": "メニューの写真はありますか"})
    (talk,) = until(lambda: [one for one in shop.run("talks")["talks"] if one["unread"] == 3])
    assert (talk["user_id"], talk["last"]["text"]) == (new, "メニューの写真はありますか")
    said = shop.run("talks", "show", new)["messages"]
    assert [one["from"] for one in said] == ["shop", "friend", "shop", "friend", "shop", "friend"]
    (answer,) = shop.run("talks", "reply", str(talk["friend"]), "はい、お待ちしています")["messages"]
    assert (answer["state"], answer["free"]) == ("accepted", True)
    assert shop.received(new)[3:] == ["はい、お待ちしています"]
    shop.says(new, {"block": True})
    until(lambda: shop.run("friends", "list")["counts"]["blocked"] == 1)
    assert all(one["ok"] for one in shop.run("verify")["invariants"])
