"""The door to other people's web sites: whether an address answers. Nothing private is ever asked, nothing is followed."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from urllib.parse import SplitResult

# Of one message; the rest is not looked at.
MOST_LINKS = 10
SECONDS, SECONDS_IN_ALL = 4.0, 6.0
# The site is there, but not for programs, or not by this method.
_THERE_ALL_THE_SAME = {401, 403, 405, 407, 408, 425, 429}
_NO_SUCH_METHOD = {400, 403, 404, 405, 501}
_REFUSED = 400
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
# Names that nobody outside can open: RFC 6761, 6762 and 8375, the one kept for private use by ICANN, and what routers give.
_INSIDE = {"localhost", "local", "invalid", "test", "arpa", "internal", "lan", "localdomain"}
_INTO_IPV4 = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32", "::/96")))
_DOTS = str.maketrans("。．｡", "...")
"""What a browser takes for the dots of a host, too."""

Verdict = Literal["answers", "dead", "forbidden", "not_looked_at"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What an address did. `forbidden`: it is private, or no address of the web; it was not asked."""

    url: str
    verdict: Verdict
    status: int | None = None


def look(urls: Sequence[str], *, loopback: bool) -> list[Looked]:
    """Ask each address once, all at the same time, within six seconds; at most ten are asked.

    Args:
        urls: Addresses as they stand in a message.
        loopback: Whether this computer itself may be asked: only where LINE is a rehearsal.
    """
    chosen = list(dict.fromkeys(urls))[:MOST_LINKS]
    if not chosen:
        return []
    loop = asyncio.new_event_loop()
    # Asking for a name cannot be stopped; whoever still asks at the end is not waited for.
    names = ThreadPoolExecutor(MOST_LINKS, thread_name_prefix="names")
    loop.set_default_executor(names)
    try:
        return loop.run_until_complete(_look(chosen, loopback=loopback))
    finally:
        names.shutdown(wait=False, cancel_futures=True)
        loop.close()


async def _look(urls: Sequence[str], *, loopback: bool) -> list[Looked]:
    import aiohttp  # noqa: PLC0415 - 0.3 s that only who asks pays

    connector = aiohttp.TCPConnector(resolver=_resolver(aiohttp, loopback=loopback), limit=MOST_LINKS)
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    headers = {"User-Agent": "ShopDesk link check"}
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, headers=headers) as session:
        asked = [asyncio.ensure_future(_one(session, url, aiohttp, loopback=loopback)) for url in urls]
        await asyncio.wait(asked, timeout=SECONDS_IN_ALL)
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
    return [
        one.result() if one.done() and not one.cancelled() else Looked(url, "not_looked_at")
        for url, one in zip(urls, asked, strict=True)
    ]


async def _one(session: Any, url: str, aiohttp: Any, *, loopback: bool) -> Looked:
    if not _may_be_asked(url, loopback=loopback):
        return Looked(url, "forbidden")
    try:
        status = await _status(session, "HEAD", url)
        if status in _NO_SUCH_METHOD:
            status = await _status(session, "GET", url)
    except aiohttp.ClientConnectorError as lost:
        return Looked(url, _why(lost))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return Looked(url, "not_looked_at")
    dead = status >= _REFUSED and status not in _THERE_ALL_THE_SAME
    return Looked(url, "dead" if dead else "answers", status)


async def _status(session: Any, method: str, url: str) -> int:
    async with session.request(method, url, allow_redirects=False) as answer:
        return int(answer.status)


class PrivateAddressError(OSError):
    """The name leads to an address that is nobody's business."""


def _why(lost: Any) -> Verdict:
    """Why no connection came about: a name that does not exist is dead, a network that is away says nothing."""
    seen: BaseException | None = lost
    while seen is not None:
        if isinstance(seen, PrivateAddressError):
            return "forbidden"
        if isinstance(seen, socket.gaierror):
            return "dead" if seen.errno == socket.EAI_NONAME else "not_looked_at"
        seen = seen.__cause__ or getattr(seen, "os_error", None)
    return "not_looked_at"


def _may_be_asked(url: str, *, loopback: bool) -> bool:
    try:
        parts = urlsplit(url)
        host, _port = _host(parts), parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        return False
    try:
        return is_public(host, loopback=loopback)
    except (
        ValueError
    ):  # a name: looked at when it is resolved; none ends in a number, but odd spellings of addresses do
        return not _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2])


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").translate(_DOTS)


def is_open(url: str) -> bool:
    """Tell whether everybody's phone could open an address, as far as its host tells; nothing is asked.

    The host must be a name below a public domain, or an IP address of the open web.
    """
    try:
        host = _host(urlsplit(url)).rstrip(".")
    except ValueError:
        return False
    try:
        return is_public(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return "." in host and last not in _INSIDE and not _NUMBER.fullmatch(last)


def is_public(address: str, *, loopback: bool = False) -> bool:
    """Tell whether an IP address is one of the open web. Raises ValueError where it is no IP address."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if loopback and found.is_loopback:
        return True
    inside = isinstance(found, ipaddress.IPv6Address) and any(found in one for one in _INTO_IPV4)
    return found.is_global and not found.is_multicast and not inside


def _resolver(aiohttp: Any, *, loopback: bool) -> Any:
    """A resolver that gives public addresses only, so that what is connected to is what was looked at."""

    class Public(aiohttp.ThreadedResolver):  # type: ignore[misc]
        async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> Any:
            found = await super().resolve(host, port, family)
            if not all(is_public(one["host"], loopback=loopback) for one in found):
                raise PrivateAddressError(host)
            return found

    return Public()
