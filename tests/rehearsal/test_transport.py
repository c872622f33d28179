"""HTTP as clients of all kinds speak it."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from shopdesk.rehearsal import friend_id
from tests.rehearsal.conftest import TEXT

BODY = json.dumps({"to": friend_id(0), "messages": [TEXT]}).encode()
PUSH = "/v2/bot/message/push"


def exchange(caller, *parts: bytes) -> bytes:
    """Send parts as they are and return everything that comes back until the line ends."""
    where = urlsplit(caller.line.url)
    answer = b""
    with closing(socket.create_connection((where.hostname, where.port), timeout=5)) as line:
        for part in parts:
            line.sendall(part)
        while got := line.recv(65536):
            answer += got
    return answer


def head(caller, method: str, path: str, *more: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: api.line.me",
        f"Authorization: Bearer {caller.line.access_token}",
        *more,
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


def test_a_body_in_chunks(caller):
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(BODY[at : at + 7]), BODY[at : at + 7]) for at in range(0, len(BODY), 7))
    headers = ("Content-Type: application/json; charset=UTF-8", "Transfer-Encoding: chunked")
    assert b" 200 " in exchange(caller, head(caller, "POST", PUSH, *headers), chunks + b"0\r\n\r\n")
    assert caller.received() == [TEXT]


def test_a_client_that_waits_to_be_told_to_go_on(caller):
    where = urlsplit(caller.line.url)
    headers = ("Content-Type: application/json", f"Content-Length: {len(BODY)}", "Expect: 100-continue")
    with closing(socket.create_connection((where.hostname, where.port), timeout=5)) as line:
        line.sendall(head(caller, "POST", PUSH, *headers))
        assert line.recv(65536).startswith(b"HTTP/1.1 100 ")
        line.sendall(BODY)
        assert line.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_two_requests_at_once_on_one_line(caller):
    first = f"GET /v2/bot/info HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {caller.line.access_token}\r\n\r\n".encode()
    answer = exchange(caller, first + head(caller, "GET", "/v2/bot/message/quota"))
    assert answer.count(b"HTTP/1.1 200 ") == 2
    assert answer.index(b"basicId") < answer.index(b"limited")


def test_a_head_has_no_body(caller):
    answer = exchange(caller, head(caller, "HEAD", "/v2/bot/info"))
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("body", [(), ("Content-Length: 0",), ("Content-Type: application/json", "Content-Length: 0")])
def test_a_post_that_needs_no_body_may_come_without(caller, body):
    answer = exchange(caller, head(caller, "POST", f"/v2/bot/user/{friend_id(0)}/linkToken", *body))
    assert b" 200 " in answer
    assert b"linkToken" in answer


@pytest.mark.parametrize(
    "media", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]
)
def test_json_however_it_is_written(caller, media):
    headers = {"Content_Type": media, "Accept_Encoding": "gzip", "User_Agent": "line-botsdk-java/9.8.0"}
    reply = caller.raw("POST", PUSH, BODY, **headers)
    assert reply.status == 200
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v2/bot/info", 200), ("GET", "/nothing", 404), ("PUT", PUSH, 405), ("POST", PUSH, 415)],
)
def test_every_answer_has_its_request_id(caller, method, path, status):
    ids = set()
    for _twice in range(2):
        reply = caller.raw(method, path, b"{}" if method == "POST" else None, Content_Type="text/plain")
        assert reply.status == status
        ids.add(reply.headers["x-line-request-id"])
    assert len(ids) == 2
