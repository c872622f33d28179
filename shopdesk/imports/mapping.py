"""A mapping file: which column is what, said by a person, in the form the command line documents."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopdesk.customers import POLICIES
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.imports.fields import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapped

_PARTS = ("encoding", "sheet", "header_row", "columns", "policies")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns by header (or `#3`, by index from 0) to a field's word, None for "leave it out".

    `policies`: by field, what becomes of a known person's value: `fill` where it is empty (as without), `replace` or `keep`.
    """

    columns: Mapped[str, str | None] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    policies: Mapped[str, str] = field(default_factory=dict)
    """Per field, what an import does to people who are known: `fill` what is empty (the default), `replace`, `keep`."""

    @staticmethod
    def from_json(written: str) -> Mapping:
        """Read `{"encoding"?, "sheet"?, "header_row"?, "columns": {"お名前": "customer.name", "メモ": null}, "policies"?}`.

        Raises:
            InvalidInputError: it is no such JSON, has a word that means nothing, or names a field that does not exist.
        """
        try:
            read = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise InvalidInputError(_("The mapping file is not readable JSON.")) from error
        if not isinstance(read, dict) or not isinstance(read.get("columns"), dict):
            raise InvalidInputError(_("The mapping file needs “columns”: which header is which field."))
        strange = sorted(read.keys() - set(_PARTS))
        if strange:
            sentence = _("The mapping file says “{words}”, which means nothing here. It may have: {known}.")
            raise InvalidInputError(sentence.format(words=", ".join(strange), known=", ".join(_PARTS)))
        for header, word in read["columns"].items():
            if word is not None and word not in WORDS:
                sentence = _(
                    "The mapping file gives “{header}” to “{field}”, which is no field. “carts --fields” lists them."
                )
                raise InvalidInputError(sentence.format(header=header, field=word))
        encoding, sheet, row = read.get("encoding"), read.get("sheet"), read.get("header_row")
        if not isinstance(encoding, str | None) or not isinstance(sheet, str | None) or not _is_row(row):
            raise InvalidInputError(
                _("In the mapping file, encoding and sheet are texts and header_row counts from 1.")
            )
        return Mapping(read["columns"], encoding, sheet, row, _policies(read.get("policies", {})))


def _policies(read: object) -> dict[str, str]:
    if isinstance(read, dict) and all(each in POLICIES.get(word, ()) for word, each in read.items()):
        return read
    sentence = _("In the mapping file, “policies” gives fields of people to “fill”, “replace” or “keep”.")
    raise InvalidInputError(sentence)


def _is_row(row: object) -> bool:
    return row is None or (isinstance(row, int) and not isinstance(row, bool) and row > 0)
