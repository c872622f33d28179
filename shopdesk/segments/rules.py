"""A rule about people: conditions in groups, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Value: TypeAlias = int | bool | str | date | tuple[int, ...] | tuple[str, ...] | tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `fields` says which comparisons and values a field takes.

    `within_days` and `products` narrow what is counted to a time and to products (by name or code).
    """

    field: str
    comparison: str
    value: Value
    within_days: int | None = None
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """People whom every part takes; without parts: everybody."""

    parts: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """People whom at least one part takes; without parts: nobody."""

    parts: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Except:
    """People whom the part does not take."""

    part: Rule


Rule: TypeAlias = Condition | AllOf | AnyOf | Except
Path: TypeAlias = tuple[int, ...]
EVERYBODY = AllOf()


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules directly inside a group; none of a condition."""
    match rule:
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Except(part):
            return (part,)
        case _:
            return ()


def paths(rule: Rule, at: Path = ()) -> dict[Path, Rule]:
    """Return the rule and everything inside it by its place: `()`, `(0,)`, `(0, 2)`, …"""
    found: dict[Path, Rule] = {at: rule}
    for number, part in enumerate(parts_of(rule)):
        found |= paths(part, (*at, number))
    return found
