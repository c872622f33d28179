"""What a rule can ask about. A feature adds its own fields by one line: `register(Field(...))`.

`vocabulary` has those of this shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from shopdesk import surveys as sv
from shopdesk.i18n import N_, _
from shopdesk.segments import answers, answers_surveys, persons, surveys, wording_people, wording_surveys
from shopdesk.segments.reading import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.segments.answers import Answer
    from shopdesk.segments.forms import Bounded, Form
    from shopdesk.segments.reading import Kind
    from shopdesk.segments.rules import Condition
    from shopdesk.segments.wording import Clause
    from shopdesk.surveys import Question

NUMBERS = ("at_least", "at_most", "equals", "between")
DATES = ("within_days", "before_days", "before", "after", "between")
CHOICES = ("is", "is_not")
TEXTS = ("contains", "contains_not")


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a rule can ask about.

    `title` and `unit` are source texts to translate; `choices` the values an editor offers, with their titles.
    `where` gives the condition on a customer (SQL that is never NULL, or people `Among` another table's), `say` the clause of the sentence.
    `normal` brings a name into its stored form or raises `UnreadableError`. `offers` selects the names an editor offers.
    `least` is the smallest number it takes. `answer` says what one person has in it.
    A comparison of `pairs` is between the value and `product`, and needs both.
    """

    key: str
    title: str
    kind: Kind
    comparisons: tuple[str, ...]
    where: Callable[[Condition, datetime], Form | Bounded]
    say: Callable[[Condition], Clause]
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    in_window: bool = False
    of_product: bool = False
    pairs: tuple[str, ...] = ()
    least: int = 0
    normal: Callable[[str], str] = _same
    offers: Callable[[], Select[Any]] | None = None
    answer: Answer | None = None


_registered: dict[str, Field] = {}


def register(field: Field) -> None:
    """Add a field; each key once."""
    if field.key in _registered:
        raise ValueError(f"{field.key} is registered already")
    _registered[field.key] = field


def fields() -> tuple[Field, ...]:
    """Return every field in the order of registration."""
    return tuple(_registered.values())


def field_of(key: str) -> Field:
    """Return the field of this key.

    Raises:
        UnreadableError: there is none.
    """
    if key.startswith(persons.OWN) and len(key) > len(persons.OWN):
        return own_field(key.removeprefix(persons.OWN))
    if key.startswith(surveys.SURVEY) and surveys.names(key)[0]:
        return survey_field(key)
    if key not in _registered:
        raise UnreadableError(
            _("there is no field “{field}”; there are {known}").format(field=key, known=", ".join(_registered))
        )
    return _registered[key]


ANSWERED = (("true", N_("has answered")), ("false", N_("not answered")))


def survey_field(key: str, question: Question | None = None) -> Field:
    """Return the field of a survey's question, or of the whole survey; without its question it takes every comparison."""
    survey, name = surveys.names(key)
    if not name:
        return Field(
            key,
            survey,
            "flag",
            ("is",),
            surveys.finished,
            wording_surveys.finished,
            choices=ANSWERED,
            answer=answers_surveys.finished,
        )
    where, say, answer = surveys.answered, wording_surveys.answered, answers_surveys.answered
    title = f"{survey}: {name}"
    if question is None:
        every = tuple(dict.fromkeys((*CHOICES, *NUMBERS, *DATES, *TEXTS)))
        return Field(key, title, "own", every, where, say, answer=answer)
    if question.kind in sv.CHOICES:
        labels = tuple((option.label, option.label) for option in question.options)
        return Field(key, title, "choice", CHOICES, where, say, choices=labels, answer=answer)
    kind: Kind = "number" if question.kind in sv.NUMBERS else "date" if question.kind == "date" else "text"
    comparisons = {"number": NUMBERS, "date": DATES, "text": TEXTS}[kind]
    return Field(key, title, kind, comparisons, where, say, answer=answer)


OWN_COMPARISONS = {"text": CHOICES, "number": NUMBERS, "date": DATES}


def own_field(name: str, kind: str = "own") -> Field:
    """Return one of the shop's own fields; without its kind it takes every comparison, as a rule in a file may."""
    comparisons = OWN_COMPARISONS.get(kind) or tuple(dict.fromkeys((*CHOICES, *NUMBERS, *DATES)))
    read = cast("Kind", "choice" if kind == "text" else kind)
    offers = partial(persons.own_values, name) if kind == "text" else None
    return Field(
        persons.OWN + name, name, read, comparisons, persons.own, wording_people.own, offers=offers, answer=answers.own
    )
