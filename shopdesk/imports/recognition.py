"""Which cart a file is from, where its header is, and what each of its columns means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.imports import guessing
from shopdesk.imports.carts import Cart, Signs, Source, carts
from shopdesk.imports.fields import title_of
from shopdesk.imports.guessing import LOOKED_AT, Contents, Guess, looks_like_data
from shopdesk.imports.headers import Header, joined_header
from shopdesk.imports.reading import own_columns
from shopdesk.imports.reading.cut_rows import least_cells
from shopdesk.imports.rules import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping as Mapped

    from shopdesk.imports.mapping import Mapping
    from shopdesk.spreadsheets import Cell, Row, Table

Recall = Callable[[Header], "Mapping | None"]
_SEARCHED, _SAMPLES = 40, 5
NEEDED = {
    "orders": ("order.number", "order.date", "order.total_yen"),
    "customers": ("customer.name",),
    "items": ("order.number",),
    "products": ("line.product",),
    "subscriptions": ("subscription.state",),
}


_CANCELLED = ("キャンセル", "取消", "取り消し", "cancel")


class NotRecognisedError(ShopDeskError):
    """No column of the file means anything to us."""

    code = "not_recognised"


class NoRowsError(ShopDeskError):
    """There is a header and nothing below it, or nothing at all."""

    code = "empty"


class NeedsMappingError(ShopDeskError):
    """Some columns could be this or that: a person must say which."""

    code = "needs_mapping"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file. `asked`: a person must decide."""

    index: int
    column: str
    field: str | None
    confidence: float
    asked: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is. `cart.name` is '' for a file of no known cart; `missing` are fields no order can do without.

    `least_cells`: a row with fewer may be cut (see `cut_rows`), 0 where none can be.
    `remembered`: a person decided about such columns before. `policies` are that person's, or the mapping's.
    """

    cart: Cart
    kind: str
    sheet: str | None
    header_row: int
    header: Header
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    samples: tuple[list[Cell], ...]
    least_cells: int = 0
    remembered: bool = False
    policies: Mapped[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether the file cannot be read before a person decides about some columns."""
        return bool(self.missing) or any(column.asked for column in self.columns)

    @property
    def encoding(self) -> str:
        """The encoding a file of this cart usually has."""
        return self.cart.encoding


def needs_mapping(found: Recognition, file: str) -> NeedsMappingError:
    """Return the error that names the columns a person must decide about, and the fields that no column gives."""
    asked = [column.column or f"#{column.index}" for column in found.columns if column.asked]
    lacking = [title_of(word) for word in found.missing]
    sentence = _("Say with a mapping which columns of “{file}” are which: {columns}.")
    return NeedsMappingError(sentence.format(file=file, columns=", ".join(asked + lacking)))


@dataclass(frozen=True, slots=True)
class _Place:
    sheet: str | None
    row: int
    header: Header
    cart: Cart | None
    score: float


def recognise(
    table: Table, *, cart: str | None = None, mapping: Mapping | None = None, recall: Recall = lambda _header: None
) -> Recognition:
    """Find out what a file is from its first rows, on whichever sheet the header stands.

    Args:
        table: the opened file.
        cart: the name of a cart to take it for, None to find out.
        mapping: what a person said about its columns, which goes before everything found out.
        recall: gives what a person said about an earlier file with such a header.

    Raises:
        NotRecognisedError: no known cart and no telling column.
        NoRowsError: no row below the header.
        NotFoundError: there is no cart of that name.
        InvalidInputError: the mapping names a column, sheet or row that the file does not have.
    """
    places = [place for sheet in _sheets(table, mapping) for place in _places(table, sheet, cart, mapping)]
    if not places:
        raise NoRowsError(_("“{file}” has no rows. Export it again from the cart.").format(file=table.path.name))
    best = max(places, key=lambda place: place.score)
    known = [(place, said) for place in places if mapping is None and cart is None and (said := recall(place.header))]
    if known:
        best, mapping = known[0]
    elif best.score == 0 and cart is None and (mapping is None or mapping.header_row is None):
        best = _without_names(table, places)
    below = _below(table, best)
    if not below:
        raise NoRowsError(_("“{file}” has a header and no rows below it.").format(file=table.path.name))
    found = _described(best, mapping, below)
    telling = mapping is not None or any(column.field for column in found.columns)
    if not telling or (best.score == 0 and cart is not None and mapping is None):
        sentence = _("No column of “{file}” is known. Say with a mapping which column is which.")
        raise NotRecognisedError(sentence.format(file=table.path.name))
    policies = mapping.policies if mapping is not None else {}
    least = 0 if table.sheets else least_cells(found.cart.sources, found.header, below)
    samples = tuple(below[:_SAMPLES])
    return replace(found, samples=samples, least_cells=least, remembered=bool(known), policies=policies)


def _below(table: Table, place: _Place) -> list[list[Cell]]:
    """Return the first rows below a header that hold something."""
    rows = (cells for number, cells in table.rows(place.sheet) if number > place.row)
    return list(islice((cells for cells in rows if any(cell not in {"", None} for cell in cells)), LOOKED_AT))


def _without_names(table: Table, places: list[_Place]) -> _Place:
    """Return the first row as a header nobody knows, or a blank header above it where it holds data like the rows below."""
    first = places[0]
    below = Contents(_below(table, first), len(first.header.names))
    if not looks_like_data(first.header, below):
        return first
    blank = Header([""] * max(len(first.header.names), max(map(len, below.rows), default=0)))
    return _Place(first.sheet, first.row - 1, blank, None, 0)


def _sheets(table: Table, mapping: Mapping | None) -> tuple[str | None, ...]:
    if mapping is None or mapping.sheet is None:
        return table.sheets or (None,)
    if mapping.sheet not in table.sheets:
        sentence = _("“{file}” has no sheet “{sheet}”.")
        raise InvalidInputError(sentence.format(file=table.path.name, sheet=mapping.sheet))
    return (mapping.sheet,)


def _places(table: Table, sheet: str | None, cart: str | None, mapping: Mapping | None) -> Iterator[_Place]:
    wanted = mapping.header_row if mapping else None
    known = carts() if cart is None else tuple(each for each in carts() if cart in {each.name, each.family})
    if cart is not None and not known:
        raise NotFoundError(_("There is no cart “{name}”. “carts” lists them.").format(name=cart))
    candidates = tuple(each for whole in known for each in (whole, whole.items) if each is not None)
    above: list[Cell] = []
    rows: Iterator[Row] = islice(table.rows(sheet), _SEARCHED if wanted is None else wanted)
    for number, cells in rows:
        if not any(cell != "" for cell in cells):
            continue
        if wanted is not None and number != wanted:
            above = cells
            continue
        headers = [Header(cells), *joined_header(above, cells)]
        above = cells
        scored = [(each.signs.score(header), header, each) for header in headers for each in candidates]
        score, header, best = max(scored, key=lambda found: found[0])
        if score:
            yield _Place(sheet, number, header, best, 1000 + score - number / 1000)
            return
        for header in headers:
            yield _Place(sheet, number, header, None, _telling(header, number, mapping) if cart is None else 0)


def _telling(header: Header, number: int, mapping: Mapping | None) -> float:
    """Score a row as the header of an unknown file: two telling names at least, the earlier row of equals."""
    named = [] if mapping is None else [name for name in mapping.columns if not name.startswith("#") and name in header]
    count = 10 * len(named) + guessing.telling(header.folded)
    return count - number / 1000 if count >= (1 if named else 2) else 0


def _described(place: _Place, mapping: Mapping | None, below: list[list[Cell]]) -> Recognition:
    header = place.header
    guesses: tuple[Guess, ...] = ()
    if place.cart is not None:
        own = own_columns.sources(header) if place.cart.ours else {}
        cart = replace(place.cart, sources={**place.cart.sources, **own})
        owners = _owners(cart.sources, header)
    else:
        kind, guesses = guessing.guess(header, Contents(below, len(header.names)))
        owners = {index: each.field for index, each in enumerate(guesses) if each.field}
        cart = _unknown_cart(kind, guessing.sources(guesses))
    said = _said(mapping, header) if mapping else {}
    if said:
        cart, owners = _as_said(cart, owners, said)
    kind = cart.kind if place.cart is not None else _kind(cart.kind, set(owners.values()))
    columns = tuple(
        _column(index, name, owners.get(index), None if index in said or not guesses else guesses[index])
        for index, name in enumerate(header.names)
    )
    if place.cart is None:
        cart = replace(cart, kind=kind, cancelled=_calling_off(cart.sources))
    missing = tuple(word for word in _needed(cart) if not (word in cart.sources and cart.sources[word].indexes(header)))
    if missing and place.cart is None:
        columns = _with_a_question(columns)
    return Recognition(cart, kind, place.sheet, place.row, header, columns, missing, ())


def _with_a_question(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Ask about the columns that nobody knows where something is missing and no column is asked about yet."""
    if any(column.asked for column in columns):
        return columns
    return tuple(replace(column, asked=column.field is None) for column in columns)


def _needed(cart: Cart) -> tuple[str, ...]:
    return tuple(word for word in NEEDED[cart.kind] if not (cart.unpriced and word == "order.total_yen"))


def _column(index: int, name: str, field: str | None, guess: Guess | None) -> Column:
    """Return what a column is; without a guess a cart's file or a person said it."""
    if guess is None:
        return Column(index, name, field, 1.0 if field else 0.0, asked=False)
    return Column(index, name, field, guess.confidence, asked=guess.asked and (guess.field in {field, None}))


def _owners(sources: Mapped[str, Source], header: Header) -> dict[int, str]:
    """The field of each column; of a column that serves two the first one named."""
    owners: dict[int, str] = {}
    for word, source in sources.items():
        for index in source.indexes(header):
            owners.setdefault(index, word)
    return owners


def _unknown_cart(kind: str, sources: Mapped[str, Source]) -> Cart:
    return Cart("", "", {"en": "", "ja": ""}, kind, "utf-8", Signs((), (), 0, ()), sources)


def _calling_off(sources: Mapped[str, Source]) -> tuple[Condition, ...]:
    """Return how the status of a file of no known cart says that an order was cancelled."""
    status = sources.get("order.status")
    return (Condition.from_toml({"column": list(status.columns), "contains": _CANCELLED}),) if status else ()


def _kind(guessed: str, words: set[str]) -> str:
    """Return the kind of an unknown file after a person has said what its columns are."""
    if "order.number" in words or {"order.date", "order.total_yen"} <= words:
        return "orders"
    return "subscriptions" if "subscription.state" in words else guessed


def _said(mapping: Mapping, header: Header) -> dict[int, str | None]:
    said: dict[int, str | None] = {}
    for name, word in mapping.columns.items():
        index = header.index(name)
        if index is None:
            raise InvalidInputError(_("The file has no column “{column}” that the mapping names.").format(column=name))
        said[index] = word
    return said


def _as_said(cart: Cart, owners: dict[int, str], said: Mapped[int, str | None]) -> tuple[Cart, dict[int, str]]:
    """Put what a person said over what was found; the other columns keep their meaning."""
    named = {word for word in said.values() if word}
    kept = {index: word for index, word in owners.items() if index not in said and word not in named}
    merged = kept | {index: word for index, word in said.items() if word}
    touched = named | {owners[index] for index in said if index in owners}
    sources = {word: source for word, source in cart.sources.items() if word not in touched}
    for word in touched:
        places = [index for index, owner in sorted(merged.items()) if owner == word]
        if places:
            sources[word] = Source(tuple(f"#{index}" for index in places), join=guessing.are_parts(word, len(places)))
    return replace(cart, sources=sources), merged
