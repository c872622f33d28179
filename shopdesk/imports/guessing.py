"""What the columns of a file nobody described may be, by their names; unsure ones are asked, never taken silently."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.imports.carts import Source
from shopdesk.imports.headers import fold_header
from shopdesk.paths import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports.headers import Header

SURE = 0.9
_EXACT, _UNSURE, _INSIDE = 0.95, 0.5, 0.4
_PARTS = {
    "family": "customer.name",
    "given": "customer.name",
    "kana_family": "customer.kana",
    "kana_given": "customer.kana",
}
_WORTH_ASKING = frozenset(
    {"order.number", "order.date", "order.total_yen", "customer.name", "customer.email", "customer.phone"}
)
_JOINED = frozenset({"customer.name", "customer.kana", "customer.address", "customer.phone", "customer.postal"})
_SPLIT = {"customer.phone": 3, "customer.postal": 2}
"""In how many numbered columns these come when they are split."""


class Guess(NamedTuple):
    """What one column may be. `part` is family, given … for halves of names, the number for 住所1, 住所2 …."""

    field: str | None
    confidence: float
    part: str = ""

    @property
    def asked(self) -> bool:
        """Whether a person must decide."""
        return self.field is not None and self.confidence < SURE


class _Words(NamedTuple):
    sure: dict[str, str]
    unsure: dict[str, str]
    parts: dict[str, str]
    before: tuple[str, ...]
    other: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    read = tomllib.loads((resources() / "carts" / "_words.toml").read_text("utf-8"))

    def turned(table: dict[str, list[str]]) -> dict[str, str]:
        return {fold_header(word): field for field, words in table.items() for word in words}

    before = sorted(map(fold_header, read["buyer"] + read["goods"]), key=len, reverse=True)
    return _Words(
        turned(read["sure"]),
        turned(read["unsure"]),
        turned(read["parts"]),
        tuple(before),
        tuple(map(fold_header, read["other"])),
    )


def guess(header: Header) -> tuple[Guess, ...]:
    """Return a guess for each column; of several for one single-valued field only the surest stays, ties are asked."""
    guesses = [_one(name) for name in header.folded]
    for field in {each.field for each in guesses if each.field}:
        places = [index for index, each in enumerate(guesses) if each.field == field]
        if len(places) < 2 or _belong_together([guesses[index] for index in places]):  # noqa: PLR2004 - no rivals
            continue
        best = max(guesses[index].confidence for index in places)
        rivals = [index for index in places if guesses[index].confidence == best]
        for index in places:
            if index not in rivals:
                guesses[index] = Guess(None, 0.0)
            elif len(rivals) > 1:
                guesses[index] = Guess(field, _UNSURE)
    return tuple(guesses)


def _belong_together(guesses: Sequence[Guess]) -> bool:
    field, parts = guesses[0].field, [each.part for each in guesses]
    return field in _JOINED and (field == "customer.address" or (all(parts) and len(set(parts)) == len(parts)))


def _one(name: str) -> Guess:
    words = _words()
    if not name or any(name.startswith(other) or name.endswith(other) for other in words.other):
        return Guess(None, 0.0)
    for own in ("", *words.before):
        rest = name.removeprefix(own).removesuffix(own) if own else name
        bare = rest.rstrip("0123456789")
        number = rest[len(bare) :]
        if rest in words.parts:
            return Guess(_PARTS[words.parts[rest]], _EXACT, words.parts[rest])
        if rest in words.sure:
            return Guess(words.sure[rest], _EXACT)
        if (
            number
            and bare in words.sure
            and words.sure[bare] in {"customer.address", "customer.phone", "customer.postal"}
        ):
            return Guess(words.sure[bare], _EXACT, number)
        if rest in words.unsure:
            return Guess(words.unsure[rest], _UNSURE)
    return _inside(name, words)


def _inside(name: str, words: _Words) -> Guess:
    """A known word at either end of a longer name: never sure, and only where an import turns on it."""
    known = [
        word
        for word, field in words.sure.items()
        if field in _WORTH_ASKING and len(word) > 2 and name.startswith(word) != name.endswith(word)  # noqa: PLR2004
    ]
    if not known or any(other in name for other in words.other):
        return Guess(None, 0.0)
    return Guess(words.sure[max(known, key=len)], _INSIDE)


def sources(guesses: Sequence[Guess]) -> dict[str, Source]:
    """Return where each guessed field's value comes from, halves of names family first."""
    found: dict[str, Source] = {}
    for field in dict.fromkeys(each.field for each in guesses if each.field):
        places = [(each.part, index) for index, each in enumerate(guesses) if each.field == field]
        split = len(places) == _SPLIT.get(field, 0)
        join = field in {"customer.name", "customer.kana", "customer.address"} or split
        if field in {"customer.name", "customer.kana"}:
            places.sort(key=lambda place: ("given" in place[0], place[1]))
        found[field] = Source(tuple(f"#{index}" for _part, index in places), join=join)
    return found
