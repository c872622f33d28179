"""The parts of a page: checked, kept as JSON, and the addresses in a text. Pure: no session and no clock."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from html import escape
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from shopdesk import japanese
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.site.records import Content, Part, PartKind

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PARTS = 60
LONGEST_TITLE = 80
LONGEST_HEADING = 120
LONGEST_LINK = 1_000
MOST_BYTES = 36_000
"""What a page says comes to no more than this: with all that stands around it, it stays below 50 KB."""
_AROUND = 90  # what a part or an address in a text is written into, in bytes
_KINDS = frozenset(get_args(PartKind))
# What ends an address in Japanese text: blanks, brackets, and the signs that follow a word.
_IN_TEXT = re.compile(r"https?://[^\s<>\"'`、。「」『』（）【】〈〉]+")
_AT_END = ".,:;!?)]}'"
_HOST = re.compile(r"[^\s/@\\]+")


def checked(content: Content, *, named: bool) -> Content:
    """Return what a page says as it is kept: tidied, without empty parts.

    Args:
        content: As it was typed.
        named: Whether the page needs a title.

    Raises:
        InvalidInputError: it cannot be as it is, with what to change.
    """
    found = replace(
        content,
        title=japanese.tidy(content.title),
        parts=tuple(_tidied(one) for one in content.parts if one.text.strip() or one.target.strip()),
        menu=content.menu.strip(),
    )
    for right, said in _rules(found, named=named):
        if not right:
            raise InvalidInputError(said)
    return found


def _tidied(part: Part) -> Part:
    text = japanese.clean(part.text).strip() if part.kind == "text" else japanese.tidy(part.text)
    return Part(part.kind, text, part.target.strip())


def _rules(content: Content, *, named: bool) -> Iterator[tuple[bool, str]]:
    yield bool(content.title) or not named, _("Write a title.")
    yield len(content.title) <= LONGEST_TITLE, _("A title has at most {n} characters.").format(n=LONGEST_TITLE)
    yield len(content.parts) <= MOST_PARTS, _("A page has at most {n} parts.").format(n=MOST_PARTS)
    yield (
        not content.menu or safe_link(content.menu),
        _("The address of the menu must start with https:// or http://."),
    )
    for one in content.parts:
        yield one.kind in _KINDS, _("A part is heading, text, picture or link. Write one of these.")
        yield (
            one.kind != "heading" or len(one.text) <= LONGEST_HEADING,
            _("A heading has at most {n} characters.").format(n=LONGEST_HEADING),
        )
        yield one.kind != "picture" or addresses.is_own(addresses.own(one.target)), _("Choose the picture once more.")
        yield one.kind != "link" or bool(one.text), _("Write what stands on the button.")
        yield (
            one.kind != "link" or safe_link(one.target),
            _("The address of “{name}” must start with https://, http://, tel: or mailto:.").format(name=one.text),
        )
    yield weight(content) <= MOST_BYTES, _("This is too long for a phone. Shorten it, or make two pages of it.")


def weight(content: Content) -> int:
    """Return how many bytes of HTML the words of a page come to, at the most."""
    said = (one.text + one.target * (one.kind == "link") for one in content.parts)
    links = sum(_size(link) + _AROUND for one in content.parts for _plain, link in split_links(one.text) if link)
    return _size(content.title) * 2 + sum(_size(one) + _AROUND for one in said) + links


def _size(said: str) -> int:
    return len(escape(said).encode())


def safe_link(address: str) -> bool:
    """Say whether an address may stand behind a button: a web address of a host, without a name before it, or a phone or mail."""
    if len(address) > LONGEST_LINK or not address.isprintable() or any(sign.isspace() for sign in address):
        return False
    try:
        found = urlsplit(address)
        _port = found.port
    except ValueError:
        return False
    if found.scheme in {"tel", "mailto"}:
        return bool(found.path) and not found.netloc
    host = found.netloc.rpartition(":")[0] or found.netloc
    return found.scheme in {"https", "http"} and "\\" not in address and _HOST.fullmatch(host) is not None


def split_links(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces, each with '' or, where it is one, the address it leads to."""
    end = 0
    for found in _IN_TEXT.finditer(text):
        address = found[0].rstrip(_AT_END)
        if safe_link(address):
            yield text[end : found.start()], ""
            yield address, address
            end = found.start() + len(address)
    yield text[end:], ""


def excerpt(content: Content, most: int) -> str:
    """Return the first words of a page, cut."""
    said = " ".join(" ".join(one.text.split()) for one in content.parts if one.kind in {"heading", "text"})
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def written(parts: tuple[Part, ...]) -> str:
    """Return parts as they are kept."""
    return json.dumps([asdict(one) for one in parts], ensure_ascii=False, separators=(",", ":"))


def kept(said: str) -> tuple[Part, ...]:
    """Return parts from how they are kept."""
    return tuple(Part(**one) for one in json.loads(said))


def read_content(said: object) -> Content:
    """Read what a page says from a file's JSON object: `title`, `parts`, and `menu`, `reserves`, `answers` where they differ.

    A part is an object with `kind` (heading, text, picture, link), `text` and `target`.

    Raises:
        InvalidInputError: it cannot be read.
    """
    fields = Content.__dataclass_fields__
    if not isinstance(said, dict) or not said.keys() <= fields.keys():
        raise InvalidInputError(_("A page is a JSON object with {fields}.").format(fields=", ".join(fields)))
    listed = said.get("parts", [])
    try:
        parts = tuple(Part(**{key: str(value) for key, value in one.items()}) for one in listed)  # type: ignore[arg-type]
    except (AttributeError, TypeError) as error:
        raise InvalidInputError(_("The parts of a page are a list of objects with kind, text and target.")) from error
    switches = [said.get(name, getattr(Content(""), name)) for name in ("reserves", "answers")]
    if not all(isinstance(one, bool) for one in switches):
        raise InvalidInputError(_("The fields reserves and answers of a page are true or false."))
    return Content(str(said.get("title", "")), parts, str(said.get("menu", "")), *switches)
