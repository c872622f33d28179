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

KINDS = frozenset({"orders", "customers", "products", "items"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value comes from: the first filled of `columns`, or all of them joined.

    `otherwise` is tried where the file has none of `columns`.
    """

    columns: tuple[str, ...]
    join: bool = False
    otherwise: tuple[str, ...] = ()

    @staticmethod
    def from_toml(written: str | list[str] | Mapping[str, Any]) -> Source:
        """Read a name, a list of names (the first filled one counts) or `{ join = […], else = […] }`."""
        if isinstance(written, str):
            return Source((written,))
        if isinstance(written, list):
            return Source(tuple(written))
        return Source(tuple(written["join"]), join=True, otherwise=tuple(written.get("else", ())))

    def indexes(self, header: Header) -> tuple[int, ...]:
        """Return the columns of this file that hold the value, in order; none where the file lacks them."""
        found = tuple(index for name in self.columns if (index := header.index(name)) is not None)
        return found or tuple(index for name in self.otherwise if (index := header.index(name)) is not None)


@dataclass(frozen=True, slots=True)
class Signs:
    """How a header gives a cart away: all of these, so many of those, none of the others."""

    every: tuple[str, ...]
    some: tuple[str, ...]
    at_least: int
    none: tuple[str, ...]

    @staticmethod
    def from_toml(written: Mapping[str, Any]) -> Signs:
        """Read the `[recognise]` table of a cart."""
        some, none = tuple(written.get("some", ())), tuple(written.get("none", ()))
        return Signs(tuple(written["all"]), some, int(written.get("at_least", 0)), none)

    def score(self, header: Header) -> int:
        """Return how many signs the header shows, 0 where it is not this cart's."""
        if not all(name in header for name in self.every) or any(name in header for name in self.none):
            return 0
        seen = sum(name in header for name in self.some)
        return len(self.every) + seen if seen >= self.at_least else 0


@dataclass(frozen=True, slots=True)
class Cart:
    """One export of one cart, as its data file describes it.

    Member numbers and order numbers are unique within a `family`, which all exports of one cart share.
    """

    name: str
    family: str
    titles: Mapping[str, str]
    kind: str
    encoding: str
    signs: Signs
    sources: Mapping[str, Source]
    cancelled: tuple[Condition, ...] = ()
    goods: tuple[Condition, ...] = ()
    blank_later: bool = False
    packed_lines: bool = False
    given_first: bool = False
    zone: str = "Asia/Tokyo"
    undetermined: frozenset[int] = frozenset()
    mall: str = ""
    masked_mail: tuple[str, ...] = ()
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
    return _cart(written, cart.kind, _cart({**written, **inner, "packed_lines": False}, "items"))


def _cart(written: Mapping[str, Any], kind: str, items: Cart | None = None) -> Cart:
    unknown = set(written["fields"]) - WORDS
    if unknown or kind not in KINDS:
        raise ValueError(f"{written['name']}: no such field or kind: {sorted(unknown) or kind}")
    return Cart(
        name=written["name"],
        family=written.get("family", written["name"]),
        titles=written["title"],
        kind=kind,
        encoding=written["encoding"],
        signs=Signs.from_toml(written["recognise"]),
        sources={word: Source.from_toml(source) for word, source in written["fields"].items()},
        cancelled=tuple(map(Condition.from_toml, written.get("cancelled", {}).get("any", ()))),
        goods=tuple(map(Condition.from_toml, written.get("goods", {}).get("any", ()))),
        blank_later=written.get("order_values") == "first",
        packed_lines=bool(written.get("packed_lines", False)),
        given_first=bool(written.get("given_first", False)),
        zone=written.get("zone", "Asia/Tokyo"),
        undetermined=frozenset(written.get("undetermined", ())),
        mall=written.get("mall", ""),
        masked_mail=tuple(written.get("masked_mail", ())),
        ours=bool(written.get("ours", False)),
        items=items,
    )
