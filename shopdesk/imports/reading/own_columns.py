"""The shop's own fields as columns of our own files, each under its name and kind: `好きな味（独自・文字）`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.customers import own_value
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_
from shopdesk.imports.carts import Source
from shopdesk.imports.fields import title_of
from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cells import Issue, text
from shopdesk.imports.reading.neutral import NeutralOwn

if TYPE_CHECKING:
    from shopdesk.customers import FieldKind
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell

WORD = "customer.own"
UNFIT = N_("This does not fit the field; it was left out.")
_ENDS: dict[str, dict[FieldKind, str]] = {
    "en": {"text": " (own, text)", "number": " (own, number)", "date": " (own, date)"},
    "ja": {"text": "（独自・文字）", "number": "（独自・数字）", "date": "（独自・日付）"},
}


def titles(name: str, kind: FieldKind) -> dict[str, str]:
    """Return the title of a field's column in each language."""
    return {language: name + ends[kind] for language, ends in _ENDS.items()}


def sources(header: Header) -> dict[str, Source]:
    """Return where a file of ours has own fields; nothing where it has none."""
    places = [index for index, title in enumerate(header.names) if _marked(title) is not None]
    return {WORD: Source(tuple(f"#{index}" for index in places))} if places else {}


def read(title: str, cell: Cell, issues: list[Issue]) -> NeutralOwn | None:
    """Return what a cell under this title says, None where it is blank or does not fit its field: that is an issue."""
    name, kind = _marked(title) or (japanese.tidy(title), "text")
    try:
        value = own_value(kind, text(cell))
    except InvalidInputError:
        issues.append(Issue(WORD, text(cell), UNFIT, title))
        return None
    return NeutralOwn(name, kind, value) if value and name else None


def read_points(title: str, cell: Cell, issues: list[Issue]) -> NeutralOwn | None:
    """Return a person's points, a number in a field that is called as their column is; None where it is blank or no number."""
    points = None if cell == "" else cells.yen(cell)
    if points is None:
        if text(cell):
            issues.append(Issue("points", text(cell), UNFIT))
        return None
    return NeutralOwn(japanese.tidy(title) or title_of("points"), "number", str(points), latest=1)


def _marked(title: str) -> tuple[str, FieldKind] | None:
    """The name and kind that a title of ours tells; a column that a person says is an own field has none and is text."""
    found = (
        (title.removesuffix(end), kind) for ends in _ENDS.values() for kind, end in ends.items() if title.endswith(end)
    )
    return next(found, None)
