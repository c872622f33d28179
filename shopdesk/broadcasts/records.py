"""Broadcasts as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.messages import Draft

State = Literal["draft", "waiting", "sending", "paused", "finished", "cancelled"]
PersonState = Literal["waiting", "accepted", "failed", "unknown", "cancelled", "excluded"]
Kind = Literal["accepted", "failed", "unknown", "returned", "open"]
Way = Literal["broadcast", "multicast", "push"]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is drafted: what is said, and to whom – a saved segment, everyone (`each`: those we know, one by one), or
    who opened nothing of the broadcast that it `follows`.

    With `messages_b`, `split` per cent of the people (1–99) read these instead; `holdout` per cent (0–90) get nothing.
    `counts`: the addresses in the messages become each reader's own, and tell who opened them. `mail_only`: nothing is said on
    LINE; the mail beside it goes to everybody in it who agreed to mail.
    """

    messages: Draft
    segment: str | None
    everyone: bool = False
    each: bool = False
    name: str = ""
    messages_b: Draft | None = None
    split: int = 0
    holdout: int = 0
    counts: bool = False
    mail_only: bool = False
    follows: int | None = None

    @property
    def personal(self) -> bool:
        """Whether people read texts made for each of them."""
        return self.messages.personal or (self.messages_b is not None and self.messages_b.personal)


@dataclass(frozen=True, slots=True)
class Why:
    """How many people of a broadcast did not get it, or perhaps did, for one reason: its code and its sentence."""

    state: PersonState
    reason: str
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What one person would read; `name` is empty where we know none. `variant`: theirs of two texts, else empty."""

    name: str
    texts: tuple[str, ...]
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many people read one of two texts."""

    name: str
    planned: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before sending: its code and its sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An earlier broadcast with nearly the same text, and how many of the same people it went to."""

    id: int
    name: str
    at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class Variant:
    """How far one of two texts is; the names of the sums are those of the whole."""

    name: str
    planned: int
    accepted: int
    failed: int
    unknown: int
    remaining: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The dry run. `problems` stop it, `warnings` do not; both are said before the first call.

    `quota_left` None: no limit, or LINE could not be asked (then `quota_problem` says so). `cost_yen` None: the plan
    does not allow so many (then `cost_problem` says so), or the quota is not known. `note` says which way is taken and what
    that means; `mail_only`: none, and nobody counts as planned. `line_people` is how many friends LINE itself counts, None where
    it does not say. `quiet_until`: begun now or at its time it would wait until then. `larger_plan` says what the messages that
    are missing would cost. `variants`: how many read which of two texts, where there are two.
    """

    id: int
    planned: int
    excluded: tuple[Why, ...]
    messages_counted: int
    quota_left: int | None
    quota_problem: str
    cost_yen: int | None
    cost_problem: str
    samples: tuple[Sample, ...]
    way: Way
    mail_only: bool
    note: str
    quota_used: int | None
    line_people: int | None
    quiet_until: datetime | None
    larger_plan: str
    variants: tuple[Share, ...]
    problems: tuple[Note, ...]
    warnings: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How far a broadcast is; all numbers are counted from its people.

    planned = accepted + failed + unknown + remaining + cancelled; the audience is planned + excluded. `accepted` means
    that LINE took it, not that it was seen. `reason` is a code of why it is paused, late or stuck, `sentence` says it and
    what to do. While it is sent: people `per_second` and `seconds_left` (None while nobody knows). `cooling_until`: it
    begins then, until then it can be stopped. `mail_only`: LINE has no part in it; `follows` is the broadcast whose follow-up
    it is, `automation` the automation that made it. `unit` is its name in LINE's statistics, followed by `_a` or `_b`.
    `variants`: the same sums for each of two texts, where there are two.
    """

    id: int
    name: str
    state: State
    planned: int
    accepted: int
    failed: int
    unknown: int
    remaining: int
    cancelled: int
    excluded: int
    batches: int
    messages_counted: int
    way: Way
    mail_only: bool
    follows: int | None
    automation: int | None
    reason: str
    sentence: str
    created_at: datetime
    scheduled_at: datetime | None
    started_at: datetime | None
    cooling_until: datetime | None
    per_second: float
    seconds_left: int | None
    stuck: bool
    unit: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person of a broadcast and what became of them; `sentence` is the reason in the shop's words."""

    id: int
    user_id: str | None
    customer_id: int | None
    name: str
    state: PersonState
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One request to LINE as it was committed. `resumed`: an earlier process may have tried it."""

    id: int
    endpoint: str
    retry_key: str
    body: bytes
    first_tried_at: datetime
    resumed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch in this process.

    `kind`: accepted, failed, unknown; `returned` when LINE surely has not taken it and its people wait again;
    `open` when that is not sure and the same bytes go out again under the same key.
    """

    batch_id: int
    kind: Kind
    tries: int
    status: int | None = None
    request_id: str = ""
    accepted_request_id: str = ""
    reason: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What the ledger gives the sender: the next batches, or why there are no more (`stop`).

    `at_once` batches are settled in one commit; at most `most` are in hand.
    """

    batches: tuple[Batch, ...] = ()
    stop: str = ""
    at_once: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A broadcast that LINE took for somebody, and when."""

    broadcast_id: int
    name: str
    at: datetime
