"""What a person decided about a file's columns, kept by its header: the next such file needs no question."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.imports.mapping import Mapping
from shopdesk.imports.tables import ImportMappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.imports.headers import Header
    from shopdesk.imports.recognition import Column


class Remembered:
    """Every decision of this shop, read once an import."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(ImportMappingRow.signature, ImportMappingRow.columns, ImportMappingRow.policies))
        self._known = {signature: (columns, policies) for signature, columns, policies in rows}

    def mapping(self, header: Header) -> Mapping | None:
        """Return what was decided about files with this header, None where nothing was."""
        known = self._known.get(signature(header) or "")
        return None if known is None else Mapping(json.loads(known[0]), policies=json.loads(known[1]))


def signature(header: Header) -> str | None:
    """Return what headers with the same columns share, in whatever order; None where no column has a name.

    With blank or twin headings the order counts too: only their places tell such columns apart.
    """
    if not any(header.folded):
        return None
    plain = all(header.folded) and len(set(header.folded)) == len(header.folded)
    names = sorted(header.folded) if plain else header.folded
    return blake2b("\x1f".join(names).encode(), digest_size=16).hexdigest()


def remember(session: Session, header: Header, columns: Sequence[Column], mapping: Mapping, at: datetime) -> int | None:
    """Keep what each column of a file was imported as, over what was kept before; return the row's id."""
    said = signature(header)
    if said is None:
        return None
    row = session.scalar(select(ImportMappingRow).where(ImportMappingRow.signature == said))
    if row is None:
        row = ImportMappingRow(signature=said)
        session.add(row)
    row.columns = json.dumps({_key(header, each): each.field for each in columns}, ensure_ascii=False)
    row.policies = json.dumps(dict(mapping.policies))
    row.at = at
    session.flush()
    return row.id


def forget(session: Session, header: Header) -> int | None:
    """Forget what was decided about files with this header; return the number it had, None where there was nothing."""
    row = session.scalar(select(ImportMappingRow).where(ImportMappingRow.signature == (signature(header) or "")))
    if row is None:
        return None
    session.delete(row)
    return row.id


def _key(header: Header, column: Column) -> str:
    """Name a column by its heading, by its place where it has none or shares it."""
    alone = column.column and header.folded.count(header.folded[column.index]) == 1
    return column.column if alone and "#" not in column.column else f"#{column.index}"
