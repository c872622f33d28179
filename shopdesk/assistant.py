"""The door to an assistant: any service that speaks OpenAI's chat completions, at an address the shop has chosen. Off without one."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.japanese import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 15.0
_MOST_BYTES = 256 * 1024
_FINE = 200


class AssistantError(ShopDeskError):
    """The assistant gave no answer that can be used."""

    code = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One text of a talk."""

    by_shop: bool
    text: str


@dataclass(frozen=True, slots=True)
class Assistant:
    """An assistant: the address before `/chat/completions`, its key ('' for none), and which of its models answers."""

    url: str
    key: str
    model: str
    seconds: float = SECONDS

    def answer(self, instructions: str, turns: Sequence[Turn]) -> str:
        """Return what it says to the last of some texts; nothing but these and the instructions goes out.

        Raises:
            AssistantError: it cannot be reached in time, refuses, sends us elsewhere, or answers in another form.
        """
        said = [{"role": "assistant" if one.by_shop else "user", "content": one.text} for one in turns]
        request = {"model": self.model, "messages": [{"role": "system", "content": instructions}, *said]}
        return _read(asyncio.run(self._ask(json.dumps(request, ensure_ascii=False).encode())))

    async def _ask(self, body: bytes) -> bytes:
        import aiohttp  # noqa: PLC0415 - 0.3 s that only a shop with an assistant pays

        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        timeout = aiohttp.ClientTimeout(total=self.seconds)
        address = f"{sound_address(self.url)}/chat/completions"
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.post(address, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status != _FINE:
                    raise AssistantError(
                        _("The assistant refused: HTTP {status}. Look at its address, its key and its model.").format(
                            status=answer.status
                        )
                    )
                return await _some(answer.content)
        except (aiohttp.ClientError, TimeoutError, OSError) as lost:
            raise AssistantError(
                _("The assistant did not answer in time, or cannot be reached. Answer this question yourself.")
            ) from lost


def sound_address(text: str) -> str:
    """Return an address without the slash at its end, '' for none; the key and the talks go to nobody in plain.

    Raises:
        InvalidInputError: it is neither https:// nor an http:// address of this computer.
    """
    said = text.strip().rstrip("/")
    if said and not _is_sound(said):
        raise InvalidInputError(
            _("Write the assistant's address like https://ai.example.com/v1; http:// is for this computer only.")
        )
    return said


def _is_sound(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = not (parts.username or parts.password or parts.query or parts.fragment) and address.isprintable()
    return plain and bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host)))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _some(content: Any) -> bytes:
    """Read an answer up to its end; of one that is too long so much that it cannot be read as JSON."""
    read = bytearray()
    async for part in content.iter_chunked(_MOST_BYTES):
        read += part
        if len(read) > _MOST_BYTES:
            break
    return bytes(read)


def _read(body: bytes) -> str:
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
        return clean(said).strip()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as wrong:
        raise AssistantError(
            _("The assistant answered in a form that cannot be read. Answer this question yourself.")
        ) from wrong
