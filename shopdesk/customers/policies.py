"""What an import does to a known person's fields: fill what is empty, replace, or keep; and opt-outs, which it never lifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = {
    "customer.name": ("name", "name_fold"),
    "customer.kana": ("kana", "kana_fold"),
    "customer.email": ("email",),
    "customer.phone": ("phone",),
    "customer.postal": ("postal",),
    "customer.prefecture": ("prefecture",),
    "customer.address": ("address",),
    "customer.sex": ("sex",),
    "customer.note": ("note",),
    "customer.birth_date": ("birth_date", "birth_month"),
}
POLICIES = dict.fromkeys((*_COLUMNS, "customer.tags", "customer.own"), ("fill", "replace", "keep"))
"""The fields of a mapping file's `policies`, each with what it may be given."""
TEXTS = tuple(name for word, names in _COLUMNS.items() if word != "customer.birth_date" for name in names)
"""The columns of text that an import brings."""
OPTED_OUT = 2
"""What staged consents are: 0 unknown, 1 wanted, 2 refused."""


class Change(NamedTuple):
    """One column of `customers c` given new values by the staged `s`: the SQL of the value, and of whether it is news."""

    name: str
    value: str
    news: str


def changes(policies: Mapping[str, str], *, born: str) -> list[Change]:
    """Return what becomes of each column of a known person under these policies.

    Args:
        policies: By field; `fill` where it is not named.
        born: SQL of the staged date of birth as the database keeps dates.
    """
    found = []
    for word, names in _COLUMNS.items():
        policy = policies.get(word, "fill")
        if policy == "keep":
            continue
        for name in names:
            if word == "customer.birth_date":
                staged = born if name == "birth_date" else f"s.{name}"
                found.append(_optional(name, staged, replace=policy == "replace"))
            else:
                found.append(_text(name, replace=policy == "replace"))
    return found + [_consent(name) for name in ("consent_line", "consent_mail")]


def _text(name: str, *, replace: bool) -> Change:
    news = f"s.{name} <> '' AND s.{name} <> c.{name}" if replace else f"s.{name} <> '' AND c.{name} = ''"
    return Change(name, f"CASE WHEN {news} THEN s.{name} ELSE c.{name} END", news)


def _optional(name: str, staged: str, *, replace: bool) -> Change:
    differs = f"{staged} <> c.{name} OR c.{name} IS NULL" if replace else f"c.{name} IS NULL"
    news = f"{staged} IS NOT NULL AND ({differs})"
    return Change(name, f"CASE WHEN {news} THEN {staged} ELSE c.{name} END", news)


def _consent(name: str) -> Change:
    news = f"s.{name} = {OPTED_OUT} AND c.{name}"
    return Change(name, f"CASE WHEN {news} THEN (1 = 0) ELSE c.{name} END", news)
