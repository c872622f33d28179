"""The endpoints there are, against those LINE describes."""

from __future__ import annotations

import re

import pytest

from shopdesk.rehearsal.endpoints.table import ENDPOINTS, find
from tests.openapi import needs_openapi, operations

# Groups and rooms, audiences, LIFF and what only companies with a contract may use are not rehearsed; `callback` is the shop's own.
NOT_OURS = re.compile(
    r"/callback|/v2/bot/(group|room|audienceGroup)/|/liff/|/bot/pnp/|delivery/pnp|/v2/bot/message/markAsRead"
)


# The pages that people see, and what belongs to LINE Login: described in words, not in an OpenAPI file.
OF_LOGIN = {"accountLink", "login/authorize", "login/friendship"}


def shape(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


@needs_openapi
def test_every_endpoint_is_lines_and_every_one_of_lines_is_there():
    ours = {(one.method, shape(one.path)) for one in ENDPOINTS if one.name not in OF_LOGIN}
    lines = {(method, shape(path)) for method, path in operations() if not NOT_OURS.search(path)}
    assert ours == lines


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: f"{one.method} {one.path}")
def test_each_is_found_by_its_path(endpoint):
    arguments = tuple(f"x{place}" for place in range(endpoint.path.count("{")))
    path = endpoint.path
    for argument in arguments:
        path = re.sub(r"\{\w+\}", argument, path, count=1)
    assert find(endpoint.method, path) == (endpoint, arguments)


def test_names_are_one_for_each_method():
    assert len({(one.method, one.name) for one in ENDPOINTS}) == len(ENDPOINTS)
