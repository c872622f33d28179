"""H5: programs that open links before, or instead of, a person: chats, mail scanners, search engines, browsers that guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import site
from tests.until import until

METHODS = ("GET", "HEAD", "OPTIONS")
PAGES = 21
"""As many as `Site.pages` has."""
VISITS = 20
_BROWSER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/15.0.0"
)
_AGENTS = (
    *("facebookexternalhit/1.1;line-poker/1.0", "Twitterbot/1.0", "Slackbot-LinkExpanding 1.0", "Discordbot/2.0"),
    *("TelegramBot (like TwitterBot)", "WhatsApp/2.23.20.0", "Googlebot/2.1", "bingbot/2.0", "Applebot/0.1"),
    *("Google-PageRenderer", "Google-Read-Aloud", "SkypeUriPreview Preview/0.5", "LinkedInBot/1.0", "Pinterestbot/1.0"),
    *(
        "Mastodon/4.3",
        "Bluesky Cardyb/1.1",
        "iMessageBot",
        "Viber",
        "kakaotalk-scrap/1.0",
        "Yeti/1.1",
        "Hatena::Fetcher",
    ),
    *("Hatena Antenna", "BingPreview/1.0b", "Barracuda Sentinel", "Mimecast URL Protect", "Proofpoint URL Defense"),
    *(
        "Microsoft Office Protocol Discovery",
        "Outlook-SafeLinks",
        "Symantec Email Security",
        "TrendMicro WTP",
        "Norton",
    ),
    *("curl/8.9.1", "python-requests/2.32", "Go-http-client/2.0", "okhttp/4.12", "Wget/1.21", "Java/17", "axios/1.7"),
    *("", "\xff\xfe"),
)
_FORESIGHT = ({}, {"Sec_Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X_Moz": "prefetch"})
EXHAUSTIVE = len(_AGENTS) * len(METHODS) * PAGES // VISITS


def previewed(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H5: twenty of the 2,520 visits."""

    def make(number: int, random: Random) -> Check:
        return lambda folder: preview(stage(), folder, number * VISITS, random)

    return make


def preview(stage: Stage, folder: Path, first: int, random: Random) -> None:
    """Open pages as such programs do: they see what people see, nothing changes, no coupon counts as opened, and the mailed code is still good.

    A link they follow, too; only the person after them counts.
    """
    with site(stage, folder) as found:
        pages, before = found.pages(), found.rows()
        assert len(pages) == PAGES
        for number in range(first, first + VISITS):
            agent, rest = divmod(number, len(METHODS) * PAGES)
            method, page = METHODS[rest // PAGES], list(pages)[rest % PAGES]
            person = found.get(page, User_Agent=_BROWSER)
            seen = found.get(page, method, User_Agent=_AGENTS[agent], **random.choice(_FORESIGHT))
            if method == "OPTIONS":
                assert seen.status in {404, 405}, (page, seen.status)
                continue
            assert (seen.status, str(person.status)) == (person.status, pages[page]), (page, method, seen.status)
            assert seen.headers.get("content-length") == str(len(person.body)), (page, method)
            assert seen.body == (person.body if method == "GET" else b""), (page, method)
        after = found.rows()
        assert after == before, [name for name in after if after[name] != before[name]]
        assert not found.redeemed(), "a visit redeemed the code"
        for number in range(first, first + VISITS):
            agent, rest = divmod(number, len(METHODS) * PAGES)
            found.get(found.link, METHODS[rest // PAGES], User_Agent=_AGENTS[agent], **random.choice(_FORESIGHT))
        assert found.get(found.link, User_Agent=_BROWSER).headers["location"] == found.leads_to
        links = found.gate.shop.links
        (link,) = (one.link.id for one in links.list())
        last = links.add(found.leads_to, "最後")  # clicks are written in the order they came in, some at once
        found.get(urlsplit(links.address(last.key)).path, User_Agent=_BROWSER)
        until(lambda: links.report(last.id).clicked.clicks, "the last click is kept")
        assert links.report(link).clicked.clicks == 1, "programs count as people"
