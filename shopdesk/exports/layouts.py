"""The layouts of exports: our own and those of carts, each a data file that says which column holds what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from shopdesk import japanese
from shopdesk.clock import JAPAN
from shopdesk.errors import NotFoundError
from shopdesk.exports.records import OWN, WHAT
from shopdesk.exports.values import CONTENTS, SAID, Content
from shopdesk.i18n import _, language
from shopdesk.paths import resources
from shopdesk.spreadsheets import OutColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from shopdesk.exports.records import Entry, What
    from shopdesk.spreadsheets import Encoding, Value

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


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its titles by language, and how its value is read; `first_only`: on an order's first row alone."""

    titles: Mapping[str, str]
    content: Content
    first_only: bool = False

    @property
    def outgoing(self) -> OutColumn:
        """The column as the file has it, in the reader's language."""
        title = self.titles.get(language(), self.titles["en"])
        return OutColumn(title, self.content.kind, max(self.content.width, 2 * len(title) + 2))

    def value(self, entry: Entry) -> Value:
        """Return the cell."""
        later = self.first_only and entry.goods is not None and entry.goods.position > 1
        return None if later else self.content.read(entry)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. `family` is the cart whose orders and member numbers it holds, '' for our own: every cart's."""

    name: str
    what: What
    titles: Mapping[str, str]
    family: str
    encoding: Encoding
    bom: bool
    columns: tuple[Column, ...]

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
    """
    fitting = [one for one in layouts() if one.what == what]
    for one in fitting:
        if name in {one.name, one.family or OWN}:
            return one
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
    columns = tuple(_column(said, written, family) for said in written["columns"])
    encoding = cast("Encoding", written.get("encoding", "utf-8"))
    bom = bool(written.get("bom", True))
    return Layout(path.stem, written["what"], written["title"], family, encoding, bom, columns)


def _column(said: Mapping[str, Any] | list[str], written: Mapping[str, Any], family: str) -> Column:
    """Read `{ ja, en, value }` or `["Header"]`, `["Header", "value"]`, `["Header", "=always this"]`."""
    if isinstance(said, list):
        title, value = said[0], said[1] if len(said) > 1 else "="
        titles: Mapping[str, str] = {"en": title, "ja": title}
    else:
        titles, value = {"ja": said["ja"], "en": said["en"]}, said["value"]
    first_only = written.get("order_values") == "first" and not value.startswith("line.") and value != "order.number"
    return Column(titles, _dressed(_content(value, family), value, written), first_only)


def _content(value: str, family: str) -> Content:
    if value.startswith("="):
        return Content("text", 8, lambda _entry: value[1:])
    if value == "customer.member_id":
        return Content("text", 18, lambda entry: _member(entry, family))
    word, part = value.rsplit("_", 1) if value[-2:-1] == "_" else (value, "")
    content = CONTENTS[word]
    if not part:
        return content
    return Content("text", 8, lambda entry: _part(_PARTS[word](str(content.read(entry) or "")), int(part)))


_PARTS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "customer.phone": lambda e164: tuple(japanese.phone_local(e164).split("-")) if e164 else (),
    "customer.postal": lambda digits: (digits[:3], digits[3:]),
}


def _part(parts: tuple[str, ...], number: int) -> str:
    return parts[number - 1] if number <= len(parts) else ""


def _member(entry: Entry, family: str) -> str:
    """The person's number in this cart."""
    return next((value for kind, scope, value in entry.person.keys if (kind, scope) == ("member", family)), "")


def _dressed(content: Content, value: str, written: Mapping[str, Any]) -> Content:
    """Write phones, postal codes, dates and words as this cart writes them."""
    forms: dict[str, Callable[[Any], Value]] = {
        "customer.phone": _PHONES[written.get("phone", "hyphens")],
        "customer.postal": _POSTALS[written.get("postal", "hyphen")],
        "customer.prefecture": _PREFECTURES[written.get("prefecture", "name")],
    }
    if value in SAID:
        forms[value] = _word_of(value, written.get("words", {}).get(value))
    pattern = written.get(f"{content.kind}s")
    if pattern is not None:
        forms[value] = lambda at: _stamped(at, pattern)
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


def _stamped(at: date, pattern: str) -> str:
    return (at.replace(tzinfo=JAPAN) if isinstance(at, datetime) else at).strftime(pattern)


def _word_of(value: str, words: Mapping[str, str] | None) -> Callable[[Any], Value]:
    """The cart's own word for a code; ours in the reader's language."""
    if words is not None:
        return lambda code: words.get(code, "")
    return lambda code: _(SAID[value][code]) if code in SAID[value] else ""
