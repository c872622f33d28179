"""Where a tracked link may lead: to a web page, written so that everybody sees which.

Only http and https: a telephone number or a mail address opens an app, and the way by our address would leave an empty page
behind; `javascript:`, `data:` and their like run in the visitor's browser; the rest opens whatever a phone has.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

LONGEST = 1000
"""As long as an address in a button on LINE may be, in characters."""
_SCHEMES = {"http", "https"}
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])", re.ASCII)
# What may stand in an address as it is; everything else of a path or a query is written with per cent signs.
_SAFE = "!$%&'()*+,/:;=?@[]~-._"
# Where one reader ends an address, or sees a slash, and another goes on.
_MISREAD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]")


class UnsafeAddressError(ShopDeskError):
    """No tracked link leads there."""

    code = "unsafe_address"


def sound(address: str) -> str:
    """Return an address in ASCII, as it stands in a redirect: a host of other letters becomes its `xn--` form.

    Raises:
        UnsafeAddressError: it is no http or https address, it hides where it leads, or it is too long.
    """
    said = address.strip()
    if _MISREAD.search(said):
        raise UnsafeAddressError(
            _("This address has a space, a backslash or an unseen sign in it. Copy it again from the browser.")
        )
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        raise _no_page() from None
    if parts.scheme not in _SCHEMES or not parts.netloc:
        raise _no_page()
    if "@" in parts.netloc:
        raise UnsafeAddressError(
            _("Before an @ an address can pretend to lead elsewhere. Take that part out and try again.")
        )
    netloc = _host(parts) + (f":{port}" if port is not None else "")
    made = parts._replace(
        netloc=netloc,
        path=quote(parts.path, _SAFE) or "/",
        query=quote(parts.query, _SAFE),
        fragment=quote(parts.fragment, _SAFE),
    ).geturl()
    if len(made) > LONGEST:
        raise UnsafeAddressError(_("This address is longer than {n} letters. Use a shorter one.").format(n=LONGEST))
    return made


def _host(parts: SplitResult) -> str:
    """Return the host in ASCII. Raises UnsafeAddressError."""
    host = parts.hostname or ""
    try:
        return f"[{ip_address(host)}]" if ":" in host else str(ip_address(host))
    except ValueError:
        pass
    try:
        ascii_host = host.encode("idna").decode().lower()
    except UnicodeError:
        raise _no_page() from None
    if not _HOST.fullmatch(ascii_host) and ascii_host != "localhost":
        raise _no_page()
    return ascii_host


def _no_page() -> UnsafeAddressError:
    return UnsafeAddressError(
        _("A tracked link leads to a web page: its address begins with https:// or http://. Look at the address again.")
    )
