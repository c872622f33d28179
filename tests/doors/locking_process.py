"""Processes that set a database key and are killed on the way, for test_encryption.

Everything is imported once; then each line of standard input, a JSON object, forks a process that sets the key of a home
and kills itself when it comes to the n-th line of the work. Printed for each: how it ended, and how many lines
it had come to.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend

from shopdesk import at_rest, encryption, shop

WATCHED = {encryption.__file__, __file__}


class FileRing(KeyringBackend):
    """A key ring that all these processes share."""

    priority = 1

    def __init__(self, file: Path) -> None:
        self.file = file

    def get_password(self, service, username):
        return json.loads(self.file.read_text(encoding="utf-8")).get(f"{service}/{username}")

    def set_password(self, service, username, password):
        kept = json.loads(self.file.read_text(encoding="utf-8")) | {f"{service}/{username}": password}
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self.file)


def use(order) -> None:
    os.environ["SHOPDESK_INSTANCE_FILE"] = order["instance"]
    keyring.set_keyring(FileRing(Path(order["ring"])))


def key_last(key, home):
    """The control: the key is used first and kept afterwards."""
    folder = at_rest.paths.Home(home)
    encryption.encrypt(folder, key)
    secrets = at_rest.Secrets(folder.name)
    secrets.set(at_rest.DATABASE_KEY, key)


class PlainGoesFirst(type(Path())):
    """The control: the old file is removed before the new one has its name."""

    def replace(self, target):
        Path(target).unlink()
        return super().replace(target)


def set_key(order) -> None:
    """Count the lines of our own code, each once, and kill at the n-th."""
    use(order)
    passed = set()

    def traced(frame, event, _argument):
        code = frame.f_code
        if not (code.co_filename in WATCHED or code.co_name == "encrypt_shop"):
            return None
        if event == "line":
            passed.add((code.co_filename, frame.f_lineno))
            if len(passed) == order["line"]:
                os.kill(os.getpid(), signal.SIGKILL)
        return traced

    home = Path(order["home"])
    work = key_last if order["control"] == "key last" else at_rest.encrypt_shop
    if order["control"] == "plain goes first":
        home = PlainGoesFirst(home)
        at_rest.paths.Home.database = property(lambda self: PlainGoesFirst(self.path / "shop.db"))
    sys.settrace(traced)
    work(order["key"], home)
    sys.settrace(None)
    print(f"whole {len(passed)}", flush=True)


def look(order) -> None:
    """Open the home as the next start does, and print what it finds."""
    use(order)
    try:
        found = shop.open_shop(Path(order["home"]))
        print(json.dumps([found.customers.count(), bool(found.database.key)]), flush=True)
    except at_rest.ShopDeskError as error:
        print(json.dumps([error.code, False]), flush=True)


def main() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                look(order) if order["look"] else set_key(order)
            except BaseException as error:  # noqa: BLE001 - a fork must not go on with the parent's loop
                print(f"failed {error!r}", flush=True)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print("killed", flush=True)


if __name__ == "__main__":
    main()
