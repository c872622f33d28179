"""`staff` on the command line: PINs come through standard input and nowhere else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from shopdesk.cli import main
from shopdesk.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Ran


def test_staff_from_the_first_owner_to_a_forgotten_pin(
    run: Callable[..., Ran], home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def typed(pin: str, *arguments: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
        return run("staff", *arguments, "--pin-stdin")

    assert run("staff", "list").json == {"staff": []}
    assert typed("2580", "add", "りょう", "--role", "counter").error["code"] == "last_owner"
    assert typed("1234", "add", "さくら", "--role", "owner").error["code"] == "invalid"
    made = typed("4071", "add", "さくら", "--role", "owner").json["staff"]
    assert made == {"id": 1, "name": "さくら", "role": "owner", "answers": False, "exports": False}
    assert typed("2580", "add", "りょう", "--role", "counter", "--answers").json["staff"]["answers"]
    assert [one["name"] for one in run("staff", "list").json["staff"]] == ["さくら", "りょう"]
    assert "さくら" in run("staff", "list", text=True).out
    assert run("staff", "remove", "さくら").error["code"] == "last_owner"
    assert run("staff", "pin", "だれか").error["code"] == "not_found"
    assert typed("9306", "pin", "さくら").status == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("4071\n"))
    assert "--pin-stdin" in run("staff", "pin", "さくら").error["message"], "nobody sits there to be asked"
    assert run("staff", "remove", "りょう").status == 0
    shop = open_shop(home, secrets={})
    assert shop.staff.sign_in(1, "9306").name == "さくら"
    shop.close()
    assert main(["staff", "--help"]) == 0
    assert "has the shop's data" in " ".join(capsys.readouterr().out.split())
