"""The carts ShopDesk knows: each a data file that says how to recognise its export and what its columns mean."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import language
from shopdesk.imports.fields import WORDS
from shopdesk.imports.rules import Condition
from shopdesk.paths import resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shopdesk.imports.headers import Header

KINDS = frozenset({"orders", "customers", "products", "items", "subscriptions"})
PACKED = frozenset({"", "numbered", "counted"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value comes from: the first filled of `columns`, or all of them joined.

    `otherwise` is tried where the file has none of `columns`. `total`: an order's value is the sum of these columns over
    all of its rows.
    """

    columns: tuple[str, ...]
    join: bool = False
    otherwise: tuple[str, ...] = ()
    total: bool = False

    @staticmethod
    def from_toml(written: str | list[str] | Mapping[str, Any]) -> Source:
        """Read a name, a list of names (the first filled one counts), `{ join = […] }`, `{ first = […] }` or `{ sum = […] }`.

        Each of the last three may have an `else = […]`.
        """
        if isinstance(written, str):
            return Source((written,))
        if isinstance(written, list):
            return Source(tuple(written))
        (how,) = written.keys() & {"join", "first", "sum"}
        columns, otherwise = tuple(written[how]), tuple(written.get("else", ()))
        return Source(columns, join=how == "join", otherwise=otherwise, total=how == "sum")

    def indexes(self, header: Header) -> tuple[int, ...]:
        """Return the columns of this file that hold the value, in order; none where the file lacks them."""
        found = tuple(index for name in self.columns if (index := header.index(name)) is not None)
        return found or tuple(index for name in self.otherwise if (index := header.index(name)) is not None)


@dataclass(frozen=True, slots=True)
class Signs:
    """How a header gives a cart away: all of these, so many of those, none of the others.

    A sign may have several names, of which a header shows one.
    """

    every: tuple[tuple[str, ...], ...]
    some: tuple[tuple[str, ...], ...]
    at_least: int
    none: tuple[str, ...]

    @staticmethod
    def from_toml(written: Mapping[str, Any]) -> Signs:
        """Read the `[recognise]` table of a cart; a sign is a name or a list of names."""
        every, some = (
            tuple((sign,) if isinstance(sign, str) else tuple(sign) for sign in written.get(part, ()))
            for part in ("all", "some")
        )
        return Signs(every, some, int(written.get("at_least", 0)), tuple(written.get("none", ())))

    def score(self, header: Header) -> int:
        """Return how many signs the header shows, 0 where it is not this cart's."""
        if not all(_shown(sign, header) for sign in self.every) or _shown(self.none, header):
            return 0
        seen = sum(_shown(sign, header) for sign in self.some)
        return len(self.every) + seen if seen >= self.at_least else 0


def _shown(names: tuple[str, ...], header: Header) -> bool:
    return any(name in header for name in names)


@dataclass(frozen=True, slots=True)
class Cart:
    """One export of one cart, as its data file describes it.

    Member numbers and order numbers are unique within a `family`, which all exports of one cart share.
    Which rows are what: `cancelled` (of any row, or of all goods where `cancelled_whole`), `goods` (the first column that the
    file has decides), `not_orders`, `options` (a surcharge on the goods of the row above), `refunds` (rows that take back
    what stands in the column of the total), `refunded` (the whole order was paid back).
    `packed_lines` is '' where a row has one product, `numbered` for `L1=…&L2=…`, `counted` for `2× …, 1× …`.
    `unpriced`: the export says no amounts. `zones` gives the time zones that `zone_columns` name.
    """

    name: str
    family: str
    titles: Mapping[str, str]
    kind: str
    encoding: str
    signs: Signs
    sources: Mapping[str, Source]
    cancelled: tuple[Condition, ...] = ()
    cancelled_whole: bool = False
    goods: tuple[Condition, ...] = ()
    not_orders: tuple[Condition, ...] = ()
    options: tuple[Condition, ...] = ()
    refunds: tuple[Condition, ...] = ()
    refunded: tuple[Condition, ...] = ()
    blank_later: bool = False
    packed_lines: str = ""
    unpriced: bool = False
    given_first: bool = False
    zone: str = "Asia/Tokyo"
    zone_columns: tuple[str, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    mall: str = ""
    masked_mail: tuple[str, ...] = ()
    yen_sign: str = ""
    """What this cart's exports write before yen though it means another currency elsewhere."""
    ours: bool = False
    """A file that ShopDesk wrote: numbers and keys in it say their cart themselves, a blank total is not determined yet."""
    items: Cart | None = field(default=None)

    @property
    def title(self) -> str:
        """The cart's name as its own admin pages write it."""
        return self.titles.get(language(), self.titles["en"])

    def numbered(self, number: str) -> tuple[str, str]:
        """Return the family and the plain number of an order: in our own files a number is `shopify:1001`."""
        family, mark, plain = number.partition(":")
        return (family, plain) if self.ours and mark else (self.family, number)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, as its export names it."""
        names = (name for source in self.sources.values() for name in (*source.columns, *source.otherwise))
        return tuple(dict.fromkeys(names))


@lru_cache(maxsize=1)
def carts() -> tuple[Cart, ...]:
    """Return every cart that ships with ShopDesk, in the order of their files' names."""
    return tuple(read_cart(path) for path in sorted((resources() / "carts").glob("[!_]*.toml")))


def read_cart(path: Path) -> Cart:
    """Read one cart's data file.

    Raises:
        ValueError: it names a field or kind that does not exist (a mistake of ours: a test reads them all).
    """
    written = tomllib.loads(path.read_text("utf-8"))
    cart = _cart(written, written["kind"])
    inner = written.get("items")
    if inner is None:
        return cart
    return _cart(written, cart.kind, _cart({**written, **inner, "packed_lines": ""}, "items"))


def _cart(written: Mapping[str, Any], kind: str, items: Cart | None = None) -> Cart:
    unknown, packed = set(written["fields"]) - WORDS, written.get("packed_lines", "")
    if unknown or kind not in KINDS or packed not in PACKED:
        raise ValueError(f"{written['name']}: no such field, kind or packing: {sorted(unknown) or (kind, packed)}")
    return Cart(
        name=written["name"],
        family=written.get("family", written["name"]),
        titles=written["title"],
        kind=kind,
        encoding=written["encoding"],
        signs=Signs.from_toml(written["recognise"]),
        sources={word: Source.from_toml(source) for word, source in written["fields"].items()},
        cancelled=_conditions(written, "cancelled"),
        cancelled_whole=bool(written.get("cancelled", {}).get("whole", False)),
        goods=_conditions(written, "goods"),
        not_orders=_conditions(written, "not_orders"),
        options=_conditions(written, "options"),
        refunds=_conditions(written, "refunds"),
        refunded=_conditions(written, "refunded"),
        blank_later=written.get("order_values") == "first",
        packed_lines=packed,
        unpriced=bool(written.get("unpriced", False)),
        given_first=bool(written.get("given_first", False)),
        zone=written.get("zone", "Asia/Tokyo"),
        zone_columns=tuple(written.get("zone_columns", ())),
        zones=written.get("zones", {}),
        mall=written.get("mall", ""),
        masked_mail=tuple(written.get("masked_mail", ())),
        yen_sign=written.get("yen_sign", ""),
        ours=bool(written.get("ours", False)),
        items=items,
    )


def _conditions(written: Mapping[str, Any], table: str) -> tuple[Condition, ...]:
    return tuple(map(Condition.from_toml, written.get(table, {}).get("any", ())))
