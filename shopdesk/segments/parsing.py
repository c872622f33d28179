"""From the JSON of the contract to a rule and back; what is wrong is said with its place."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.segments.fields import field_of
from shopdesk.segments.reading import UnreadableError, days, names, read_value
from shopdesk.segments.rules import AllOf, AnyOf, Condition, Except, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Read = TypeVar("Read")
MOST_CONDITIONS = 200
DEEPEST = 20
_WORDS = {"field", "is", "value", "within_days", "product"}
# Other ways in which people write a comparison.
_SAME = {"more_than_days_ago": "before_days", "not_within_days": "before_days", "is_in": "is"}


class InvalidRuleError(ShopDeskError):
    """A segment's rule cannot be understood."""

    code = "invalid_rule"


def parse(said: str | bytes | Mapping[str, Any]) -> Rule:
    """Return the rule that a JSON text, or what it was read into, says.

    Raises:
        InvalidRuleError: naming the place (`all[1].value`) and what is expected there.
    """
    if isinstance(said, str | bytes):
        try:
            said = json.loads(said)
        except (ValueError, RecursionError) as error:
            raise InvalidRuleError(
                _("The rule is not JSON. Write it like {example}.").format(example=_EXAMPLE)
            ) from error
    counted = [0]
    return _rule(said, "", 0, counted)


_EXAMPLE = '{"all": [{"field": "orders.count", "is": "at_least", "value": 2}]}'


def _rule(said: Any, place: str, depth: int, counted: list[int]) -> Rule:
    if not isinstance(said, dict):
        raise _wrong(place, _("a condition or a group is expected, like {example}").format(example=_EXAMPLE))
    if depth > DEEPEST:
        raise _wrong(place, _("the groups lie more than {n} deep").format(n=DEEPEST))
    group = next((word for word in ("all", "any", "not") if word in said), None)
    if group is None:
        counted[0] += 1
        if counted[0] > MOST_CONDITIONS:
            raise _wrong(place, _("there are more than {n} conditions").format(n=MOST_CONDITIONS))
        return _condition(said, place)
    if len(said) > 1:
        raise _wrong(place, _("“{word}” stands alone in its braces").format(word=group))
    inside = said[group]
    if group == "not":
        return Except(_rule(inside, _deeper(place, "not"), depth + 1, counted))
    if not isinstance(inside, list):
        raise _wrong(_deeper(place, group), _("a list of conditions is expected"))
    parts = tuple(_rule(one, f"{_deeper(place, group)}[{n}]", depth + 1, counted) for n, one in enumerate(inside))
    return AllOf(parts) if group == "all" else AnyOf(parts)


def _condition(said: Mapping[str, Any], place: str) -> Condition:
    unknown = next((word for word in said if word not in _WORDS), None)
    if unknown is not None:
        known = ", ".join(sorted(_WORDS | {"all", "any", "not"}))
        raise _wrong(place, _("“{word}” is not a word of a rule; there are {known}").format(word=unknown, known=known))
    field = _read(_deeper(place, "field"), lambda: field_of(str(said.get("field", ""))))
    comparison = said.get("is", field.comparisons[0])
    comparison = _SAME.get(str(comparison), str(comparison))
    if comparison not in field.comparisons:
        known = ", ".join(field.comparisons)
        raise _wrong(_deeper(place, "is"), _("{field} takes {known}").format(field=field.key, known=known))
    pair = comparison in field.pairs
    packed = not pair and field.kind == "product" and said.get("value") is None  # the product may stand in its own word
    value = _read(
        _deeper(place, "product" if packed else "value"),
        lambda: read_value(
            field.kind, comparison, said.get("product" if packed else "value"), field.normal, field.least
        ),
    )
    window: int | None = None
    products: tuple[str, ...] = ()
    if said.get("within_days") is not None:
        if not field.in_window:
            raise _wrong(_deeper(place, "within_days"), _("{field} cannot be narrowed to days").format(field=field.key))
        window = _read(_deeper(place, "within_days"), lambda: days(said["within_days"]))
    if pair or (said.get("product") is not None and not packed):
        if not pair and not field.of_product:
            raise _wrong(
                _deeper(place, "product"), _("{field} cannot be narrowed to a product").format(field=field.key)
            )
        products = _read(_deeper(place, "product"), lambda: names(said.get("product")))
    return Condition(field.key, comparison, value, window, products)


def _read(place: str, reading: Callable[[], Read]) -> Read:
    try:
        return reading()
    except UnreadableError as error:
        raise _wrong(place, str(error)) from error


def _deeper(place: str, word: str) -> str:
    return f"{place}.{word}" if place else word


def _wrong(place: str, problem: str) -> InvalidRuleError:
    if not place:
        return InvalidRuleError(_("The rule cannot be understood: {problem}.").format(problem=problem))
    return InvalidRuleError(
        _("The rule cannot be understood at {place}: {problem}.").format(place=place, problem=problem)
    )


def dump(rule: Rule) -> dict[str, Any]:
    """Return the JSON of a rule; `parse` gives the same rule back."""
    match rule:
        case AllOf(parts):
            return {"all": [dump(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [dump(part) for part in parts]}
        case Except(part):
            return {"not": dump(part)}
    shown: dict[str, Any] = {"field": rule.field, "is": rule.comparison, "value": _shown(rule.value)}
    if rule.within_days is not None:
        shown["within_days"] = rule.within_days
    if rule.products:
        shown["product"] = _shown(rule.products)
    return shown


def _shown(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        shown = [_shown(one) for one in value]
        return shown[0] if len(shown) == 1 else shown
    return value
