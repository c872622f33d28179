"""C4: codes that are none of ours, not any more or not for this: every bit of three kinds, other times, other shops, other signs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from weakref import WeakKeyDictionary

from shopdesk import scancodes
from shopdesk.cards.refusals import CardRefusedError
from shopdesk.cards.tables import CardRow
from shopdesk.coupons import CouponError, Offer
from shopdesk.customers import NewCustomer
from shopdesk.shop import Shop
from tests.faults.cases import Check
from tests.faults.counter.duels import DATABASES
from tests.faults.counter.rig import Counter, Lent

KINDS: tuple[scancodes.Kind, ...] = ("card", "passing", "coupon")
BITS = 128
ALIKE_MS = 5.0
TIMED, MOST_TIMED = 25, 200
"""So often each of two refusals is timed, in turns; and so often at most where they are not alike by then."""
_LOOK_ALIKES = {"0": "O", "1": "l", "2": "Z", "5": "S", "6": "б", "8": "B"}
_REFUSED = (CardRefusedError, CouponError)
_tills = (f"レジ {number}" for number in count(100))


@dataclass(frozen=True)
class Till:
    """A shop with somebody who has a card and a coupon, and a till at which nothing was tried yet."""

    shop: Shop
    card_id: int
    secret: bytes
    ticket_id: int
    coupon_id: int
    codes: dict[str, str]
    """By kind; `revoked` and `forgotten` open nothing any more, `used` is a coupon's."""

    def code(self, kind: str, slot: int = 0) -> str:
        """Return a code of ours; a passing one of so many slots from now."""
        return self.passing(slot).digits if kind == "passing" else self.codes[kind]

    def passing(self, slot: int, secret: bytes = b"") -> scancodes.Code:
        return scancodes.passing(self.card_id, secret or self.secret, self.slot() + slot)

    def slot(self) -> int:
        """Return the slot by the clock that decides."""
        with self.shop.database.read() as session:
            return scancodes.slot_at(self.shop.database.now(session, self.shop.clock).timestamp())


_PREPARED: WeakKeyDictionary[Counter, dict[str, Till]] = WeakKeyDictionary()


def till(counter: Counter, database: str) -> Till:
    """Return the till before this database, prepared when it is asked for first."""
    known = _PREPARED.setdefault(counter, {})
    if database not in known:
        known[database] = _prepared(counter.shop(database))
    return known[database]


def _prepared(shop: Shop) -> Till:
    hana, gone = (shop.customers.add(NewCustomer(name=name)).id for name in ("見本 花子", "例示 太郎"))
    first, forgotten = shop.cards.issue(hana), shop.cards.issue(gone)
    card = shop.cards.replace(first.card.id)
    shop.cards.scan(card.code.digits, visits=5)
    coupon = shop.coupons.publish(shop.coupons.create(Offer("500 円引き", "yen_off", 500, per_person=9)).id).id
    good, used, theirs = (shop.coupons.issue(coupon, [one]).tokens[0] for one in (hana, hana, gone))
    shop.coupons.redeem(used.code, till="レジ 1")
    passing = shop.cards.passing_code(forgotten.card.id).digits
    shop.customers.forget(gone)
    with shop.database.read() as session:
        secret = session.get_one(CardRow, card.card.id).secret
    codes = {"card": card.code.digits, "coupon": good.code, "staff": scancodes.new("staff").digits}
    codes |= {"revoked": first.code.digits, "forgotten": forgotten.code.digits, "forgotten passing": passing}
    return Till(shop, card.card.id, secret, good.ticket_id, coupon, codes | {"used": used.code, "left": theirs.code})


# What is shown


def _wrong_digits() -> Iterator[Callable[[Till], str]]:
    """Every other digit in every place: the two check digits find each."""
    for kind in KINDS:
        for place in range(scancodes.LENGTH):
            for step in range(1, 10):
                yield lambda at, kind=kind, place=place, step=step: _changed(at.code(kind), place, step)


def _changed(digits: str, place: int, step: int) -> str:
    return f"{digits[:place]}{(int(digits[place]) + step) % 10}{digits[place + 1 :]}"


def _wrong_bits() -> Iterator[Callable[[Till], str]]:
    """Every bit turned, with check digits that are right again: what a forger would print."""
    for kind in KINDS:
        for bit in range(BITS):
            yield lambda at, kind=kind, bit=bit: checked(_turned(at.code(kind)[:-2], bit))


def _turned(head: str, bit: int) -> str:
    body = head[1:]
    return f"{head[0]}{(int(body) ^ 1 << bit) % 10 ** len(body):0{len(body)}d}"


def checked(head: str) -> str:
    """Return digits with the two that check them (ISO/IEC 7064, MOD 97-10)."""
    return f"{head}{98 - int(head) * 100 % 97:02d}"


def _look_alike(said: str) -> str:
    return "".join(_LOOK_ALIKES.get(digit, digit) for digit in said)


OTHERS: dict[str, Callable[[Till], str]] = {
    "two slots ago": lambda at: at.code("passing", -2),
    "in two slots": lambda at: at.code("passing", 2),
    "yesterday's": lambda at: at.code("passing", -2_880),
    "revoked": lambda at: at.codes["revoked"],
    "of somebody forgotten": lambda at: at.codes["forgotten"],
    "passing, of somebody forgotten": lambda at: at.codes["forgotten passing"],
    "a used coupon": lambda at: at.codes["used"],
    "a coupon of somebody forgotten": lambda at: at.codes["left"],
    "a member of the staff": lambda at: at.codes["staff"],
    "another shop's card": lambda _at: scancodes.new("card").digits,
    "another shop's coupon": lambda _at: scancodes.new("coupon").digits,
    "another shop's passing code of this number": lambda at: at.passing(0, bytes(32)).digits,
    "another shop's address": lambda at: f"https://evil.example/card/{at.code('card')}",
    "our code in an address": lambda at: f"https://shop.example.jp/coupon/{at.code('coupon')}",
    "a command of SQL": lambda at: f"{at.code('card')}' OR '1'='1",
    "4 KB": lambda at: at.code("coupon") * 98,
    "4 KB of blanks and our code": lambda at: " " * 4_096 + at.code("passing"),
    "nothing": lambda _at: "",
    "a dash": lambda _at: "ー",
    **{f"{kind} in look-alike letters": lambda at, kind=kind: _look_alike(at.code(kind)) for kind in KINDS},
    **{
        f"{kind} called {other}": lambda at, kind=kind, digit=digit: checked(digit + at.code(kind)[1:-2])
        for kind in KINDS
        for other, digit in (("card", "1"), ("passing", "2"), ("coupon", "3"), ("staff", "4"))
        if other != kind
    },
    **{f"{kind} cut short": lambda at, kind=kind: at.code(kind)[:-1] for kind in KINDS},
    **{f"{kind} twice": lambda at, kind=kind: at.code(kind) * 2 for kind in KINDS},
}
_TAKEN: dict[str, Callable[[str], str]] = {
    "as it is": lambda digits: digits,
    "full-width, as a Japanese keyboard types it": lambda digits: digits.translate(
        {ord("0") + number: chr(0xFF10 + number) for number in range(10)}
    ),
    "in groups, with an end of line": lambda digits: " ".join(digits[at : at + 6] for at in range(0, 42, 6)) + "\r\n",
}
FORGERIES = [*_wrong_digits(), *_wrong_bits(), *OTHERS.values()]


def _turned_proof(at: Till) -> str:
    return checked(_turned(at.code("passing")[:-2], 3))


def _nobodys(_at: Till) -> str:
    return scancodes.passing(999_999_999, bytes(32), 0).digits


_TIMES: tuple[tuple[str, Callable[[Till], str], Callable[[Till], str]], ...] = (
    ("a passing code", _turned_proof, _nobodys),
    ("a printed card", lambda at: at.codes["revoked"], lambda _at: scancodes.new("card").digits),
    ("a coupon", lambda at: at.codes["left"], lambda _at: scancodes.new("coupon").digits),
)


# What must hold


def forged(counter: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: every forgery, then what is taken, what is timed and what is tried too often; then at random."""
    beside: list[Callable[[Counter, str], None]] = [
        *(lambda at, base, slot=slot, way=way: take(at, base, slot, way) for slot in (-1, 0, 1) for way in _TAKEN),
        *(lambda at, base, pair=pair: time_alike(at, base, pair) for pair in range(len(_TIMES))),
        try_again,
        try_on,
    ]

    def make(number: int, random: Random) -> Check:
        database = DATABASES[number % 2]
        if number < len(FORGERIES):
            one, few = FORGERIES[number], number < len(FORGERIES) - len(OTHERS)
            return lambda _folder: refuse(till(counter(), database), one, everywhere=not few)
        rest = number - len(FORGERIES)
        if rest < 2 * len(beside):
            return lambda _folder: beside[rest // 2](counter(), database)
        return lambda _folder: refuse(till(counter(), database), lambda at: _at_random(at, random))

    return make


def _at_random(at: Till, random: Random) -> str:
    """Change a code in several ways at once."""
    said = at.code(random.choice(KINDS))
    for _ in range(random.randint(2, 5)):
        said = _changed(said, random.randrange(1, len(said)), random.randint(1, 9))
    return checked(said[:-2]) if random.random() < 0.7 else said


def refuse(at: Till, shown: Callable[[Till], str], *, everywhere: bool = True) -> None:
    """Show it for what it looks like, or for everything that a code is good for: it is refused by its name, and nothing has changed."""
    _within_a_slot(at, lambda: _refuse(at, shown(at), everywhere=everywhere))


def _within_a_slot(at: Till, check: Callable[[], None]) -> None:
    """Try again what failed while one slot of half a minute became the next."""
    while True:
        slot = at.slot()
        try:
            return check()
        except AssertionError:
            if at.slot() == slot:
                raise


def _refuse(at: Till, said: str, *, everywhere: bool) -> None:
    shop, where, before = at.shop, next(_tills), _state(at)
    scan, redeem = (lambda: shop.cards.scan(said, till=where)), (lambda: shop.coupons.redeem(said, till=where))
    use, hand = (
        (lambda: shop.cards.use(said, 1, till=where)),
        (lambda: shop.cards.hand_over(said, at.ticket_id, till=where)),
    )
    for what in (scan, use, hand, redeem) if everywhere else (redeem if said[:1] == "3" else scan,):
        assert _refusal(what), f"{said[:60]!r} was taken"
    assert _state(at) == before, said


def _state(at: Till) -> tuple[int, int]:
    return at.shop.cards.get(at.card_id).balance, at.shop.coupons.get(at.coupon_id).used


def take(counter: Counter, database: str, slot: int, way: str) -> None:
    """Take the code of this slot or the one beside it, however it was typed; but for one use only."""
    at = till(counter, database)
    _within_a_slot(at, lambda: _take(at, slot, way))


def _take(at: Till, slot: int, way: str) -> None:
    shop, made, where = at.shop, at.shop.cards.walk_in("見本"), next(_tills)
    with shop.database.read() as session:
        secret = session.get_one(CardRow, made.card.id).secret
    mine = Till(shop, made.card.id, secret, at.ticket_id, at.coupon_id, {})
    for typed in (made.code.digits, mine.code("passing", slot)):
        assert shop.cards.scan(_TAKEN[way](typed), till=where).points == 1, (way, typed)
    again = mine.code("passing", slot)
    assert shop.cards.use(_TAKEN[way](again), 1, till=where).balance == 1
    assert _refusal(lambda: shop.cards.use(again, 1, till=where)) == "needs_passing_code"


def time_alike(counter: Counter, database: str, pair: int) -> None:
    """Refuse what is known in the time that what is unknown takes."""
    at, (name, *both) = till(counter, database), _TIMES[pair]
    verb = at.shop.coupons.redeem if name == "a coupon" else at.shop.cards.scan
    seconds: tuple[list[float], list[float]] = [], []
    known = unknown = 0.0
    for turn in range(1, MOST_TIMED + 1):
        for shown, took in zip(both, seconds, strict=True):
            said, where, begun = shown(at), next(_tills), time.perf_counter()
            try:
                verb(said, till=where)
            except _REFUSED:
                took.append(time.perf_counter() - begun)
        # What else the computer does only adds: with more turns it leaves both, while what gives a card away stays.
        known, unknown = map(min, seconds)
        if turn >= TIMED and abs(known - unknown) * 1000 <= ALIKE_MS:
            return
    raise AssertionError(f"{name}: {known * 1000:.1f} ms and {unknown * 1000:.1f} ms")


def try_on(counter: Counter, database: str) -> None:
    """Make a till wait that was refused twenty codes, of cards and of coupons, also for a right one; the next till works."""
    at, where = till(counter, database), next(_tills)
    for verb, kind in ((at.shop.cards.scan, "card"), (at.shop.coupons.redeem, "coupon")):
        for _ in range(20):
            assert _refusal(lambda verb=verb: verb(scancodes.new("card").digits, till=where)) == "not_ours"
        assert _refusal(lambda verb=verb, kind=kind: verb(at.code(kind), till=where)) == "limit", kind
    assert at.shop.cards.find(at.code("card"), till=next(_tills))[0].id == at.card_id


def try_again(counter: Counter, database: str) -> None:
    """Refuse a used coupon, and the same by its name, however often."""
    at = till(counter, database)
    for _ in range(3):
        assert _refusal(lambda: at.shop.coupons.redeem(at.codes["used"], till="レジ 2")) == "already_used"


def _refusal(what: Callable[[], object]) -> str:
    try:
        what()
    except _REFUSED as refused:
        return refused.code
    return ""
