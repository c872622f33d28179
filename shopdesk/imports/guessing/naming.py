"""What a heading says: cut into known words, each with a tag, and looked up as a whole."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from shopdesk.imports.headers import fold_header
from shopdesk.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = re.compile(r"\d+")
_STRANGE = 10
"""What a letter that belongs to no known word costs, against 1 for a word: the cut with the least is taken."""
_SHORT = 3
_HALVES = {
    "family": "customer.name",
    "given": "customer.name",
    "kana_family": "customer.kana",
    "kana_given": "customer.kana",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What one heading says.

    `field` is None where it says nothing or says that no field is meant (`never`). `sure`: it can hardly mean anything
    else; `strange`: some letters of it belong to no known word. `part` is family, given … for halves of names, the number
    for 住所1, 住所2 …. `tags` are all it speaks of.
    """

    field: str | None = None
    sure: bool = False
    part: str = ""
    never: bool = False
    tags: frozenset[str] = frozenset()
    strange: bool = False


@dataclass(frozen=True, slots=True)
class _Lexicon:
    tags: dict[str, str]
    longest: int
    silent: frozenset[str]
    never: frozenset[str]
    sure: dict[frozenset[str], str]
    unsure: dict[frozenset[str], str]
    halves: dict[frozenset[str], str]
    nothing: frozenset[frozenset[str]]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    read = tomllib.loads((resources() / "carts" / "_words.toml").read_text("utf-8"))
    groups: dict[str, list[str]] = {**read["silent"], **read["never"], **read["tags"]}
    tags = {fold_header(word): tag for tag, words in groups.items() for word in words}

    def turned(table: dict[str, list[str]]) -> dict[frozenset[str], str]:
        return {frozenset(phrase.split()): field for field, phrases in table.items() for phrase in phrases}

    return _Lexicon(
        tags,
        max(map(len, tags)),
        frozenset(read["silent"]) - {"buyer"},
        frozenset(read["never"]) | {"ship"},
        turned(read["fields"]),
        turned(read["unsure"]),
        turned(read["halves"]),
        frozenset(frozenset(phrase.split()) for phrase in read["nothing"]["phrases"]),
    )


@lru_cache(maxsize=4096)
def named(folded: str) -> Named:
    """Say what a folded heading means by itself."""
    words = _lexicon()
    digits = "".join(_DIGITS.findall(folded))
    bare = _DIGITS.sub("", folded)
    tags, strange = _cut(bare)
    if strange:  # "at", "on", "id" inside a word that is not known say nothing
        tags, strange = _cut(bare, shortest=_SHORT)
    tags -= words.silent
    if "sales" in tags and len(tags) > 1:  # 売上 alone is an amount, 売上日 and 売上番号 are the order's
        tags = tags - {"sales"} | {"order"}
    if tags in words.nothing or (strange and tags == {"buyer"}):
        return Named(never=True, tags=tags)
    for dropped in ((), ("buyer",), ("mei",), ("buyer", "mei")):
        said = tags.difference(dropped)
        if said in words.halves and "mei" not in dropped:
            half = words.halves[said]
            return Named(_HALVES[half], not strange, half, tags=tags)
        field = words.sure.get(said) or words.unsure.get(said)
        if field:
            return Named(field, said in words.sure and not strange, digits, tags=tags, strange=bool(strange))
    if tags & words.never:
        return Named(never=True, tags=tags)
    return Named(_within(tags), part=digits, tags=tags)


def _within(tags: frozenset[str]) -> str | None:
    """Mail and phone stay what they are beside words that fit no phrase: worth a question."""
    return "customer.email" if "mail" in tags else "customer.phone" if "phone" in tags else None


def _cut(name: str, shortest: int = 1) -> tuple[frozenset[str], int]:
    """Cut a heading into known words with the fewest letters left over; return the tags and the number left over.

    Latin words below `shortest` letters are not looked for.
    """
    words = _lexicon()
    best: list[tuple[int, int, frozenset[str]]] = [(0, 0, frozenset())]
    for end in range(1, len(name) + 1):
        cost, strange, tags = best[end - 1]
        options = [(cost + _STRANGE, strange + 1, tags)]
        for start in range(max(0, end - words.longest), end):
            word = name[start:end]
            tag = words.tags.get(word)
            if tag is not None and (len(word) >= shortest or not word.isascii()):
                before, left, found = best[start]
                options.append((before + 1, left, found | {tag}))
        best.append(min(options, key=lambda option: option[:2]))
    return best[-1][2], best[-1][1]


def telling(names: Iterable[str]) -> int:
    """Return how many of the folded headings say for sure what they are."""
    return sum(1 for name in names if name and named(name).sure)
