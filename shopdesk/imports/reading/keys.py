"""What identifies a person, as one cell of our own files: `member:shopify:123 mail::hanako@example.com`.

Whom nothing identifies has `person:<moment of creation in milliseconds>:<number>`, good in the shop where the file was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from shopdesk.imports.reading.neutral import NeutralKey

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = 18
_KINDS = frozenset({"member", "mail", "person"})


def written(keys: Iterable[tuple[str, str, str]]) -> str:
    """Return keys (kind, scope, value) as one cell."""
    return " ".join(":".join((kind, scope, _quoted(value))) for kind, scope, value in keys)


def read(cell: str) -> tuple[NeutralKey, ...]:
    """Return the keys of a cell; what is none is left out."""
    parts = (word.split(":", 2) for word in cell.split(" "))
    keys = (NeutralKey(part[0], part[1], unquote(part[2])) for part in parts if len(part) == len(NeutralKey._fields))
    return tuple(key for key in keys if key.kind in _KINDS and key.value and (key.kind != "person" or _numbered(key)))


def _numbered(key: NeutralKey) -> bool:
    return all(part.isascii() and part.isdecimal() and len(part) <= _DIGITS for part in (key.scope, key.value))


def _quoted(value: str) -> str:
    return "".join(f"%{ord(one):02X}" if one in "% " else one for one in value)
