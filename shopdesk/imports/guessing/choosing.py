"""Several columns for one field: which of them it is, and where only a person can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shopdesk.imports.guessing.contents import moments
from shopdesk.imports.guessing.totals import Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports.guessing.contents import Contents
    from shopdesk.imports.guessing.naming import Named
    from shopdesk.imports.headers import Header

SURE = 0.9
_PROVED, _LONELY, _OPEN, _RIVAL = 0.95, 0.9, 0.5, 0.4
_OF_A_PERSON = frozenset({"customer.email", "customer.phone"})
_GRAVE = frozenset({*_OF_A_PERSON, "customer.name"})
"""A wrong choice here writes to the wrong person: only a person may make it."""
_SEVERAL = frozenset({"customer.name", "customer.kana", "customer.address", "customer.phone", "customer.postal"})
_BILLED = frozenset({"order", "bill", "pay"})


class Guess(NamedTuple):
    """What one column may be. `part` is family, given … for halves of names, the number for 住所1, 住所2 ….

    `doubtful`: it may be of another field than this, or of one at all; a person must say.
    """

    field: str | None
    confidence: float
    part: str = ""
    doubtful: bool = False

    @property
    def asked(self) -> bool:
        """Whether a person must decide."""
        return self.doubtful or (self.field is not None and self.confidence < SURE)


NOTHING = Guess(None, 0.0)


def places_of(guesses: Sequence[Guess], field: str) -> list[int]:
    """Return the columns guessed to be of a field."""
    return [index for index, one in enumerate(guesses) if one.field == field]


def is_orders_own(name: Named) -> bool:
    """Say whether a date may be the order's by its name: not when somebody registered or paid, but 注文登録日 may."""
    return "order" in name.tags or not name.tags & {"register", "pay"}


def settled_dates(names: Sequence[Named], contents: Contents, guesses: list[Guess]) -> list[Guess]:
    """Choose the order's date: its own name first, a plain 日付 where there is no other, 登録日 only by a question."""
    settled = list(guesses)
    places = places_of(guesses, "order.date")
    plain = [index for index in places if is_orders_own(names[index])]
    own = [index for index in plain if names[index].sure and not guesses[index].asked]
    kept = own or plain or places
    for index in set(places) - set(kept):
        settled[index] = NOTHING
    if own or not kept:
        return _first_moments(contents, settled, own)
    sure = len(plain) == 1 and contents.is_like(plain[0], "date")
    for index in kept:
        settled[index] = Guess("order.date", _LONELY) if sure else Guess("order.date", _OPEN)
    return _one_asked(settled, kept, kept[0]) if not sure else settled


def _first_moments(contents: Contents, guesses: list[Guess], places: list[int]) -> list[Guess]:
    """Of several dates of one order take the one with a time; where their days differ, ask."""
    if len(places) < 2:  # noqa: PLR2004 - no choice
        return guesses
    seen = {index: moments(contents.filled(index)) for index in places}
    timed = [index for index in places if any(each.minute or each.second for each in seen[index])]
    best = (timed or places)[0]
    days = {index: [each.date() for each in found] for index, found in seen.items()}
    if all(days[index] == days[best] or not days[index] for index in places):
        return [NOTHING if index in places and index != best else one for index, one in enumerate(guesses)]
    return _one_asked(guesses, places, best)


def settled_amounts(names: Sequence[Named], contents: Contents, guesses: list[Guess]) -> list[Guess]:
    """Choose the order's total and the lines' totals among all that are called so."""
    first = {
        word: next(iter(places_of(guesses, word)), None)
        for word in ("order.number", "line.quantity", "line.unit_price_yen")
    }
    sums = Sums(contents, names, *first.values())
    settled = list(guesses)
    goods = places_of(guesses, "line.total_yen")
    for index in goods:
        settled[index] = _line_total(sums, names[index], index)
    totals = [index for index in places_of(guesses, "order.total_yen") if contents.filled(index)]
    for index in totals:
        if sums.repeats() and not sums.one_an_order(index):
            settled[index] = Guess("line.total_yen", _PROVED) if sums.is_line(index) else Guess(None, 0.0, "", True)
    left = [index for index in totals if settled[index].field == "order.total_yen"]
    return _one_total(sums, names, settled, left, goods)


def _line_total(sums: Sums, name: Named, index: int) -> Guess:
    if sums.is_line(index) and (sums.repeats() or "sum" not in name.tags or "line" in name.tags):
        return Guess("line.total_yen", _PROVED)
    if sums.quantity is not None and sums.unit is not None:
        return NOTHING
    varies = sums.repeats() and not sums.one_an_order(index)
    return Guess("line.total_yen", _LONELY) if varies or "line" in name.tags else NOTHING


def _one_total(
    sums: Sums, names: Sequence[Named], guesses: list[Guess], places: list[int], goods: list[int]
) -> list[Guess]:
    if not places:
        return guesses
    best = max(places, key=lambda index: (names[index].sure, len(names[index].tags & _BILLED), -index))
    rivals = [index for index in places if names[index].sure or not sums.contents.same(best, index)]
    if not set(rivals) - {best}:
        may_be_line = not names[best].sure and not sums.repeats() and sums.is_line(best)
        proved = not may_be_line and (names[best].sure or _says_sum(names[best]) or sums.adds_up(best, goods))
        chosen = Guess("order.total_yen", _PROVED if proved else _OPEN)
        return [chosen if at == best else NOTHING if at in places else one for at, one in enumerate(guesses)]
    right = [index for index in places if sums.adds_up(index, goods)]
    if len(right) == 1:
        chosen = Guess("order.total_yen", _PROVED)
        return [chosen if at in right else NOTHING if at in places else one for at, one in enumerate(guesses)]
    return _one_asked(guesses, places, best)


def _says_sum(name: Named) -> bool:
    """Say whether a name that is not quite sure still speaks of a sum: 税込合計, お買上金額, but not 金額 alone or 税抜合計."""
    spoken = name.tags & ({"sum"} | _BILLED) and "notax" not in name.tags and not name.strange
    return name.field == "order.total_yen" and bool(spoken)


def without_rivals(header: Header, names: Sequence[Named], contents: Contents, guesses: Sequence[Guess]) -> list[Guess]:
    """Leave each field to the column that has the best claim; ask where twins or people's own data are in doubt."""
    settled = list(guesses)
    for field in {one.field for one in guesses if one.field}:
        places = places_of(settled, field)
        if len(places) > 1 and not all(settled[index].doubtful for index in places):
            _settle(field, header, names, contents, settled)
    return settled


def _settle(field: str, header: Header, names: Sequence[Named], contents: Contents, settled: list[Guess]) -> None:
    places = places_of(settled, field)
    sure = [index for index in places if not settled[index].asked]
    for index in places:
        if sure and index not in sure:
            settled[index] = NOTHING
    kept = sure or places
    twins = len({header.folded[index] for index in kept}) < len(kept)
    if field in _SEVERAL and not twins and _belong_together(field, kept, names, settled):
        return
    own = [index for index in kept if "buyer" in names[index].tags]
    best = max(own or kept, key=lambda index: (settled[index].confidence, -index))
    agree = all(contents.same(best, index) for index in kept)
    if field in _OF_A_PERSON and sure and not twins and agree:
        return
    if (twins or field in _GRAVE or not sure) and not agree:
        settled[:] = _one_asked(settled, kept, best)
        return
    for index in kept:
        if index != best:
            settled[index] = NOTHING


def _belong_together(field: str, places: list[int], names: Sequence[Named], guesses: Sequence[Guess]) -> bool:
    """Say whether several columns make one value: halves, numbered parts, an address in pieces, two kinds of phone."""
    parts = [guesses[index].part for index in places]
    if field == "customer.address":
        return True
    if field == "customer.phone" and len({names[index].tags - {"buyer", "no"} for index in places}) == len(places):
        return True
    return all(parts) and len(set(parts)) == len(parts)


def _one_asked(guesses: Sequence[Guess], places: Sequence[int], best: int) -> list[Guess]:
    """Ask about all of `places`, with the field given to the best of them."""
    field = guesses[best].field
    return [
        Guess(field, _OPEN, doubtful=True)
        if index == best
        else Guess(None, _RIVAL, doubtful=True)
        if index in places
        else one
        for index, one in enumerate(guesses)
    ]
