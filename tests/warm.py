"""Import children forked from a process that has imported everything: the program itself spawns them, which takes most of a second."""

from __future__ import annotations

import multiprocessing
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def warm_children() -> Iterator[None]:
    """Start children from a warm process meanwhile, where the system can; what a fresh one needs is tried in tests/cli."""
    if sys.platform == "win32":
        yield
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["shopdesk.imports.child"])
    known = multiprocessing.get_context
    with mock.patch.object(multiprocessing, "get_context", lambda how: context if how == "spawn" else known(how)):
        yield
