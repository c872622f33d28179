"""The values that a condition may hold, by kind of field and comparison."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from shopdesk import japanese
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.segments.rules import Value

Kind = Literal["number", "date", "choice", "flag", "product", "text", "own"]
MOST_DAYS = 36_500
MOST = 10**12
MOST_NAMES = 500
_End = TypeVar("_End", int, date)
LONGEST_TEXT = 200
_KIND_OF: dict[str, Kind] = dict.fromkeys(("at_least", "at_most", "equals"), "number")
_KIND_OF |= dict.fromkeys(("before", "after"), "date")
_KIND_OF |= dict.fromkeys(("contains", "contains_not"), "text")


class UnreadableError(ValueError):
    """A value that a condition cannot hold; the text says what is expected there."""


def read_value(kind: Kind, comparison: str, raw: Any, normal: Callable[[str], str], least: int = 0) -> Value:
    """Return the value for this kind of field and comparison; numbers are `least` or more.

    Raises:
        UnreadableError: it is none.
    """
    if comparison in {"within_days", "before_days", "in_days"}:
        return days(raw)
    if comparison == "between":
        ends = _two(raw)
        dated = kind == "date" or (kind == "own" and isinstance(ends[0], str))
        return _rising(*map(_date, ends)) if dated else _rising(*map(_number, ends))
    if kind == "own":
        kind = _KIND_OF.get(comparison, "choice")
    if kind == "number":
        return _number(raw, least)
    if kind in _READ:
        return _READ[kind](raw)
    return tuple(dict.fromkeys(normal(one) for one in names(raw)))


def days(raw: Any) -> int:
    """Return a number of days."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_DAYS:
        raise UnreadableError(_("a number of days from 0 to {most} is expected").format(most=MOST_DAYS))
    return raw


def names(raw: Any) -> tuple[str, ...]:
    """Return one or several names or codes."""
    listed = raw if isinstance(raw, list | tuple) else [raw]
    kept = tuple(str(one).strip() for one in listed if isinstance(one, str | int) and not isinstance(one, bool))
    if not kept or len(kept) != len(listed) or not all(kept) or len(kept) > MOST_NAMES:
        raise UnreadableError(_("a name or a list of names is expected"))
    return tuple(dict.fromkeys(japanese.clean(one) for one in kept))


def _number(raw: Any, least: int = 0) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= MOST:
        raise UnreadableError(_("a whole number, {least} or more, is expected").format(least=least))
    return raw


def _two(raw: Any) -> tuple[Any, Any]:
    if not isinstance(raw, list | tuple) or len(raw) != 2:  # noqa: PLR2004 - both ends
        raise UnreadableError(_("the two ends are expected as a list, like [1, 3]"))
    return raw[0], raw[1]


def _rising(low: _End, high: _End) -> tuple[_End, _End]:
    if low > high:
        raise UnreadableError(_("the smaller end is expected first, like [1, 3]"))
    return low, high


def _date(raw: Any) -> date:
    try:
        found = date.fromisoformat(raw)
    except (TypeError, ValueError):
        found = date.min
    if not date(1900, 1, 1) <= found <= date(2999, 12, 31):
        raise UnreadableError(_("a day like 2026-11-22 is expected"))
    return found


def _text(raw: Any) -> str:
    text = japanese.clean(raw).strip() if isinstance(raw, str) else ""
    if not 0 < len(text) <= LONGEST_TEXT:
        raise UnreadableError(_("a text of 1 to {most} characters is expected").format(most=LONGEST_TEXT))
    return text


def _flag(raw: Any) -> bool:
    said = {True: True, False: False, "on": True, "off": False}
    if isinstance(raw, bool | str) and raw in said:
        return said[raw]
    raise UnreadableError(_("true or false is expected"))


_READ: dict[Kind, Callable[[Any], Value]] = {"date": _date, "flag": _flag, "text": _text}
