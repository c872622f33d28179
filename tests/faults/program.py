"""Every file of table F through the program: `shopdesk import` refuses it with its Japanese sentence or imports it, once.

The command runs in this process, its child in one of a warm fork server: the same code as always, without the second that
a new interpreter takes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any
from unittest import mock

from shopdesk import i18n, migrate
from shopdesk.cli.program import main
from shopdesk.clock import SystemClock
from shopdesk.database import Database, connect_sqlite
from shopdesk.paths import Home
from tests.faults.files import Made
from tests.warm import warm_children

JAPANESE = {
    "empty": ("は空です", "行がありません"),
    "damaged": ("壊れているか、途中で切れています", "文字として読めません", "32,767 文字をこえる"),
    "password": ("パスワードがかかっています", "権限管理で保護されています"),
    "wrong_kind": (
        *("表のファイルではありません", "別の種類の文書です", "表のない Office 文書です", "Numbers の書類です"),
        *("フォルダーです", "ファイルではありません", "Excel 97 より前の形式です", "XML の表です", "ウェブページです"),
    ),
    "too_large": (
        "メモリーを使い切る",
        "32,767 文字をこえる",
        "512 MB をこえています",
        "200 MB を超えます",
        "メモリーより大きい",
    ),
    "unsafe": ("開いていません",),
    "file_missing": ("を開けません", "共有フォルダーにつながりません"),
    "file_locked": ("Excel で開いたままです",),
    "broken_file": ("中が壊れているか、メモリーを使い切る",),
    "too_slow": ("読み終わりません",),
    "not_recognised": ("どれも何の列か分かりません",),
    "needs_mapping": ("どの列が何かを決めてください",),
}
"""What the sentence of each refusal says to a person."""
_NOT_ORDERS = {"not_recognised", "needs_mapping", "empty"}
"""How a sound sheet ends that is no list of anything."""
_TABLES = (
    "customers",
    "customer_keys",
    "orders",
    "order_lines",
    "products",
    "subscriptions",
    "imports",
    "import_changes",
)


@dataclass(frozen=True)
class Ran:
    """How one `shopdesk import` ended."""

    status: int
    said: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.said.get("error", {}).get("code", ""))

    @property
    def added(self) -> int:
        """How much of it was news."""
        counts = [self.said["orders"][name] for name in ("new", "updated")] + [self.said["customers"]["new"]]
        return sum(counts)


class Program:
    """One home, put back to an empty shop before each file."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="shopdesk-faults-"))
        self._end = Finalize(self, shutil.rmtree, (self._folder, True), exitpriority=1)
        self._home = Home(self._folder / "home")
        self._home.make()
        self._empty = self._folder / "empty.sqlite"
        with closing(Database.in_file(self._home.database)) as database:
            migrate.upgrade(database, self._home, SystemClock())
            database.checkpoint()
        shutil.copyfile(self._home.database, self._empty)

    def start_afresh(self) -> None:
        """Put the empty shop back."""
        for left in self._home.database.parent.glob(f"{self._home.database.name}-*"):
            left.unlink()
        shutil.copyfile(self._empty, self._home.database)

    def run(self, path: Path) -> Ran:
        """Import a file as a Japanese shop does."""
        out, given = (
            io.StringIO(),
            {"SHOPDESK_LANGUAGE": "ja", "SHOPDESK_INSTANCE_FILE": str(self._folder / "instance")},
        )
        before = i18n.language()
        try:
            with mock.patch.dict(os.environ, given), warm_children(), redirect_stdout(out), redirect_stderr(io.StringIO()):
                status = main(["--home", str(self._home.path), "--json", "import", str(path)])
        finally:
            i18n.set_language(before)
        return Ran(status, json.loads(out.getvalue()))

    def contents(self) -> str:
        """Return a hash over every row that an import can write."""
        found = hashlib.sha256()
        with closing(connect_sqlite(self._home.database, None)) as database:
            for table in _TABLES:
                found.update(repr(database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()).encode())
        return found.hexdigest()

    def orders(self) -> list[tuple[Any, ...]]:
        """Return number, total and buyer's name of each order in the database."""
        with closing(connect_sqlite(self._home.database, None)) as database:
            return list(map(tuple, database.execute("SELECT number, total_yen, buyer_name FROM orders ORDER BY id")))

    def close(self) -> None:
        self._end()


def through(made: Made, path: Path, program: Program, *, mutated: bool = False) -> None:
    """Import a file twice; what is refused leaves the database as it was, what is taken is taken once.

    Raises:
        AssertionError: it is otherwise. `mutated`: nobody knows whether the file is sound.
    """
    program.start_afresh()
    before, ran = program.contents(), program.run(path)
    if ran.status == 0:
        assert not made.code, f"{made.name}: imported, not refused as {made.code}"
        if made.orders is not None:
            wanted = sorted((number, total, name) for number, _at, total, name in made.orders)
            assert sorted(program.orders()) == wanted, f"{made.name}: {program.orders()}"
        again = program.run(path)
        assert (again.status, again.said.get("orders") and again.added) == (0, 0), f"{made.name}: again {again.said}"
        return
    assert ran.status == 1, f"{made.name}: ended with {ran.status}"
    allowed = set(JAPANESE) if mutated else {made.code} if made.code else _NOT_ORDERS
    assert ran.code in allowed, f"{made.name}: {ran.code}, not one of {sorted(allowed)}: {ran.said}"
    assert made.orders is None, f"{made.name}: refused, {ran.code}"
    message = ran.said["error"]["message"]
    assert any(said in message for said in JAPANESE[ran.code]), message
    assert message.endswith("。") or ran.code == "needs_mapping", message  # the columns stand last
    assert "\n" not in message
    assert program.contents() == before, f"{made.name}: refused, and something was written"
