"""Who is the same person: member id, then mail, then phone with an agreeing name. A name alone never matches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from shopdesk import japanese

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

How = Literal["member", "mail", "phone"]
KeyKind = Literal["member", "mail", "person"]


class Key(NamedTuple):
    """What identifies exactly one customer; `scope` as `CustomerKeyRow` explains it."""

    kind: KeyKind
    scope: str
    value: str


class Folds(NamedTuple):
    """The forms of a name that are stored for comparing and sorting."""

    name_fold: str
    kana_fold: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file or a person says about a buyer, folded: build it with `Claim.of`."""

    keys: tuple[Key, ...] = ()
    phone: str = ""
    name_fold: str = ""
    kana_fold: str = ""

    @classmethod
    def of(
        cls, *, cart: str = "", member_id: str = "", email: str = "", phone: str = "", name: str = "", kana: str = ""
    ) -> Claim:
        """Fold what is said. `phone` is E.164 already; `cart` is the cart or mall the member id and a masked mail belong to."""
        folded = folds(name, kana)
        return cls(keys_of(cart, member_id, email), phone, folded.name_fold, folded.kana_fold)


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored about one customer, as far as identity asks."""

    id: int
    keys: frozenset[Key]
    phone: str
    name_fold: str
    kana_fold: str
    email: str = ""
    postal: str = ""
    birth_date: date | None = None


def folds(name: str, kana: str) -> Folds:
    """Return the stored forms of a name; people are sorted by their reading where it is known."""
    name_fold, kana_fold = japanese.fold(name), japanese.fold(kana)
    return Folds(name_fold, kana_fold, kana_fold or name_fold)


def keys_of(cart: str, member_id: str, email: str) -> tuple[Key, ...]:
    """Return the keys of a buyer: the member id in its cart, and the mail, a masked one only within its mall."""
    keys = []
    if member_id.strip():
        keys.append(Key("member", cart, member_id.strip()))
    address = japanese.email(email) if email else None
    if address:
        keys.append(Key("mail", cart if japanese.is_masked_mail(address) else "", address))
    return tuple(keys)


def same_person(claim: Claim, known: Known) -> bool:
    """Tell whether an equal phone makes these one person: name or kana agrees too, and the mails do not conflict."""
    if not claim.phone or claim.phone != known.phone:
        return False
    return _names_agree(claim, known) and not mails_conflict(claim.keys, known.keys)


def _names_agree(claim: Claim, known: Known) -> bool:
    return (claim.name_fold != "" and claim.name_fold == known.name_fold) or (
        claim.kana_fold != "" and claim.kana_fold == known.kana_fold
    )


def mails_conflict(some: Iterable[Key], others: Iterable[Key]) -> bool:
    """Tell whether both sides have mail addresses of one scope and share none of them."""
    ours, theirs = _mails(some), _mails(others)
    return any(ours[scope].isdisjoint(theirs[scope]) for scope in ours.keys() & theirs.keys())


def _mails(keys: Iterable[Key]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in keys:
        if key.kind == "mail":
            found.setdefault(key.scope, set()).add(key.value)
    return found


def decide(claim: Claim, by_key: Mapping[Key, int], by_phone: Iterable[Known]) -> tuple[int, How] | None:
    """Return the customer whom a claim means, and how that is known.

    Args:
        claim: What is said.
        by_key: The owners of those of the claim's keys that somebody has.
        by_phone: Everybody with the claim's phone.
    """
    ways: tuple[How, ...] = ("member", "mail")
    for kind in ways:
        for key in claim.keys:
            if key.kind == kind and key in by_key:
                return by_key[key], kind
    same = sorted(known.id for known in by_phone if same_person(claim, known))
    return (same[0], "phone") if same else None


def likeness(one: Known, other: Known) -> tuple[int, tuple[str, ...]]:
    """Return how alike two customers are (0 = not at all) and in what: phone, mail, name, kana, birthday, postal.

    A birthday or a postal code says something only beside one of the others.
    """
    weights = (
        ("phone", 50, one.phone and one.phone == other.phone),
        ("mail", 45, one.email and one.email.lower() == other.email.lower()),
        ("name", 30, one.name_fold and one.name_fold == other.name_fold),
        ("kana", 25, one.kana_fold and one.kana_fold == other.kana_fold),
    )
    beside = (
        ("birthday", 20, one.birth_date and one.birth_date == other.birth_date),
        ("postal", 10, one.postal and one.postal == other.postal),
    )
    same = [(what, weight) for what, weight, alike in weights if alike]
    if same:
        same += [(what, weight) for what, weight, alike in beside if alike]
    score = sum(weight for _what, weight in same)
    if score and mails_conflict(one.keys, other.keys):
        score -= 10
    return score, tuple(what for what, _weight in same)
