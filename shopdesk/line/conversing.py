"""What a talk asks of LINE besides sending: files, read marks, the dots of somebody who types, link tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from shopdesk.line import host
from shopdesk.line.client import TIMEOUT

if TYPE_CHECKING:
    from shopdesk.line.client import Line

LARGEST_FILE = 300 * 1024 * 1024
"""Bytes; LINE takes videos and files of up to 200 MB from a phone, 300 MB leaves room."""
_PREPARING = 202
_TYPING_S = 20


class Content(NamedTuple):
    """A file that a friend sent."""

    media_type: str
    content: bytes


def content(line: Line, message_id: str) -> Content | None:
    """Fetch the file of a message; None while LINE is still preparing it. Raises LineError: it is gone, or LINE is out of reach."""
    from linebot.v3.messaging import ApiClient, Configuration, MessagingApiBlob  # noqa: PLC0415 - only who asks pays

    def fetch(api: object) -> object:
        known = api.api_client.configuration  # type: ignore[attr-defined]
        with ApiClient(Configuration(host=host.for_data(known.host), access_token=known.access_token)) as client:
            return MessagingApiBlob(client).get_message_content_with_http_info(message_id, _request_timeout=TIMEOUT)

    found = line.answered(fetch)
    if found.status_code == _PREPARING:
        return None
    headers = {name.lower(): value for name, value in (found.headers or {}).items()}
    return Content(headers.get("content-type", "application/octet-stream").partition(";")[0], bytes(found.data))


def mark_read(line: Line, token: str) -> None:
    """Show a friend that their messages up to this one were read. Raises LineError where the account may not."""
    from linebot.v3.messaging import MarkMessagesAsReadByTokenRequest  # noqa: PLC0415 - a second that only this pays

    request = MarkMessagesAsReadByTokenRequest(mark_as_read_token=token)
    line.call(lambda api: api.mark_messages_as_read_by_token_with_http_info(request, _request_timeout=TIMEOUT))


def show_typing(line: Line, user_id: str) -> None:
    """Show a friend for some seconds that somebody writes. Raises LineError."""
    from linebot.v3.messaging import ShowLoadingAnimationRequest  # noqa: PLC0415 - a second that only this pays

    request = ShowLoadingAnimationRequest(chat_id=user_id, loading_seconds=_TYPING_S)
    line.call(lambda api: api.show_loading_animation_with_http_info(request, _request_timeout=TIMEOUT))


def link_token(line: Line, user_id: str) -> str:
    """Return a token with which this person may link their account here; good once, for ten minutes. Raises LineError."""
    found = line.call(lambda api: api.issue_link_token_with_http_info(user_id, _request_timeout=TIMEOUT))
    return str(found.link_token)


def link_dialog(line: Line, token: str, nonce: str) -> str:
    """Return LINE's own page that links the friend of a link token with the account that `nonce` stands for."""
    asked = urlencode({"linkToken": token, "nonce": nonce})
    return f"{host.for_dialogs(line.host)}/dialog/bot/accountLink?{asked}"


def typed_for_them(basic_id: str, words: str) -> str:
    """Return the address that opens the talk with the account, `words` ready to be sent.

    Source: LINE Developers, "Use LINE features with the LINE URL scheme"; `basic_id` has its @.
    """
    return f"https://line.me/R/oaMessage/{quote(basic_id, safe='')}/?{quote(words, safe='')}"


def add_friend(basic_id: str) -> str:
    """Return the address that makes whoever opens it a friend of the account; `basic_id` has its @."""
    return f"https://line.me/R/ti/p/{quote(basic_id, safe='')}"
