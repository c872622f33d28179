"""An offer as it is typed: checked, and read from the form in which files and the window write it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

from shopdesk import japanese
from shopdesk.clock import in_japan, written_moment
from shopdesk.coupons.records import DISCOUNTS, EVENTS, KINDS, Offer
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""How a file names the days of the week."""
_MOST_YEN = 10_000_000
_MOST_DAYS = 3_650
_MOST_COUNT = 10_000_000


def checked(offer: Offer) -> Offer:
    """Return an offer as it is kept, texts tidied.

    Raises:
        InvalidInputError: it cannot be as it is, with what to change.
    """
    offer = replace(
        offer,
        name=japanese.tidy(offer.name),
        text=japanese.clean(offer.text).strip(),
        terms=japanese.clean(offer.terms).strip(),
        weekdays=tuple(sorted(set(offer.weekdays))),
    )
    for right, said in _rules(offer):
        if not right:
            raise InvalidInputError(said)
    return replace(offer, weekdays=()) if len(offer.weekdays) == len(DAY_NAMES) else offer


def _rules(offer: Offer) -> tuple[tuple[bool, str], ...]:
    value, starts, ends = offer.value, offer.starts, offer.ends
    return (
        (bool(offer.name), _("Write a name for the coupon.")),
        (offer.kind in KINDS, _("A coupon is yen_off, percent_off, free_item or gift. Write one of these.")),
        (offer.kind != "yen_off" or _between(value, 1, _MOST_YEN), _("Say how many yen come off, from 1.")),
        (offer.kind != "percent_off" or _between(value, 1, 99), _("Say how many per cent come off, from 1 to 99.")),
        (
            offer.kind in DISCOUNTS or value is None,
            _("A gift or a free item has no value in yen. Leave it out."),
        ),
        (
            starts is None or ends is None or starts < ends,
            _("The coupon ends before it begins. Correct one of the two."),
        ),
        (all(0 <= day < len(DAY_NAMES) for day in offer.weekdays), _("A day of the week is not known.")),
        (
            (offer.opens is None) == (offer.closes is None) and (offer.opens is None or offer.opens != offer.closes),
            _("Give both hours, from and to, and let them differ."),
        ),
        (_empty_or(offer.lasts_days, _MOST_DAYS), _("Days are a number from 1 to {most}.").format(most=_MOST_DAYS)),
        (_empty_or(offer.per_person, _MOST_COUNT), _("The limit for one person is a number from 1.")),
        (_empty_or(offer.most, _MOST_COUNT), _("The limit in all is a number from 1.")),
        (_between(offer.minimum_yen, 0, _MOST_YEN), _("The least purchase is a number of yen from 0.")),
        (_empty_or(offer.odds, 99), _("The odds are per cent, from 1 to 99.")),
        (offer.event in EVENTS, _("A coupon is given by itself for follow or birthday. Write one of these.")),
    )


def _between(number: object, least: int, most: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and least <= number <= most


def _empty_or(number: int | None, most: int) -> bool:
    return number is None or _between(number, 1, most)


def read_offer(written: object) -> Offer:
    """Read an offer from a file's JSON object; `name` and `kind` must be there.

    `from` and `until` are days (`until` with that day) or moments, of Japan where they name no zone; `weekdays` a list of mon … sun;
    `hours` two times; `limit` in all and `limit_per_person`, null for none; the rest as `Offer` names it.

    Raises:
        InvalidInputError: it cannot be read, or what it says cannot be.
    """
    if not isinstance(written, dict):
        raise InvalidInputError(_("A coupon is a JSON object with name and kind."))
    unknown = sorted(map(str, written.keys() - _READERS.keys()))
    if unknown:
        known = ", ".join(_READERS)
        raise InvalidInputError(
            _("A coupon has no field “{field}”. It has: {known}.").format(field=unknown[0], known=known)
        )
    missing = [name for name in ("name", "kind") if name not in written]
    if missing:
        raise InvalidInputError(_("The coupon needs a field “{field}”.").format(field=missing[0]))
    found: dict[str, Any] = {}
    for name, said in written.items():
        read, example = _READERS[name]
        try:
            found |= read(said)
        except (TypeError, ValueError, OverflowError, IndexError) as error:
            sentence = _("The field “{field}” of the coupon cannot be read. Write it like this: {example}")
            raise InvalidInputError(sentence.format(field=name, example=example)) from error
    return checked(Offer(**found))


def as_json(offer: Offer) -> dict[str, Any]:
    """Return an offer as a file writes it, JSON-able; `read_offer` reads it again."""
    hours = [one.strftime("%H:%M") for one in (offer.opens, offer.closes) if one is not None]
    return {
        **{name: getattr(offer, field) for name, field in _PLAIN.items()},
        "from": in_japan(offer.starts).isoformat() if offer.starts else None,
        "until": in_japan(offer.ends).isoformat() if offer.ends else None,
        "weekdays": [DAY_NAMES[day] for day in offer.weekdays],
        "hours": hours or None,
    }


def _as(name: str, kind: type, *, empty: bool = False) -> Callable[[object], dict[str, Any]]:
    def read(said: object) -> dict[str, Any]:
        if not (empty and said is None) and (not isinstance(said, kind) or (kind is int and isinstance(said, bool))):
            raise ValueError(said)
        return {name: said}

    return read


def _from(said: object) -> dict[str, Any]:
    return {"starts": _moment(said, end=False)}


def _until(said: object) -> dict[str, Any]:
    return {"ends": _moment(said, end=True)}


def _moment(said: object, *, end: bool) -> datetime | None:
    if said is None:
        return None
    if not isinstance(said, str):
        raise TypeError(said)
    return written_moment(said, end=end)


def _weekdays(said: object) -> dict[str, Any]:
    if not isinstance(said, list):
        raise TypeError(said)
    return {"weekdays": tuple(DAY_NAMES.index(one) for one in said)}


def _hours(said: object) -> dict[str, Any]:
    if said is None:
        return {}
    if not isinstance(said, list):
        raise TypeError(said)
    opens, closes = map(time.fromisoformat, said)
    if any(one != time(one.hour, one.minute) for one in (opens, closes)):  # a zone or seconds, which would be dropped
        raise ValueError(said)
    return {"opens": opens, "closes": closes}


_DAY = '"2026-12-31"'
_READERS: dict[str, tuple[Callable[[object], dict[str, Any]], str]] = {
    "name": (_as("name", str), '"…"'),
    "kind": (_as("kind", str), '"free_item"'),
    "value": (_as("value", int, empty=True), "500"),
    "text": (_as("text", str), '"…"'),
    "terms": (_as("terms", str), '"…"'),
    "picture": (_as("picture", str), '"…"'),
    "from": (_from, _DAY),
    "until": (_until, _DAY),
    "lasts_days": (_as("lasts_days", int, empty=True), "30"),
    "weekdays": (_weekdays, json.dumps(DAY_NAMES)),
    "hours": (_hours, '["10:00", "18:30"]'),
    "limit_per_person": (_as("per_person", int, empty=True), "1"),
    "limit": (_as("most", int, empty=True), "100"),
    "minimum_yen": (_as("minimum_yen", int), "1000"),
    "odds": (_as("odds", int, empty=True), "50"),
    "by_link": (_as("by_link", bool), "true"),
    "event": (_as("event", str), '"birthday"'),
}
"""How each field is read, and how it is written in a file."""
_PLAIN = {
    name: {"limit_per_person": "per_person", "limit": "most"}.get(name, name)
    for name in _READERS
    if name not in {"from", "until", "weekdays", "hours"}
}
"""Which field of an offer each of those holds that are written as they are."""
