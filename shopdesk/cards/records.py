"""What the shop cards tell the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.cards.rules import Rules
    from shopdesk.coupons import Held, Offer
    from shopdesk.scancodes import Code

EntryKind = Literal["earn", "welcome", "use", "expire", "reverse", "adjust", "merge"]
Proof = Literal["passing", "static", ""]
"""What was shown: the code on the customer's phone, a printed one (or a number said), nothing."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the counter shows it. `id` is its number; `name` what the customer chose to be called, else their name."""

    id: int
    customer_id: int
    name: str
    balance: int
    expires_at: datetime | None
    last_visit_at: datetime | None
    issued_at: datetime
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on a card: its points, how many of them expire next, and the last moment at which these are good (None: for ever)."""

    points: int
    expiring: int
    last_day: datetime | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A card with the code to print on it, which is shown only now."""

    card: Card
    code: Code


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of points, as `CardEntryRow` explains it; `reversed` where it was taken back whole."""

    id: int
    card_id: int
    at: datetime
    kind: EntryKind
    points: int
    visits: int
    yen: int | None
    until: datetime | None
    nonce: str | None
    proof: Proof
    till: str
    actor: str
    reason: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class Visits:
    """How many visits of a customer count, and the last one of today, None where there is none yet."""

    total: int
    today: Entry | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A reward that was reached: at how many points, the coupon that was given for it and its ticket, and until when that is good."""

    points: int
    coupon_id: int
    ticket_id: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a write did: the entry, its points and the balance after everything it brought about.

    `missing`: points that were to be taken back and had been used already. `kept`: so many of the rewards that were to be taken back had
    been handed over. `repeated`: the answer to a request that was done before.
    """

    entry_id: int
    card_id: int
    points: int
    balance: int
    at: datetime
    rewards: tuple[Reached, ...] = ()
    missing: int = 0
    kept: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A visit that waits on this computer until the data can be reached. `card_number` where the code or the number says it."""

    nonce: str
    at: datetime
    card_number: int | None
    visits: int
    yen: int | None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of noted visits: how many count (those counted before, too), and how many were refused and are listed.

    Those that were taken back are neither.
    """

    counted: int
    refused: int


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A visit that a till noted and that could not be counted: `code` and `why` say what it was refused for."""

    nonce: str
    at: datetime
    till: str
    actor: str
    card_number: int | None
    visits: int
    yen: int | None
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Passing:
    """The code that a card's page shows just now, and for how many more seconds it does."""

    code: Code
    seconds: float


@dataclass(frozen=True, slots=True)
class Waymark:
    """A reward as customers see it: at so many points, what is offered there."""

    points: int
    offer: Offer


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on a card's page. `waymarks` begin with the nearest, `coupons` with the one that ends first, `history` with the newest."""

    card: Card
    rules: Rules
    waymarks: tuple[Waymark, ...]
    coupons: tuple[Held, ...]
    history: tuple[Entry, ...]
    passing: Passing


@dataclass(frozen=True, slots=True)
class AtTill:
    """Something counted at a till: for whom, when, how many points, by whom; `reversed` where it was taken back."""

    entry_id: int
    card_id: int
    name: str
    at: datetime
    points: int
    actor: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class PublishPreview:
    """What publishing rules would mean for the cards there are: nothing is taken, the next visit counts by the new rules.

    `holders` have a card, `with_points` of them points, which stay and keep their expiry; `dated` of these have one.
    `full` have as many points as the new goal asks for: their next visit fills the card. `told` are the friends on LINE who
    would be told within thirty days that points expire.
    """

    holders: int
    with_points: int
    dated: int
    full: int
    told: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the emergency sheet."""

    name: str
    card_id: int
    balance: int
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many people have a card, their points, and what these are worth in yen by the rewards of today."""

    holders: int
    points: int
    owed_yen: int


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something the owner should look at: `kind` many_scans, replayed, two_tills, paper_use, unproved, voids or kept.

    `count` is how often that day; of `kept`, where a visit was taken back, how many rewards of it had been handed over.
    """

    kind: str
    at: datetime
    actor: str
    till: str
    card_id: int | None
    count: int
