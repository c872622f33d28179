"""What surveys say to the world: what is asked, who answered what, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal["one", "several", "picture", "text", "number", "rating", "date", "name", "phone", "address"]
State = Literal["draft", "published", "closed"]
Channel = Literal["talk", "page"]
Standing = Literal["open", "not_yet", "over", "full", "closed"]
"""Whether a survey takes answers just now, and if not, why."""

KINDS: tuple[Kind, ...] = (
    "one",
    "several",
    "picture",
    "text",
    "number",
    "rating",
    "date",
    "name",
    "phone",
    "address",
)
CHOICES: frozenset[Kind] = frozenset({"one", "several", "picture"})
CONTACTS: frozenset[Kind] = frozenset({"name", "phone", "address"})
Fills = Literal["", "blank", "always"]
"""Whether an answer becomes the customer's own name, phone or address: not, where that is empty, or also over what is there."""
NUMBERS: frozenset[Kind] = frozenset({"number", "rating"})
END = "end"
"""Where a branch leads that ends the survey."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `picture` is the id of a kept picture, '' for none; so many people may choose it as `quota`, None for
    any; whoever does is given `tag`, '' for none.
    """

    label: str
    picture: str = ""
    quota: int | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. By its short `name` results, segments and exports know it; `title` is what people read.

    `least` and `most` are the ends of a number or of a rating's scale, of several choices how many there may be; None for no end.
    `low` and `high` are the words at the ends of a scale. `sensitive` asks about health, belief and the like; such a question, and
    each for a name, phone or address, says in `consent` what the answer is for, and is answered only after a yes to that. `sets` is the
    customers' own field in which the answer is written, '' for none; `fills` whether a name, phone or address becomes
    the customer's own. `branches` lead from an answer (an option, a number of
    the scale) to a later question by its name, or to `END`; `then` leads there from every other answer, '' to the next.
    """

    name: str
    title: str
    kind: Kind
    note: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    low: str = ""
    high: str = ""
    sensitive: bool = False
    consent: str = ""
    sets: str = ""
    fills: Fills = ""
    branches: tuple[tuple[str, str], ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole survey as it is written. Moments are aware.

    `name` is the shop's own word for it, each once. `thanks` is said at the end, with a gift: a coupon by its id, or points on the card.
    It takes answers from `opens` to `closes`, and `most` of them, None for no limit. Of an `anonymous` one nobody learns who said
    what. A `poll` shows its results to whoever has answered. `keyword` begins it in the talk, '' for none.
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    thanks: str = ""
    gift_coupon: int | None = None
    gift_points: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    most: int | None = None
    anonymous: bool = False
    poll: bool = False
    keyword: str = ""

    def question(self, name: str) -> Question | None:
        """Return the question of this name."""
        return next((one for one in self.questions if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey. `form` is what people are asked, `draft` what is written and not published yet, the same where nothing is new.

    `page_key` is the public part of its page's address. `version` is how often its questions were published, `answers` how many have
    answered this version, `begun` how many have begun it without coming to the end.
    """

    id: int
    form: Form
    draft: Form
    state: State
    standing: Standing
    page_key: str
    version: int
    answers: int
    begun: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers: a customer, a friend whom we know no further, both; or somebody unknown, who is only told from others by `key`."""

    customer_id: int | None = None
    friend_id: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one question as it is kept: what was chosen, or a text, or a number. All empty where it was passed over."""

    picked: tuple[str, ...] = ()
    text: str = ""
    number: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return not self.picked and not self.text and self.number is None

    @property
    def words(self) -> tuple[str, ...]:
        """What was said, as branches and exports read it."""
        return self.picked or tuple(filter(None, (self.text, "" if self.number is None else str(self.number))))


@dataclass(frozen=True, slots=True)
class Gift:
    """What somebody got for answering: the ticket of a coupon, or points on their card; one of the two is None.

    `before`: they had it already when they began these answers, and got no second one. `used`: the coupon is.
    """

    ticket_id: int | None
    points: int | None
    before: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is. `form` is the version that they answer, `answers` what they said on the way that leads through it.

    `asked` is the question that comes next, None at the end. `agreed`: they said yes to what its answer is for. `step` counts
    from 1; `steps` is how many questions there are, as the answers stand. `before` is the question to go back to, None at the first.
    `full` are its options, by their labels, that as many have chosen as may.
    """

    response_id: int
    survey_id: int
    page_key: str
    form: Form
    version: int
    answers: dict[str, Given]
    asked: Question | None
    before: Question | None
    full: frozenset[str]
    agreed: bool
    step: int
    steps: int
    finished: bool
    gift: Gift | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many chose something, and how many of all who answered the question that is, from 0 to 1."""

    label: str
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What was answered to one question: `answered` people said something, `passed` came by it and did not.

    `counts` is there for choices and ratings, `average` for numbers and ratings; texts and contacts are listed elsewhere.
    """

    question: Question
    answered: int
    passed: int
    counts: tuple[Count, ...] = ()
    average: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a survey's version. `seconds` is the middle one of the times that people took, None without any."""

    survey: Survey
    version: int
    answers: int
    in_talk: int
    begun: int
    seconds: int | None
    gifts: int
    gifts_used: int
    questions: tuple[QuestionResult, ...]


Dimension = Literal["sex", "age", "prefecture", "orders"]
"""By what people are told apart in a cross table."""
DIMENSIONS: tuple[Dimension, ...] = ("sex", "age", "prefecture", "orders")


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One group of people in a cross table: how many of them answered, and how many of these each answer has, by its place.

    `label` is a word of the group: a sex, the first year of an age band, a prefecture, a band of orders; '' where nobody knows.
    """

    label: str
    people: int
    counts: tuple[int, ...]
    average: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text somebody wrote. `customer_id` is None and `name` '' where nobody knows or shall know who."""

    response_id: int
    at: datetime
    text: str
    customer_id: int | None
    name: str
