"""Whether a person opened an address, or a program: a chat that draws a preview, a mail scanner, a search engine, a browser that guesses.

Most say what they are. The rest lacks what a browser in somebody's hand always says. Whatever is in doubt counts as no person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BROWSER = re.compile(r"Mozilla/5\.0 \((?!compatible)[^)]{3,}\).* (?:AppleWebKit|Gecko)/", re.ASCII)
# Not `line`: that is the browser in LINE's own talks. LINE's previews say `line-poker`.
_PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|scan|poker|externalhit|fetch|monitor|headless|lighthouse|pagespeed|archiv|validator"
    r"|python|curl|wget|okhttp|java/|axios|http-?client|safelinks|proofpoint|mimecast|barracuda|discovery|render|cardyb|yeti"
    r"|scrap|read-aloud|phantom|puppeteer|playwright|selenium|electron|feed",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
_PURPOSE = ("sec-purpose", "purpose", "x-purpose", "x-moz")


def by_person(method: str, headers: Mapping[str, str]) -> bool:
    """Say whether a browser shows the answer to somebody.

    Args:
        method: Of HTTP.
        headers: Their names in lower case.
    """
    agent = headers.get("user-agent", "")
    if method != "GET" or not _BROWSER.match(agent) or _PROGRAM.search(agent):
        return False
    if any(_AHEAD.search(headers.get(name, "")) for name in _PURPOSE):
        return False
    # What browsers of today say of where an answer goes; old ones say nothing.
    return (
        headers.get("sec-fetch-mode", "navigate") == "navigate"
        and headers.get("sec-fetch-dest", "document") == "document"
    )
