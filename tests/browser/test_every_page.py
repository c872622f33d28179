"""Every page of the gateway in one browser, light and dark, at a phone's size: found by axe to be for everybody, small, and closed to others.

With `SEEN=folder` each is drawn there, whole, in both.
"""

from __future__ import annotations

import os
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from shopdesk import gateway
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, LINE_LOGIN_ID, LINE_LOGIN_SECRET
from tests.browser.conftest import CHROMIUM
from tests.browser.every_page import NO_PAGES, Everything, Visit
from tests.links import Link

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
MOST_BYTES = 50_000
_FORM = {"linkToken": "abc", "card": "A" * 22}
"""What is sent to every address while the data is out of reach; more than the form of a link or of a sign-in is asked for nowhere."""
_POST = """([action, fields]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}"""
_FOUND = """async (only) => {
  const rules = only ? { runOnly: { type: "rule", values: only } } : {};
  const said = await axe.run({ ...rules, resultTypes: ["violations"] });
  return said.violations.map((one) => [one.impact, one.id, one.nodes.map((node) => node.html).slice(0, 3)]);
}"""
_SIZES = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((one) => !/[/](media|picture)[/]/.test(one.name)).map((one) => [one.name, one.encodedBodySize])"""


_LOW = """[...document.querySelectorAll("a.button, button, summary, input:not([type=hidden], [type=radio], [type=checkbox]), textarea")]
  .filter((one) => one.offsetHeight < 44).map((one) => one.outerHTML)"""


@pytest.fixture
def keys(there):
    logins = there.rehearsal.logins
    login = {LINE_LOGIN_ID: logins.channel_id, LINE_LOGIN_SECRET: logins.channel_secret}
    return {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret, **login}


@pytest.fixture
def everything(make_shop, keys):
    shop = make_shop(secrets=keys)
    with gateway.running(shop) as found:
        yield Everything(shop, found.url), found


def test_every_page_is_for_everybody_small_and_closed_to_others(everything, page: Page):
    shop, found = everything
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(AXE_SCRIPT)
    tried, wrong = set(), []
    for visit in shop.visits():
        answer = opened(page, found.url, visit)
        assert answer.status == visit.status, (visit.name, answer.status)
        tried.add(visit.route)
        seen = [*closed(answer), *small(page)]
        if "/me/" not in visit.route:  # a friend's own pages are drawn by the same templates
            seen += axe(page, visit.name)
        wrong += [(visit.name, *one) for one in seen]
    assert not wrong, "\n".join(map(str, wrong))
    # A route that nobody looks at here is a page that nobody tried.
    asked = {one for one in found.answers if not one.startswith("HEAD ")}
    assert asked - tried == NO_PAGES


def test_every_address_has_a_page_while_the_data_is_out_of_reach(make_shop, fresh_postgresql, keys, page: Page):
    link = Link(fresh_postgresql)
    with closing(link), gateway.running(make_shop(url=link.url, secrets=keys)) as found:
        for method, path in asked_of(found, "%00"):  # which PostgreSQL takes as no text
            asked = page.request.fetch(path, method=method, form=_FORM if method == "POST" else None)
            assert asked.status < 500, (method, path)
        link.down()
        page.set_viewport_size({"width": 390, "height": 844})
        page.add_init_script(AXE_SCRIPT)
        answer = opened(page, found.url, Visit("503", "", "/shop"))
        assert (answer.status, [*closed(answer), *small(page), *axe(page, "503")]) == (503, [])
        said = answer.body()
        for method, path in asked_of(found, "A" * 22):
            asked = page.request.fetch(path, method=method, form=_FORM if method == "POST" else None)
            if "/assets/" not in path:
                assert (asked.status, asked.body()) == (503, said), (method, path)
            assert "default-src 'none'" in asked.headers["content-security-policy"], (method, path)
        link.up()


def asked_of(found: gateway.Running, key: str) -> list[tuple[str, str]]:
    """Return every method and address of a gateway, with this key wherever a page has one."""
    answered = sorted(one.split() for one in found.answers if not one.startswith("HEAD "))
    return [(method, found.url + re.sub(r"\{\w+\}", key, path.replace("{width}", "700"))) for method, path in answered]


def opened(page: Page, url: str, visit: Visit) -> Response:
    """Open a page as a link or a form opens it."""
    if visit.posted is None:
        answer = page.goto(url + visit.path)
    else:
        with page.expect_navigation() as posted:
            page.evaluate(_POST, [visit.path, dict(visit.posted)])
        answer = posted.value
    assert answer is not None
    return answer


def closed(answer: Response) -> list[tuple[str, ...]]:
    """Return what a page lets others do: be kept, framed, or told where a visitor came from."""
    headers = answer.headers
    policy = headers["content-security-policy"]
    wanted = (
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
    wrong = [("policy", one) for one in wanted if one not in policy]
    wrong += [("policy", one) for one in ("unsafe", "*", "http:") if one in policy.replace("http://127.0.0.1", "")]
    wrong += [("kept", headers["cache-control"])] if headers["cache-control"] != "no-store" else []
    return wrong + ([("referrer",)] if headers["referrer-policy"] != "no-referrer" else [])


def small(page: Page) -> list[tuple[Any, ...]]:
    """Return what is heavy, from elsewhere, in the page itself, too wide, or too low for a thumb."""
    sizes = page.evaluate(_SIZES)
    host = urlsplit(page.url).netloc
    wrong: list[tuple[Any, ...]] = [("elsewhere", name) for name, _size in sizes if urlsplit(name).netloc != host]
    if (whole := sum(size for _name, size in sizes)) >= MOST_BYTES:
        wrong.append(("heavy", whole))
    if page.locator("style, script:not([src]), [style], [onclick]").count():
        wrong.append(("style or script in the page",))
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 390:
        wrong.append(("wide", width))
    return wrong + [("low", one) for one in page.evaluate(_LOW)]


def axe(page: Page, name: str) -> list[tuple[Any, ...]]:
    """Return what axe finds serious: everything in the light, the colours once more in the dark."""
    wrong = []
    for scheme, only in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        said = page.evaluate(_FOUND, only)
        wrong += [(scheme, *one) for one in said if one[0] in {"serious", "critical"} or os.environ.get("SEEN")]
        if folder := os.environ.get("SEEN"):
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)
    return wrong
