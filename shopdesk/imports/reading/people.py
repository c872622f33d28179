"""A row's buyer or member: the cells about the person become one normalised record, once per distinct person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopdesk import japanese
from shopdesk.imports.reading import cells, keys, own_columns, tags
from shopdesk.imports.reading.cells import Issue, text
from shopdesk.imports.reading.neutral import NeutralCustomer, NeutralOwn

if TYPE_CHECKING:
    from datetime import date

    from shopdesk.imports.carts import Cart
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell

Cells = tuple["Cell", ...]
ReadPerson = Callable[[Cells], tuple[NeutralCustomer, tuple[Issue, ...]]]
NOBODY = NeutralCustomer("", "", "", "", "", "", "", "", "", None, "", "")

_WORDS = (
    "customer.member_id",
    "customer.name",
    "customer.kana",
    "customer.email",
    "customer.phone",
    "customer.postal",
    "customer.prefecture",
    "customer.address",
    "customer.birth_date",
    "customer.sex",
    "customer.note",
    "customer.tags",
    "customer.own",
    "customer.keys",
    "points",
    "consent.line",
    "consent.mail",
)
_REMEMBERED = 1 << 12
"""Regulars come again and again; more would cost memory that a large import is not given."""


def person_columns(cart: Cart, header: Header) -> tuple[int, ...]:
    """Return the columns that say something about the person, for `person_reader`'s cells, in that order."""
    indexes = (index for word in _WORDS if word in cart.sources for index in cart.sources[word].indexes(header))
    return tuple(dict.fromkeys(indexes))


def person_reader(cart: Cart, header: Header) -> ReadPerson:
    """Return a function from the cells of `person_columns` to the person and what could not be read."""
    columns = person_columns(cart, header)
    places = {
        word: tuple(columns.index(index) for index in cart.sources[word].indexes(header))
        for word in _WORDS
        if word in cart.sources
    }
    joins = {word for word, source in cart.sources.items() if source.join}
    own = {place: header.names[columns[place]] for place in places.get(own_columns.WORD, ())}
    points = next((header.names[columns[place]] for place in places.get("points", ())), "")
    reader = _Reader(cart, places, joins, own, points)
    return lru_cache(maxsize=_REMEMBERED)(reader.read)


class _Reader:
    def __init__(
        self,
        cart: Cart,
        places: dict[str, tuple[int, ...]],
        joins: set[str],
        own: dict[int, str],
        points: str,
    ) -> None:
        self._cart, self._places, self._joins, self._own, self._points_title = cart, places, joins, own, points
        self._domains = cart.masked_mail + japanese.MASKED_MAIL
        self._mail_at = NeutralCustomer._fields.index("email")
        steps: dict[str, Callable[[Cells, list[Issue]], object]] = {
            "customer.member_id": lambda row, _: cells.number(self._one("customer.member_id", row)),
            "customer.name": lambda row, _: self._name(row),
            "customer.kana": lambda row, _: japanese.kana(self._spaced("customer.kana", row)),
            "customer.email": lambda row, issues: self._checked("customer.email", row, _mail, cells.BAD_MAIL, issues),
            "customer.phone": lambda row, bad: self._checked("customer.phone", row, cells.phone, cells.BAD_PHONE, bad),
            "customer.postal": lambda row, bad: self._checked(
                "customer.postal", row, cells.postal, cells.BAD_POSTAL, bad
            ),
            "customer.prefecture": self._prefecture,
            "customer.address": lambda row, _: cells.address(self._several("customer.address", row)),
            "customer.birth_date": self._birth_date,
            "customer.sex": lambda row, _: japanese.sex(text(self._one("customer.sex", row))),
            "customer.note": lambda row, _: text(self._one("customer.note", row)),
            "customer.tags": lambda row, _: tags.read(text(self._one("customer.tags", row))),
            "customer.own": self._own_values,
            "customer.keys": lambda row, _: keys.read(text(self._one("customer.keys", row))),
            "consent.line": lambda row, issues: self._consent("consent.line", row, issues),
            "consent.mail": lambda row, issues: self._consent("consent.mail", row, issues),
        }
        if places.get("customer.address"):  # an address alone still says its prefecture
            places.setdefault("customer.prefecture", ())
        self._steps = [
            (NeutralCustomer._fields.index(word.removeprefix("customer.").replace(".", "_")), step)
            for word, step in steps.items()
            if word in places or (word == own_columns.WORD and "points" in places)
        ]

    def read(self, row: Cells) -> tuple[NeutralCustomer, tuple[Issue, ...]]:
        if not any(row):
            return NOBODY, ()
        issues: list[Issue] = []
        values: list[Any] = list(NOBODY)
        for index, step in self._steps:
            values[index] = step(row, issues)
        values[self._mail_at + 1] = self._scope(values[self._mail_at])
        return _known(NeutralCustomer._make(values)), tuple(issues)

    def _several(self, word: str, row: Cells) -> Sequence[Cell]:
        """The cells of a field: all of them where they are joined, else the first filled one."""
        places = self._places.get(word)
        if places is None:
            return ()
        if word in self._joins:
            return [row[place] for place in places]
        for place in places:
            if row[place] != "":
                return (row[place],)
        return ()

    def _one(self, word: str, row: Cells) -> Cell:
        found = self._several(word, row)
        return found[0] if found else ""

    def _spaced(self, word: str, row: Cells) -> str:
        return cells.spaced(self._several(word, row))

    def _name(self, row: Cells) -> str:
        written = self._spaced("customer.name", row)
        return japanese.family_first(written) if self._cart.given_first else japanese.name(written)

    def _checked(
        self,
        word: str,
        row: Cells,
        read: Callable[[Sequence[Cell]], str | None],
        message: str,
        issues: list[Issue],
    ) -> str:
        values = self._several(word, row)
        found = read(values) if values else ""
        if found is None:
            issues.append(Issue(word, cells.spaced(values), message))
        return found or ""

    def _scope(self, mail: str) -> str:
        if not mail or not japanese.is_masked_mail(mail, self._domains):
            return ""
        return self._cart.mall or mail.rpartition("@")[2]

    def _prefecture(self, row: Cells, issues: list[Issue]) -> str:
        written = self._several("customer.prefecture", row)
        if not written or not any(map(text, written)):
            return japanese.prefecture_of(cells.address(self._several("customer.address", row))) or ""
        found = next(filter(None, map(japanese.prefecture, map(text, written))), None)
        if found is None:
            issues.append(Issue("customer.prefecture", cells.spaced(written), cells.BAD_PREFECTURE))
        return found or ""

    def _birth_date(self, row: Cells, issues: list[Issue]) -> date | None:
        written = self._one("customer.birth_date", row)
        found = None if written == "" else japanese.date(written)
        if found is None and text(written):
            issues.append(Issue("customer.birth_date", text(written), cells.BAD_DATE))
        return found

    def _own_values(self, row: Cells, issues: list[Issue]) -> tuple[NeutralOwn, ...]:
        found = [own_columns.read(title, row[place], issues) for place, title in self._own.items()]
        found.append(own_columns.read_points(self._points_title, self._one("points", row), issues))
        return tuple(one for one in found if one is not None)

    def _consent(self, word: str, row: Cells, issues: list[Issue]) -> int:
        written = self._one(word, row)
        found = 0 if written == "" else cells.consent(written)
        if found is None:
            issues.append(Issue(word, text(written), cells.BAD_CONSENT))
        return found or 0


def _known(person: NeutralCustomer) -> NeutralCustomer:
    """Return the person as their keys name them: the first member number, the scope of their mail address."""
    member = next((key for key in person.keys if key.kind == "member"), None)
    if member is not None:
        person = person._replace(member_id=member.value, member_scope=member.scope)
    scopes = (key.scope for key in person.keys if key.kind == "mail" and key.value == person.email)
    return person._replace(email_scope=next(scopes, person.email_scope)) if person.keys else person


def _mail(values: Sequence[Cell]) -> str | None:
    written = cells.spaced(values)
    return japanese.email(written) if written else ""
