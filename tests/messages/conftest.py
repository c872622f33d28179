"""A rehearsal that says of messages what LINE would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shopdesk.rehearsal import Rehearsal, running
from tests.rehearsal.conftest import Caller

Refusals = Callable[[list[dict[str, Any]]], set[str]]


@pytest.fixture(scope="module")
def refused() -> Iterator[Refusals]:
    """The places in these messages which LINE's check of a push refuses, asked over HTTP; empty when it takes them."""
    with running(Rehearsal(1)) as line:
        caller = Caller(line)

        def ask(messages: list[dict[str, Any]]) -> set[str]:
            reply = caller.post("/v2/bot/message/validate/push", {"messages": messages})
            return set() if reply.status == 200 else {one.get("property", "") for one in reply.json["details"]}

        yield ask
        caller.http.clear()
