"""A request as the endpoints see it, and what is known of each endpoint."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl

from shopdesk.rehearsal.answers import NOT_JSON, Answer, RefusedError
from shopdesk.rehearsal.rates import USUAL, Rate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from shopdesk.rehearsal.rehearsal import Rehearsal


@dataclass
class Call:
    """One request: `arguments` are the variable parts of its path, `at` is when it came."""

    at: datetime
    request_id: str
    arguments: tuple[str, ...]
    query_string: bytes
    headers: dict[bytes, bytes]
    body: bytes

    @cached_property
    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises RefusedError 400 where it is none."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError) as wrong:
            raise RefusedError(400, NOT_JSON) from wrong
        if not isinstance(read, dict):
            raise RefusedError(400, NOT_JSON)
        return read

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        return dict(parse_qsl(self.query_string.decode("latin-1"), keep_blank_values=True))

    def all_of(self, name: str) -> list[str]:
        """Return every value of a parameter that may be given more than once; some official clients join them by commas."""
        given = [value for key, value in parse_qsl(self.query_string.decode("latin-1")) if key == name]
        return [one for value in given for one in value.split(",")]

    @property
    def form(self) -> dict[str, str]:
        """The fields of a posted form."""
        return dict(parse_qsl(self.body.decode("latin-1"), keep_blank_values=True))

    @property
    def retry_key(self) -> str | None:
        """The X-Line-Retry-Key header, where there is one."""
        key = self.headers.get(b"x-line-retry-key")
        return key.decode("latin-1") if key is not None else None

    @property
    def token(self) -> str:
        """The bearer token of the authorization header; empty where there is none."""
        scheme, _, token = self.headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""


Handler: TypeAlias = "Callable[[Rehearsal, Call], Answer | Awaitable[Answer]]"
Addressed: TypeAlias = "Callable[[Rehearsal, Call], Sequence[str]]"


def _nobody(_rehearsal: Rehearsal, _call: Call) -> Sequence[str]:
    return []


@dataclass(frozen=True)
class Endpoint:
    """One of LINE's endpoints: its name in the journal, where it is, how often it may be called.

    `media` must be part of a body's Content-Type.
    """

    name: str
    method: str
    path: str
    handler: Handler
    rate: Rate = field(default=USUAL)
    addressed: Addressed = _nobody
    takes_retry_key: bool = False
    needs_token: bool = True
    media: bytes = b"json"
