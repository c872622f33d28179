"""Small rules from which the shapes of LINE's objects are put together; each names what it finds wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from shopdesk.rehearsal.answers import Problem, refuse_all
from shopdesk.rehearsal.objects.graphemes import utf16_length

# What is looked at, where it lies ("messages[0].text"), and the list that takes what is wrong.
Rule: TypeAlias = Callable[[object, str, list[Problem]], None]

EMPTY = "May not be empty"
_HTTPS = re.compile(r"https://[!-~]+")
_URI = re.compile(r"(https?://|line://|tel:)[!-~]+")
_HTTPS_LIMIT = 2000


def wrong(problems: list[Problem], at: str, message: str) -> None:
    """Note one thing that is wrong."""
    problems.append({"message": message, "property": at})


def string(
    low: int, high: int, *, length: Callable[[str], int] = utf16_length, pattern: re.Pattern[str] | None = None
) -> Rule:
    """Return the rule for text of `low` to `high` characters, counted by `length`."""

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, str):
            wrong(problems, at, "Must be a string")
        elif not value and low:
            wrong(problems, at, EMPTY)
        elif not low <= length(value) <= high:
            wrong(problems, at, f"Length must be between {low} and {high}")
        elif pattern and not pattern.fullmatch(value):
            wrong(problems, at, "Invalid value")

    return rule


def integer(low: int, high: int) -> Rule:
    """Return the rule for a whole number from `low` to `high`."""

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            wrong(problems, at, f"Must be a number between {low} and {high}")

    return rule


def decimal(low: float, high: float) -> Rule:
    """Return the rule for a number from `low` to `high`."""

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
            wrong(problems, at, f"Must be a number between {low} and {high}")

    return rule


def flag(value: object, at: str, problems: list[Problem]) -> None:
    """Check a boolean."""
    if not isinstance(value, bool):
        wrong(problems, at, "Must be true or false")


def one_of(*words: str) -> Rule:
    """Return the rule for one of these words."""

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if value not in words:
            wrong(problems, at, f"Must be one of the following values: [{', '.join(words)}]")

    return rule


def https(value: object, at: str, problems: list[Problem]) -> None:
    """Check the address of a picture, video or sound (LINE: HTTPS, percent-encoded, 2000 characters)."""
    if not isinstance(value, str) or not value:
        wrong(problems, at, EMPTY)
    elif len(value) > _HTTPS_LIMIT:
        wrong(problems, at, f"Length must be between 0 and {_HTTPS_LIMIT}")
    elif not _HTTPS.fullmatch(value):
        wrong(problems, at, "Must be a valid HTTPS URL")


def uri(high: int) -> Rule:
    """Return the rule for what a tap may open (LINE: http, https, line, tel)."""
    length = string(1, high)

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        before = len(problems)
        length(value, at, problems)
        if len(problems) == before and not _URI.fullmatch(str(value)):
            wrong(problems, at, "Invalid URI scheme")

    return rule


def items(each: Rule, low: int, high: int) -> Rule:
    """Return the rule for a list of `low` to `high` things."""

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, list):
            wrong(problems, at, "Must be an array")
        elif not low <= len(value) <= high:
            wrong(problems, at, f"Size must be between {low} and {high}")
        else:
            for index, one in enumerate(value):
                each(one, f"{at}[{index}]", problems)

    return rule


def record(needed: Mapping[str, Rule], maybe: Mapping[str, Rule] | None = None, *more: Rule) -> Rule:
    """Return the rule for an object; `more` looks at it as a whole once its parts are right.

    LINE takes null for absent and passes over properties it does not know.
    """
    optional = maybe or {}

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            wrong(problems, at, "Must be an object")
            return
        before = len(problems)
        for name, part in needed.items():
            if value.get(name) is None:
                wrong(problems, _inside(at, name), EMPTY)
            else:
                part(value[name], _inside(at, name), problems)
        for name in value.keys() & optional.keys():
            if value[name] is not None:
                optional[name](value[name], _inside(at, name), problems)
        if len(problems) == before:
            for whole in more:
                whole(value, at, problems)

    return rule


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """Return the rule for an object whose `type` says which rule it follows."""
    known = f"Must be one of the following values: [{', '.join(kinds)}]"

    def rule(value: object, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            wrong(problems, at, "Must be an object")
            return
        kind = value.get("type")
        chosen = kinds.get(kind) if isinstance(kind, str) else None
        if chosen is None:
            wrong(problems, _inside(at, "type"), known)
        else:
            chosen(value, at, problems)

    return rule


def must(rule: Rule, value: object, at: str = "") -> None:
    """Refuse what breaks the rule. Raises RefusedError 400 with every place that is wrong."""
    problems: list[Problem] = []
    rule(value, at, problems)
    refuse_all(problems)


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
