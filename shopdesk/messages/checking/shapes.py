"""The small rules from which the table of LINE's objects is put together; each notes what a person has to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from shopdesk import web
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import addresses
from shopdesk.messages.checking.notes import Place

if TYPE_CHECKING:
    from shopdesk.line.limits import Room

# What is looked at and where it lies; problems are noted there.
Rule: TypeAlias = Callable[[Any, Place], None]
Fields: TypeAlias = Mapping[str, Rule]

_MEDIA = re.compile(r"https://[!-~]+")
_VISIBLE = re.compile(r"[!-~]+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def text(room: Room, *, empty: bool = False, pattern: re.Pattern[str] | None = None) -> Rule:
    """Return the rule for a text that fits; `empty`: it need not be written."""

    def rule(value: Any, at: Place) -> None:
        if not isinstance(value, str):
            at.wrong("form", _("{field} must be a text in quotation marks. Write it again.").format(field=at.name))
            return
        over = at.measure(value, room)
        if over:
            at.wrong("too_long", _too_long(at, room, over))
        elif not value.strip() and not empty:
            at.wrong("empty", _("{field} is empty. Write something or take it out.").format(field=at.name))
        elif pattern is not None and value and not pattern.fullmatch(value):
            at.wrong("signs", _("{field} has signs that LINE does not take there. Change it.").format(field=at.name))

    return rule


def _too_long(at: Place, room: Room, over: int) -> str:
    return _("{field} has {n} characters; LINE takes {most}. Shorten it by {over}.").format(
        field=at.name, n=f"{room.most + over:,}", most=f"{room.most:,}", over=f"{over:,}"
    )


def media(value: Any, at: Place) -> None:
    """Check the address of a picture, video or sound: https and open to everybody, or a picture the shop keeps."""
    if not isinstance(value, str) or not value.strip():
        at.wrong("empty", _("{field} is missing. Choose a file or write its address.").format(field=at.name))
    elif own := addresses.kept(value):
        _own_picture(own[1], at)
    elif over := at.measure(value, limits.MEDIA_ADDRESS):
        at.wrong("too_long", _too_long(at, limits.MEDIA_ADDRESS, over))
    elif _PLACEHOLDER.search(value):
        _personal(at)
    elif not _MEDIA.fullmatch(value):
        sentence = _("{field} must start with https:// and have neither spaces nor Japanese letters in it.")
        at.wrong("not_https", sentence.format(field=at.name))
    elif not web.is_open(value):
        sentence = _("{field} ({url}) can only be opened inside your own network. Use one that everybody can open.")
        at.wrong("not_public", sentence.format(field=at.name, url=value))


def _personal(at: Place) -> None:
    """Refuse a placeholder in an address: filled in, it would tell the site, and whoever the link is passed on to, a name."""
    sentence = _("{field} has a placeholder such as {name} in it. Names are not put into addresses; take it out.")
    at.wrong("placeholder", sentence.format(field=at.name, name="{name}"))


def _own_picture(width: int | None, at: Place) -> None:
    """Check a picture the shop keeps: a rich message's has no width in its address, every other one of those there are."""
    fitting = width is None if at.path.endswith("baseUrl") else width in limits.IMAGEMAP_WIDTHS
    if not fitting:
        _misshapen(at)
    elif not at.notes.public:
        sentence = _(
            "LINE cannot fetch this picture: it lies on this computer only. Write the shop's public https:// address "
            "in the settings, or use the https:// address of a picture on your own site."
        )
        at.wrong("no_public_address", sentence)


def link(value: Any, at: Place) -> None:
    """Check what a tap opens."""
    if not isinstance(value, str) or not value.strip():
        at.wrong("empty", _("{field} is empty. Write an address such as https://…").format(field=at.name))
    elif addresses.coupon_of(value) is not None:
        _own_page(at)
    elif over := at.measure(value, limits.LINK):
        at.wrong("too_long", _too_long(at, limits.LINK, over))
    elif _PLACEHOLDER.search(value):
        _personal(at)
    elif not _VISIBLE.fullmatch(value) or not _opens(value):
        at.wrong(
            "bad_link",
            _(
                "{field} must start with https://, http://, tel: or line:// and have no spaces or Japanese letters."
            ).format(field=at.name),
        )


def _own_page(at: Place) -> None:
    """Check the page of a coupon, of which every reader gets their own address."""
    if not at.notes.public:
        sentence = _(
            "The page of a coupon needs a fixed public address of the shop; a temporary one would soon lead nowhere. "
            "Write it in the settings, or take the coupon out."
        )
        at.wrong("no_public_address", sentence)


def _opens(value: str) -> bool:
    return any(value.startswith(scheme) and len(value) > len(scheme) for scheme in limits.LINK_SCHEMES)


def number(low: float, high: float, *, whole: bool = True) -> Rule:
    """Return the rule for a number from `low` to `high`."""
    kinds = (int,) if whole else (int, float)

    def rule(value: Any, at: Place) -> None:
        if not isinstance(value, kinds) or isinstance(value, bool) or not low <= value <= high:
            sentence = _("{field} must be a number from {low} to {high}.")
            at.wrong("number", sentence.format(field=at.name, low=f"{low:,}", high=f"{high:,}"))

    return rule


def one_of(*words: str) -> Rule:
    """Return the rule for one of these words."""

    def rule(value: Any, at: Place) -> None:
        if value not in words:
            sentence = _("{field} is none of those LINE knows: {known}.")
            at.wrong("unknown", sentence.format(field=at.name, known=", ".join(words)))

    return rule


def some(each: Rule, least: int, most: int) -> Rule:
    """Return the rule for a list of `least` to `most` things."""

    def rule(value: Any, at: Place) -> None:
        if not isinstance(value, list):
            _misshapen(at)
            return
        if len(value) < least:
            sentence = _("{field}: there are {n}; LINE wants at least {least}. Add some.")
            at.wrong("too_few", sentence.format(field=at.name, n=len(value), least=least))
        if len(value) > most:
            sentence = _("{field}: there are {n}; LINE takes at most {most}. Take some out.")
            at.wrong("too_many", sentence.format(field=at.name, n=len(value), most=most))
        for index, one in enumerate(value):
            each(one, at.at(index))

    return rule


def record(needed: Fields, maybe: Fields | None = None, *whole: Rule) -> Rule:
    """Return the rule for an object; `whole` look at all of it. Fields the table does not name are LINE's to judge."""
    optional = maybe or {}

    def rule(value: Any, at: Place) -> None:
        if not isinstance(value, dict):
            _misshapen(at)
            return
        for key, part in needed.items():
            part("" if value.get(key) is None else value[key], at.inside(key))
        for key, part in optional.items():
            if value.get(key) is not None:
                part(value[key], at.inside(key))
        for more in whole:
            more(value, at)

    return rule


def listed(value: Any, key: str) -> list[Any]:
    """Return the list in a field, empty where there is none: for rules that look at a whole object."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """Return the rule for an object whose `type` says which rule it follows."""

    def rule(value: Any, at: Place) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        chosen = kinds.get(kind) if isinstance(kind, str) else None
        if chosen is None:
            sentence = _("{field}: this kind cannot stand here. LINE knows: {known}.")
            at.inside("type").wrong("unknown", sentence.format(field=at.name, known=", ".join(kinds)))
        else:
            chosen(value, at)

    return rule


def _misshapen(at: Place) -> None:
    at.wrong("form", _("{field} is missing, or not in LINE's form. Write it again.").format(field=at.name))
