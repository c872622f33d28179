"""The layouts of exports: our own and those of carts, each a data file that says which column holds what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast
from zoneinfo import ZoneInfo

from shopdesk import japanese
from shopdesk.clock import JAPAN
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.exports.records import OWN, WHAT
from shopdesk.exports.values import CONTENTS, SAID, Content
from shopdesk.i18n import _, language
from shopdesk.paths import resources
from shopdesk.spreadsheets import OutColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import tzinfo
    from pathlib import Path

    from shopdesk.exports.records import Entry, What
    from shopdesk.spreadsheets import Encoding, Separator, Value

Rows = Literal["lines", "orders", "goods"]
"""What a row of orders is: a goods line, one at least for each order; an order, its goods packed; a goods line and nothing else."""

# These carts' order files are reports: none of the three takes one back, and none of the files names a buyer's address, phone or
# mail, so that no shipping or accounting program could use one either. What a shop could want is all in our own layout.
_REPORTS = frozenset({"woocommerce", "square", "smaregi"})

_PHONES: dict[str, Callable[[str], str]] = {
    "hyphens": japanese.phone_local,
    "digits": japanese.phone_digits,
    "e164": str,
}
_PREFECTURES: dict[str, Callable[[str], str]] = {
    "name": str,
    "iso": lambda name: f"JP-{japanese.PREFECTURES.index(name) + 1:02}" if name in japanese.PREFECTURES else "",
}
_POSTALS: dict[str, Callable[[str], str]] = {"hyphen": japanese.postal_local, "digits": str}
_TIMES: dict[str, Callable[[str], str]] = {"colons": str, "digits": lambda clock: clock.replace(":", "")}
# Words that say the same in another form.
_SAME = {
    "customer.family_name": "customer.name",
    "customer.given_name": "customer.name",
    "customer.given_first": "customer.name",
    "customer.family_kana": "customer.kana",
    "customer.given_kana": "customer.kana",
    "order.day": "order.date",
    "order.cancelled_at": "order.cancelled",
    "order.status_by_row": "order.status",
    "lines.product": "line.product",
    "lines.code": "line.code",
    "lines.quantity": "line.quantity",
}


class ReportOnlyError(ShopDeskError):
    """A cart gives out such files and takes none back."""

    code = "report_only"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its titles by language, its word and how its value is read; `first_only`: on an order's first row alone."""

    titles: Mapping[str, str]
    content: Content
    word: str = ""
    first_only: bool = False

    @property
    def title(self) -> str:
        """Its title in the reader's language."""
        return self.titles.get(language(), self.titles["en"])

    @property
    def outgoing(self) -> OutColumn:
        """The column as the file has it, in the reader's language."""
        return OutColumn(self.title, self.content.kind, max(self.content.width, 2 * len(self.title) + 2))

    def value(self, entry: Entry) -> Value:
        """Return the cell."""
        later = self.first_only and entry.goods is not None and entry.goods.position > 1
        return None if later else self.content.read(entry)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. `family` is the cart whose orders and member numbers it holds, '' for our own: every cart's.

    `tells` are words without a column of their own that another's cells say, as a state says that an order was cancelled.
    """

    name: str
    what: What
    titles: Mapping[str, str]
    family: str
    encoding: Encoding
    bom: bool
    columns: tuple[Column, ...]
    rows: Rows = "lines"
    separator: Separator = ","
    tells: frozenset[str] = frozenset()

    @property
    def ending(self) -> str:
        """How the name of a text file in it ends, without the dot."""
        return "txt" if self.separator == "\t" else "csv"

    @property
    def held(self) -> frozenset[str]:
        """The words it has a place for."""
        words = (one.word for one in self.columns)
        return self.tells | {_SAME.get(word, word) for word in words}

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        return self.titles.get(language(), self.titles["en"])


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """Return every layout that ships with ShopDesk, in the order of their files' names."""
    return tuple(read_layout(path) for path in sorted((resources() / "layouts").glob("*.toml")))


def layout_of(what: What, name: str = OWN) -> Layout:
    """Return the layout of a cart for this table, by its own name or its cart's.

    Raises:
        NotFoundError: there is none.
        ReportOnlyError: the cart's order files are reports.
    """
    fitting = [one for one in layouts() if one.what == what]
    named = [one for one in fitting if one.name == name] or [one for one in fitting if (one.family or OWN) == name]
    if named:
        return named[0]
    if what == "orders" and name in _REPORTS:
        sentence = _("“{name}” takes no orders back from a file. Export them in ShopDesk's own layout instead.")
        raise ReportOnlyError(sentence.format(name=name))
    sentence = _("There is no layout “{name}” for this. There are: {known}.")
    raise NotFoundError(sentence.format(name=name, known=", ".join(one.name for one in fitting)))


def read_layout(path: Path) -> Layout:
    """Read one layout's data file.

    Raises:
        KeyError: it names a value that does not exist (a mistake of ours: a test reads them all).
    """
    written = tomllib.loads(path.read_text("utf-8"))
    if written["what"] not in WHAT:
        raise KeyError(written["what"])
    family = written.get("family", "")
    words = {_value(said) for said in written["columns"]}
    columns = tuple(_column(said, written, family, words) for said in written["columns"])
    encoding = cast("Encoding", written.get("encoding", "utf-8"))
    bom = bool(written.get("bom", True))
    rows = cast("Rows", written.get("rows", "lines"))
    separator: Separator = "\t" if written.get("separator") == "tab" else ","
    tells = frozenset(written.get("tells", ()))
    return Layout(path.stem, written["what"], written["title"], family, encoding, bom, columns, rows, separator, tells)


def _column(
    said: Mapping[str, Any] | list[str], written: Mapping[str, Any], family: str, words: Collection[str]
) -> Column:
    """Read `{ ja, en, value }` or `["Header"]`, `["Header", "value"]`, `["Header", "=always this"]`, `["Header", "value", "first"]`."""
    value = _value(said)
    titles = dict.fromkeys(("ja", "en"), said[0]) if isinstance(said, list) else {"ja": said["ja"], "en": said["en"]}
    first_only = written.get("order_values") == "first" and not value.startswith("line.") and value != "order.number"
    first_only = first_only or (isinstance(said, list) and said[2:] == ["first"])
    return Column(titles, _dressed(_content(value, family, words), value, written), _word(value), first_only)


def _value(said: Mapping[str, Any] | list[str]) -> str:
    """What a column holds; "=" for nothing at all."""
    return str((*said, "=")[1] if isinstance(said, list) else said["value"])


def _word(value: str) -> str:
    """The word of a column's value without the number of a part: `customer.phone` of `customer.phone_1`."""
    return value[:-2] if value[-2:-1] == "_" else value


def _content(value: str, family: str, words: Collection[str]) -> Content:
    """Return what a column's value stands for; `words` are those of all the layout's columns."""
    if value.startswith("="):
        return Content("text", 8, lambda _entry: value[1:])
    if value == "customer.member_id":
        return Content("text", 18, lambda entry: _member(entry, family))
    word = _word(value)
    content = CONTENTS[word]
    if word == "customer.phone":
        content = content._replace(read=lambda entry: _buyers_phone(entry, family, words))
    if word == value:
        return content
    return Content("text", 8, lambda entry: _part(_PARTS[word](str(content.read(entry) or "")), int(value[-1])))


_PARTS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "customer.phone": lambda e164: tuple(japanese.phone_local(e164).split("-")) if e164 else (),
    "customer.postal": lambda digits: (digits[:3], digits[3:]),
}


def _part(parts: tuple[str, ...], number: int) -> str:
    return parts[number - 1] if number <= len(parts) else ""


def _member(entry: Entry, family: str) -> str:
    """The person's number in this cart."""
    return next((value for kind, scope, value in entry.person.keys if (kind, scope) == ("member", family)), "")


def _buyers_phone(entry: Entry, family: str, words: Collection[str]) -> str:
    """A phone identifies together with a name: beside another name than the person's it would make a second person.

    Not where another column of `words` says who it is.
    """
    person, order = entry.person, entry.order
    told = {"customer.keys": person.keys, "customer.email": person.email, "customer.member_id": _member(entry, family)}
    same = order is None or japanese.fold(order.buyer_name) == japanese.fold(person.name)
    return person.phone if same or any(said for word, said in told.items() if word in words) else ""


def _dressed(content: Content, value: str, written: Mapping[str, Any]) -> Content:
    """Write phones, postal codes, dates and words as this cart writes them."""
    forms: dict[str, Callable[[Any], Value]] = {
        "customer.phone": _PHONES[written.get("phone", "hyphens")],
        "customer.postal": _POSTALS[written.get("postal", "hyphen")],
        "customer.prefecture": _PREFECTURES[written.get("prefecture", "name")],
        "order.time": _TIMES[written.get("time", "colons")],
    }
    if value in SAID:
        forms[value] = _word_of(value, written.get("words", {}).get(value))
    pattern = written.get(f"{content.kind}s")
    if pattern is not None:
        zone = ZoneInfo(written["zone"]) if "zone" in written else JAPAN
        forms[value] = lambda at: _stamped(at, pattern, zone)
    if value == "order.total_yen" and "undetermined" in written:
        return _total(content, int(written["undetermined"]))
    form = forms.get(value)
    if form is None:
        return content
    kind = "text" if content.kind in {"date", "moment"} else content.kind
    return Content(kind, content.width, lambda entry: form(said) if (said := content.read(entry)) else "")


def _total(content: Content, undetermined: int) -> Content:
    """Some carts write a sign of their own where the amount is not determined yet."""

    def read(entry: Entry) -> Value:
        said = content.read(entry)
        return undetermined if said is None else said

    return content._replace(read=read)


def _stamped(at: date, pattern: str, zone: tzinfo) -> str:
    return (at.replace(tzinfo=JAPAN).astimezone(zone) if isinstance(at, datetime) else at).strftime(pattern)


def _word_of(value: str, words: Mapping[str, str] | None) -> Callable[[Any], Value]:
    """The cart's own word for a code; ours in the reader's language."""
    if words is not None:
        return lambda code: words.get(code, "")
    return lambda code: _(SAID[value][code]) if code in SAID[value] else ""
