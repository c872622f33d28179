"""H3: links that are to lead elsewhere: destinations that hide where they go, and visitors who add one of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

from shopdesk.links import UnsafeAddressError
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import Site, request, site

TRICKS = 6
"""So many of each way are one case."""
_EVIL = "evil.example"
_HOME = "shop.example.jp"
_HIDING = (
    *(
        "//{evil}",
        "///{evil}",
        "/\\{evil}",
        "\\\\{evil}",
        "/{tab}/{evil}",
        "https:{evil}",
        "https:/{evil}",
        "https:///{evil}",
    ),
    *("https://{home}@{evil}/", "https://{home}:pw@{evil}/", "https://{home}%40{evil}/", "https://{evil}\\@{home}/"),
    *(
        "https://{home}\\{evil}/",
        "https://{home}{tab}.{evil}/",
        "ht{tab}tps://{evil}/",
        "{null}https://{evil}",
        "\u200bhttps://{evil}",
    ),
    *(
        "javascript:location='//{evil}'",
        "JAVASCRIPT://{home}/%0alocation='//{evil}'",
        "data:text/html,<script src=//{evil}>",
    ),
    *(
        "vbscript:x",
        "file://{evil}/x",
        "blob:https://{evil}/x",
        "intent://{evil}#Intent;scheme=https;end",
        "line://nv/{evil}",
    ),
    *(
        "https://{home}/{crlf}Location: https://{evil}/",
        "https://{home}/{crlf}{crlf}<script>",
        "https://{home}\u3002{evil}/",
    ),
    *(
        "https://{home}\uff0f{evil}/",
        "https://{home}\uff20{evil}/",
        "https://{home}\u2044{evil}/",
        "https://[{evil}]/",
        "https://{evil}:x/",
    ),
    *(
        "https://ехаmple.jp/",
        "https://exаmple.jp/",
        "https://ｅｘａｍｐｌｅ.jp/",
        "https://xn--/",
        "https://{home}..{evil}/",
    ),
)
_SIGNS = {"tab": "\t", "null": "\0", "crlf": "\r\n"}
_ADDED = (
    *(
        "?url=https://{evil}/",
        "?next=//{evil}",
        "?u=%2f%2f{evil}",
        "#//{evil}",
        "/",
        "//{evil}",
        "/https://{evil}/",
        "%2f%2f{evil}",
    ),
    *(
        "/..//{evil}",
        "@{evil}",
        "%40{evil}",
        ".{evil}",
        "\\{evil}",
        "%5c{evil}",
        "%0d%0aLocation:%20https://{evil}/",
        "%00",
        ";{evil}",
    ),
    *(
        "%E5%98%8A%E5%98%8DLocation:%20https://{evil}/",
        "?%0d%0aSet-Cookie:%20a=b",
        "?url=javascript:alert(1)",
        "~",
        "%2e",
    ),
)
_HEADERS = (
    "Host",
    "X_Forwarded_Host",
    "X_Original_URL",
    "X_Rewrite_URL",
    "Forwarded",
    "Referer",
    "X_HTTP_Host_Override",
)


def redirected(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H3."""

    def make(number: int, random: Random) -> Check:
        return lambda folder: redirect(stage(), folder, number, random)

    return make


def redirect(stage: Stage, folder: Path, number: int, random: Random) -> None:
    """Try both ends of a link: it leads to what stands in the shop's own data, in a form that everybody reads alike, or nowhere."""
    with site(stage, folder) as found:
        for at in range(TRICKS):
            _made(found, _HIDING[(number * TRICKS + at) % len(_HIDING)])
            _opened(found, _ADDED[(number * TRICKS + at) % len(_ADDED)], random)
        found.hears_line()


def _made(found: Site, form: str) -> None:
    """Make a link to an address that hides where it goes; what is taken leads to the host that everybody sees in it."""
    address = form.format(evil=_EVIL, home=_HOME, **_SIGNS)
    links = found.gate.shop.links
    try:
        link = links.add(address, "H3")
    except UnsafeAddressError:
        return
    location = found.get(f"/l/{link.key}").headers["location"]
    assert location == link.destination, address
    assert location.isascii(), address
    assert location.startswith(("https://", "http://")), address
    assert not set(location) & set("\\\t\r\n\0 "), address
    host = urlsplit(location).netloc
    # As a browser reads it: up to the first slash of either kind, after the last @.
    seen = location.partition("://")[2].replace("\\", "/").split("/")[0].split("?")[0].split("#")[0].rpartition("@")[2]
    assert host == seen, address
    # The letters of another script that look like ours are seen for what they are.
    assert "xn--" in host or host in {f"{_HOME}.{_EVIL}", "example.jp"}, (address, host)


def _opened(found: Site, added: str, random: Random) -> None:
    """Open a link with something added: it leads where it always did, or nowhere."""
    path = found.link + added.format(evil=_EVIL)
    sent = random.choice((path, quote(path, "/?&=%#:@;~"), f"https://{_EVIL}{path}"))
    more = {random.choice(_HEADERS): random.choice((_EVIL, f"https://{_EVIL}/", f"host={_EVIL}"))}
    answer = found.ask(request("GET", sent, {"Host": _HOME, **more}))
    if 300 <= answer.status < 400:
        assert answer.headers["location"] == found.leads_to, (sent, more)
    else:
        assert answer.status in {400, 404, 0}, (sent, answer.status)
        assert "location" not in answer.headers, sent
    assert "set-cookie" not in answer.headers, sent
    assert _EVIL.encode() not in answer.body, sent
