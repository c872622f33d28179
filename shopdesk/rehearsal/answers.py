"""What goes back over the wire: answers, and LINE's own bodies for refusals."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TypeAlias

Problem: TypeAlias = dict[str, str]

RATE_EXCEEDED = "The API rate limit has been exceeded. Try again later."
MONTHLY_LIMIT = "You have reached your monthly limit."
ALREADY_ACCEPTED = "The retry key is already accepted"
INVALID_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)
NOT_JSON = "The request body could not be parsed as JSON (line: -, column: -)"

GATEWAY_PAGE = b"<html><head><title>%d</title></head><body><h1>%d</h1></body></html>"
HTML_PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please sign in.</body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; `accepted` says whether the request had its effect."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    content_type: bytes = b"application/json"
    accepted: bool = False


@dataclass
class RefusedError(Exception):
    """LINE would answer with this status and message; it never reaches a person."""

    status: int
    message: str
    details: list[Problem] = field(default_factory=list)
    headers: tuple[tuple[bytes, bytes], ...] = ()

    def answer(self) -> Answer:
        """Return the refusal as LINE words it: `message` and, where there are any, `details`."""
        body: dict[str, object] = {"message": self.message}
        if self.details:
            body["details"] = self.details
        return Answer(self.status, encoded(body), self.headers)


EMPTY = Answer(200, b"{}", accepted=True)


def done(body: object, *headers: tuple[bytes, bytes]) -> Answer:
    """Return a 200 with this body as JSON."""
    return Answer(200, encoded(body), headers, accepted=True)


def encoded(body: object) -> bytes:
    """Return JSON as LINE sends it: UTF-8, no spaces; a lone surrogate stays escaped."""
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()


def refuse_all(problems: list[Problem]) -> None:
    """Refuse a body in which anything was found wrong."""
    if problems:
        raise RefusedError(400, f"The request body has {len(problems)} error(s)", problems)


def unauthorized() -> RefusedError:
    """Return the refusal of a missing, wrong or expired channel access token."""
    return RefusedError(401, INVALID_TOKEN, headers=((b"www-authenticate", b'Bearer error="invalid_token"'),))


def as_said(status: int) -> Answer:
    """Return what LINE, or the proxy before it, says with this status when a fault asks for it."""
    if status in {502, 503, 504}:
        return Answer(status, GATEWAY_PAGE % (status, status), content_type=b"text/html")
    message = {
        400: "The request body has 1 error(s)",
        401: INVALID_TOKEN,
        403: "Access to this API is not available for your account",
        404: "Not found",
        409: ALREADY_ACCEPTED,
        413: "The request body is too large",
        429: RATE_EXCEEDED,
        500: "Internal server error",
    }.get(status, "The request was not accepted")
    details = [{"message": "May not be empty", "property": "messages[0].text"}] if status == 400 else []  # noqa: PLR2004 - HTTP
    return RefusedError(status, message, details).answer()
