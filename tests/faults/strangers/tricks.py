"""H6: what other sites, caches and middle men try: posts from elsewhere, other methods, hosts that are not ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import Answer, Site, every, site

TRICKS = 5
"""So many of one way are one case: 12 of them are the table's 60."""
_EVIL = "evil.example"
_FOR_EVER = ("/media/", "/assets/")


def tricked(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H6."""

    def make(number: int, random: Random) -> Check:
        return lambda folder: trick(stage(), folder, number, random)

    return make


def trick(stage: Stage, folder: Path, number: int, random: Random) -> None:
    """Try one way again and again: it leads nowhere, and nothing that was answered helps the next try."""
    with site(stage, folder) as found:
        before = found.rows()
        for _ in range(TRICKS):
            WAYS[number % len(WAYS)](found, random)
        assert found.rows() == before
        assert not found.redeemed(), "the mailed code is gone"
        found.hears_line()


def _posted_from_elsewhere(found: Site, random: Random) -> None:
    for where in ("cross-site", "same-site", ""):
        path, sent = random.choice(list(found.buttons().items()))
        said = {"Sec_Fetch_Site": where} if where else {}  # an older Safari says no more than its origin
        answer = found.post(path, sent, **said, Origin=f"https://{_EVIL}")
        assert answer.status == 403, (path, where, answer.status)


def _method_in_a_header(found: Site, random: Random) -> None:
    name = random.choice(("X_HTTP_Method_Override", "X_HTTP_Method", "X_Method_Override", "X_Original_Method"))
    path = list(found.pages())[-1]
    answer = found.get(path, random.choice(("GET", "HEAD")), **{name: random.choice(("POST", "DELETE"))})
    assert answer.status == 404, answer.status


def _method_in_a_field(found: Site, random: Random) -> None:
    for page, status in found.pages().items():
        name = random.choice(("_method", "_Method", "method", "X-HTTP-Method-Override"))
        answer = found.get(f"{page}{'&' if '?' in page else '?'}{name}=POST")
        assert str(answer.status) == status, (page, answer.status)


def _address_in_a_header(found: Site, random: Random) -> None:
    name = random.choice(("X_Original_URL", "X_Rewrite_URL", "X_Forwarded_Prefix", "X_Forwarded_Path", "Forwarded"))
    page, status = random.choice(list(found.pages().items()))
    answer = found.get(page, **{name: "/healthz"})
    assert str(answer.status) == status, answer.status
    assert b"waiting" not in answer.body


def _kept_by_a_cache(found: Site, random: Random) -> None:
    for path in _everywhere(found, random):
        answer = found.get(path)
        if answer.status != 200 or not path.startswith(_FOR_EVER):
            every([answer], "cache-control", "no-store")
    every([found.post("/link/mail", b"mail=x"), found.get("/link/mail", "PUT")], "cache-control", "no-store")


def _told_to_others(found: Site, random: Random) -> None:
    every(map(found.get, _everywhere(found, random)), "referrer-policy", "no-referrer")


def _framed(found: Site, random: Random) -> None:
    answers = [found.get(path) for path in _everywhere(found, random)]
    every(answers, "content-security-policy", "frame-ancestors 'none'")
    every(answers, "x-content-type-options", "nosniff")


def _another_host(found: Site, random: Random) -> None:
    page = random.choice(list(found.pages()))
    host = random.choice((_EVIL, f"{_EVIL}:443", f"shop.example.jp:80@{_EVIL}", f"{_EVIL}/..", "", "' OR 1=1"))
    plain = found.get(page)
    forwarded = dict.fromkeys(("X_Forwarded_Host", "X_Host", "X_Forwarded_Server"), _EVIL)
    _not_evil(found.get(page, Host=host, **forwarded, X_Forwarded_Proto="ftp"), plain)
    code = f"linkToken=abc&ticket={'A' * 22}&code=000000".encode()
    _not_evil(found.post("/link/code", code, Host=host, **forwarded), None)


def _another_target(found: Site, random: Random) -> None:
    page = random.choice(list(found.pages()))
    _not_evil(found.ask(f"GET http://{_EVIL}{page} HTTP/1.1\r\nHost: {_EVIL}\r\n\r\n".encode()), None)


def _a_host_in_the_path(found: Site, random: Random) -> None:
    form = random.choice(
        ("@{0}/", "/@{0}", "//{0}/%2e%2e", "/\\{0}", "/%5c{0}", "/.{0}", "/link/@{0}", "///{0}", "/link/mail/@{0}")
    )
    answer = found.get(form.format(_EVIL))
    assert answer.status in {400, 404}, (form, answer.status)
    assert "location" not in answer.headers


def _other_methods(found: Site, random: Random) -> None:
    method = random.choice(("TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "PURGE", "get"))
    page = f"{_EVIL}:443" if method == "CONNECT" else random.choice(list(found.pages()))
    answer = found.get(page, method, X_Secret="echoed")
    assert answer.status in {400, 404, 405}, (method, answer.status)
    assert b"echoed" not in answer.body


def _a_header_in_a_value(found: Site, random: Random) -> None:
    cut = random.choice(("%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D", "%00%0d%0a"))
    page = random.choice((f"/link?linkToken=a{cut}Set-Cookie:%20a=b", f"/link/{cut}Set-Cookie:%20a=b"))
    answer = found.get(page)
    assert answer.status in {400, 404}, answer.status
    sent = f"linkToken=a{cut}Set-Cookie:%20a=b&ticket={'A' * 22}&code=000000".encode()
    assert all("set-cookie" not in one.headers for one in (answer, found.post("/link/code", sent)))


def _everywhere(found: Site, random: Random) -> list[str]:
    """Return pages, and paths where there is none."""
    nowhere = ("/", "/nothing", "/media/x/240", "/link/short", "/assets/nothing.css", "/link/mail", "/healthz")
    return [*found.pages(), random.choice(nowhere)]


def _not_evil(answer: Answer, plain: Answer | None) -> None:
    assert _EVIL.encode() not in answer.body
    assert not any(_EVIL in value for value in answer.headers.values())
    if plain is not None and answer.status != 400:
        assert (answer.status, answer.body) == (plain.status, plain.body)


WAYS: tuple[Callable[[Site, Random], None], ...] = (
    _posted_from_elsewhere,
    _method_in_a_header,
    _method_in_a_field,
    _address_in_a_header,
    _kept_by_a_cache,
    _told_to_others,
    _framed,
    _another_host,
    _another_target,
    _a_host_in_the_path,
    _other_methods,
    _a_header_in_a_value,
)
