"""What a shop may say of a site: above all, to which addresses answers may go."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.japanese import tidy
from shopdesk.links import UnsafeAddressError, sound

if TYPE_CHECKING:
    from shopdesk.member_sites.records import Wanted

_LONGEST_NAME = 40
_MOST_RETURNS = 10
_CART = re.compile(r"[a-z0-9-]{1,40}")
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def checked(wanted: Wanted) -> Wanted:
    """Return it tidied. Raises InvalidInputError."""
    name, cart = tidy(wanted.name), wanted.cart.strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise InvalidInputError(_("Name the site in up to {n} letters.").format(n=_LONGEST_NAME))
    if not _CART.fullmatch(cart):
        raise InvalidInputError(_("Say whose member numbers the site uses. `carts` lists the carts."))
    returns = tuple(dict.fromkeys(_return(one) for one in wanted.returns if one.strip()))
    if not 0 < len(returns) <= _MOST_RETURNS:
        raise InvalidInputError(
            _("Give the address to which people come back, and no more than {n}.").format(n=_MOST_RETURNS)
        )
    return replace(wanted, name=name, cart=cart, returns=returns)


def _return(said: str) -> str:
    """Read an address to which answers go: whole, so that it can be compared letter by letter."""
    try:
        address = sound(said)
    except UnsafeAddressError as wrong:
        raise InvalidInputError(wrong.message) from wrong
    parts = urlsplit(address)
    if "?" in address or "#" in address:
        raise InvalidInputError(_("An address to come back to has no ? and no #. Leave that part out."))
    if parts.scheme != "https" and parts.netloc.rpartition(":")[0] not in _LOOPBACK and parts.netloc not in _LOOPBACK:
        raise InvalidInputError(
            _("An address to come back to starts with https://. Only on your own computer http:// will do, to try it.")
        )
    return address
