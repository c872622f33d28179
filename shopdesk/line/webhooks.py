"""The address to which LINE delivers, as LINE keeps it: read, set, tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.line.client import TIMEOUT
from shopdesk.line.problems import RefusedByLineError

if TYPE_CHECKING:
    from shopdesk.line.client import Line

_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class WebhookSetting:
    """Where LINE delivers, '' for nowhere, and whether “use webhooks” is on."""

    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class WebhookTest:
    """How LINE's own try went: `reason` is LINE's word (OK, COULD_NOT_CONNECT, REQUEST_TIMEOUT, …)."""

    success: bool
    status: int
    reason: str
    detail: str


def webhook_setting(line: Line) -> WebhookSetting:
    """Return what LINE has. Raises LineError."""
    try:
        found = line.call(lambda api: api.get_webhook_endpoint_with_http_info(_request_timeout=TIMEOUT))
    except RefusedByLineError as refused:
        if getattr(refused.__cause__, "status", None) == _NOT_FOUND:  # none was ever set
            return WebhookSetting("", active=False)
        raise
    return WebhookSetting(found.endpoint or "", bool(found.active))


def set_webhook(line: Line, url: str) -> None:
    """Tell LINE where to deliver; LINE takes https only. It may take a minute until it does. Raises LineError."""
    from linebot.v3.messaging import SetWebhookEndpointRequest  # noqa: PLC0415 - a second that only this pays

    request = SetWebhookEndpointRequest(endpoint=url)
    line.call(lambda api: api.set_webhook_endpoint_with_http_info(request, _request_timeout=TIMEOUT))


def try_webhook(line: Line) -> WebhookTest:
    """Let LINE send an empty delivery to the address it has. Raises LineError."""
    from linebot.v3.messaging import TestWebhookEndpointRequest  # noqa: PLC0415 - a second that only this pays

    request = TestWebhookEndpointRequest()
    found = line.call(lambda api: api.test_webhook_endpoint_with_http_info(request, _request_timeout=TIMEOUT))
    return WebhookTest(bool(found.success), int(found.status_code), found.reason, found.detail)
