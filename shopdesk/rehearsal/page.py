"""The files and the texts of the page at `/`."""

from __future__ import annotations

from shopdesk import i18n
from shopdesk.i18n import N_
from shopdesk.paths import resources

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
FILES = (
    "index.html",
    "page.css",
    "messages.css",
    "page.js",
    "phone.js",
    "messages.js",
    "templates.js",
    "flex.js",
    "taps.js",
    "draw.js",
)
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' https: data:; media-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
_WORDS = {
    "title": N_("LINE rehearsal"),
}


def file_of(name: str) -> tuple[bytes, str]:
    """Return one of `FILES` and its media type."""
    file = resources() / "rehearsal" / name
    return file.read_bytes(), _TYPES[file.suffix]


def words(language: str) -> dict[str, str]:
    """Return the page's texts by their keys, in a language or in the program's own where that is not spoken."""
    spoken = language if language in i18n.LANGUAGES else i18n.language()
    translate = i18n.translations(spoken).gettext
    return {"language": spoken, **{key: translate(text) for key, text in _WORDS.items()}}
