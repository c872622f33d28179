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
WANTED, OPTED_OUT = 1, 2
"""What staged consents are: 0 unknown, 1 wanted, 2 refused."""
CONSENTS = ("consent_line", "consent_mail")


class Change(NamedTuple):
    """One column of `customers c` given new values by the staged `s`: the SQL of the value, and of whether it is news.

    `same` is the SQL of whether the file says what is there already.
    """

    name: str
    value: str
    news: str
    same: str


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
        same = _same(names[0], born if word == "customer.birth_date" else f"s.{names[0]}")
        for name in names:
            if word == "customer.birth_date":
                staged = born if name == "birth_date" else f"s.{name}"
                found.append(_optional(name, staged, same, replace=policy == "replace"))
            else:
                found.append(_text(name, same, replace=policy == "replace"))
    return found + [consent(name) for name in CONSENTS]


def _same(name: str, staged: str) -> str:
    """Of a name and how it is folded, or a day and its month, the first decides: they go together."""
    said = f"{staged} IS NOT NULL" if name == "birth_date" else f"{staged} <> ''"
    return f"{said} AND {staged} = c.{name}"


def _text(name: str, same: str, *, replace: bool) -> Change:
    news = f"s.{name} <> '' AND s.{name} <> c.{name}" if replace else f"s.{name} <> '' AND c.{name} = ''"
    return Change(name, f"CASE WHEN {news} THEN s.{name} ELSE c.{name} END", news, same)


def _optional(name: str, staged: str, same: str, *, replace: bool) -> Change:
    differs = f"{staged} <> c.{name} OR c.{name} IS NULL" if replace else f"c.{name} IS NULL"
    news = f"{staged} IS NOT NULL AND ({differs})"
    return Change(name, f"CASE WHEN {news} THEN {staged} ELSE c.{name} END", news, same)


def consent(name: str) -> Change:
    """Return what becomes of a consent: a no is taken; a yes to mail, too, unless the last the person said is no.

    A no to LINE stands in the column alone where an older import brought it, so that no file says yes to LINE.
    """
    refused = f"s.{name} = {OPTED_OUT} AND c.{name}"
    same = f"s.{name} = {OPTED_OUT} AND NOT c.{name}"
    if name != "consent_mail":
        return Change(name, f"CASE WHEN {refused} THEN (1 = 0) ELSE c.{name} END", refused, same)
    last = "SELECT k.given FROM consents k WHERE k.customer_id = c.id AND k.channel = 'mail' ORDER BY k.id DESC LIMIT 1"
    agreed = (
        f"s.{name} = {WANTED} AND NOT c.{name} AND coalesce(({last}), (1 = 1)) "
        "AND c.id NOT IN (SELECT customer_id FROM stopped_customers)"
    )
    value = f"CASE WHEN {refused} THEN (1 = 0) WHEN {agreed} THEN (1 = 1) ELSE c.{name} END"
    return Change(name, value, f"({refused}) OR ({agreed})", f"({same}) OR (s.{name} = {WANTED} AND c.{name})")
