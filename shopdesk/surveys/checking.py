"""What a form must be to be asked: everything answerable, every question on some way, no way without an end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from shopdesk import japanese
from shopdesk.customers import LONGEST_TAG
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.surveys.forms import LONGEST_NAME
from shopdesk.surveys.records import CHOICES, CONTACTS, END, NUMBERS, Fills, Form, Option, Question
from shopdesk.surveys.ways import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.customers import FieldKind

MOST_QUESTIONS, MOST_OPTIONS = 50, 30
LONGEST_TITLE, LONGEST_OPTION, LONGEST_SAID = 200, 40, 1_000
LONGEST_SCALE = 10
_MOST = 1_000_000_000
BETWEEN = "/"
"""Stands between a survey's name and a question's in the words of a segment, so neither has it."""


def checked(form: Form) -> Form:
    """Return a form as it is kept, texts tidied.

    Raises:
        InvalidInputError: it cannot be as it is, with what to change.
    """
    form = _tidy(form)
    for right, said in _rules(form):
        if not right:
            raise InvalidInputError(said)
    for number, one in enumerate(form.questions, 1):
        for right, said in (*_of_question(one), *_of_branches(form, number - 1)):
            if not right:
                raise InvalidInputError(_("Question {number}: {problem}").format(number=number, problem=said))
    lost = unreachable(form.questions)
    if lost:
        said = _("No answer leads to the question “{name}”. Change a branch before it, or take it out.")
        raise InvalidInputError(said.format(name=lost[0].name))
    return form


def _rules(form: Form) -> Iterator[tuple[bool, str]]:
    names = [one.name for one in form.questions]
    yield bool(form.name), _("Write a name for the survey.")
    yield (
        len(form.name) <= LONGEST_OPTION,
        _("The name is too long. {most} characters are the most.").format(most=LONGEST_OPTION),
    )
    yield BETWEEN not in form.name, _("The name has no “/” in it, so that segments can name the questions.")
    yield len(form.title) <= LONGEST_TITLE, _("The title is too long.")
    yield max(map(len, (form.intro, form.thanks))) <= LONGEST_SAID, _("A text is too long. Shorten it.")
    yield 0 < len(names) <= MOST_QUESTIONS, _("A survey has 1 to {most} questions.").format(most=MOST_QUESTIONS)
    yield len(set(names)) == len(names), _("Two questions have the same name. Give one of them another.")
    yield form.gift_coupon is None or form.gift_points is None, _("The gift is a coupon or points, not both.")
    yield _empty_or(form.gift_points, 1, 1_000), _("The gift is a number of points from 1 to 1,000.")
    yield _empty_or(form.most, 1, _MOST), _("The limit of answers is a number from 1.")
    ends = form.opens is not None and form.closes is not None and form.opens >= form.closes
    yield not ends, _("The survey ends before it begins. Correct one of the two.")
    if form.anonymous:
        knows = any(one.sets or any(option.tag for option in one.options) for one in form.questions)
        yield not knows, _("An anonymous survey sets no tags and no fields. Take these out, or ask by person.")
        contact = any(one.kind in CONTACTS for one in form.questions)
        yield not contact, _("An anonymous survey asks for no name, phone or address. Take the question out.")
        yield (
            form.gift_points is None,
            _("Points on a card would tell who answered. Give a coupon that is taken by link, or ask by person."),
        )


def _of_question(one: Question) -> Iterator[tuple[bool, str]]:
    yield bool(one.title), _("write what is asked.")
    yield len(one.title) <= LONGEST_TITLE, _("the question is too long.")
    named = bool(one.name) and len(one.name) <= LONGEST_NAME and BETWEEN not in one.name
    yield named, _("the short name has 1 to {most} characters and no “/”.").format(most=LONGEST_NAME)
    yield one.name != END, _("a question cannot be called “end”.")
    yield max(map(len, (one.note, one.consent, one.low, one.high))) <= LONGEST_SAID, _("a text is too long.")
    labels = [option.label for option in one.options]
    if one.kind in CHOICES:
        yield 1 < len(labels) <= MOST_OPTIONS, _("give 2 to {most} options.").format(most=MOST_OPTIONS)
        yield (
            all(0 < len(label) <= LONGEST_OPTION for label in labels),
            _("an option has 1 to {most} characters.").format(most=LONGEST_OPTION),
        )
        yield len(set(map(japanese.fold, labels))) == len(labels), _("two options are the same.")  # answers are read so
        yield (
            all(len(option.tag) <= LONGEST_TAG for option in one.options),
            _("a tag has at most {most} characters.").format(most=LONGEST_TAG),
        )
        yield all(_empty_or(option.quota, 1, _MOST) for option in one.options), _("a quota is a number from 1.")
        yield all(option.picture for option in one.options) or one.kind != "picture", _("give each option a picture.")
    else:
        yield not labels, _("this kind of question has no options.")
    if one.kind == "rating":
        low, high = one.least, one.most
        scale = low is not None and high is not None and 0 <= low < high <= LONGEST_SCALE
        yield scale, _("a scale goes from 0 or 1 up to {most} at most.").format(most=LONGEST_SCALE)
    elif one.kind in {"number", "several"}:
        turned = one.least is not None and one.most is not None and one.least > one.most
        yield not turned, _("the smallest number is larger than the largest one.")
    if one.kind == "several":
        ends = _empty_or(one.least, 0, len(labels)) and _empty_or(one.most, 1, len(labels))
        yield ends, _("say how many options may be chosen, up to all of them.")
    yield (
        bool(one.consent) or not (one.sensitive or one.kind in CONTACTS),
        _("say what the answer is used for: people agree to that before they answer."),
    )
    yield one.fills in get_args(Fills), _("fills is blank or always, or left out.")
    yield (
        not one.fills or one.kind in CONTACTS,
        _("only a name, a phone number or an address becomes the customer's own."),
    )
    yield not (one.sensitive and one.required), _("what touches health or belief nobody must answer. Let it be passed.")


def _of_branches(form: Form, at: int) -> Iterator[tuple[bool, str]]:
    one = form.questions[at]
    later = {END, *(other.name for other in form.questions[at + 1 :])}
    possible = {option.label for option in one.options}
    if one.kind == "rating":
        possible = {str(number) for number in range(one.least or 0, (one.most or 0) + 1)}
    for answer, to in one.branches:
        yield answer in possible, _("a branch leads from “{answer}”, which is no answer here.").format(answer=answer)
        yield to in later, _("a branch leads to “{name}”, which is no later question.").format(name=to)
    yield one.then in later | {""}, _("it leads to “{name}”, which is no later question.").format(name=one.then)


def field_kind(one: Question) -> FieldKind:
    """Return of which kind a customers' own field must be that this question sets."""
    return "number" if one.kind in NUMBERS else "date" if one.kind == "date" else "text"


def _empty_or(number: int | None, least: int, most: int) -> bool:
    return number is None or least <= number <= most


def _tidy(form: Form) -> Form:
    texts: dict[str, Any] = {name: japanese.clean(getattr(form, name)).strip() for name in ("title", "intro", "thanks")}
    questions = tuple(_tidy_question(one) for one in form.questions)
    name = japanese.tidy(form.name)
    texts["title"] = texts["title"] or name
    return replace(form, name=name, keyword=japanese.tidy(form.keyword), questions=questions, **texts)


def _tidy_question(one: Question) -> Question:
    names = ("title", "note", "consent", "low", "high")
    texts: dict[str, Any] = {name: japanese.clean(getattr(one, name)).strip() for name in names}
    options = tuple(
        Option(japanese.tidy(option.label), option.picture, option.quota, japanese.tidy(option.tag))
        for option in one.options
    )
    name = japanese.tidy(one.name) or japanese.tidy(one.title)[:LONGEST_NAME]
    branches = tuple((japanese.tidy(answer), japanese.tidy(to)) for answer, to in one.branches)
    more: dict[str, Any] = {"name": name, "sets": japanese.tidy(one.sets), "then": japanese.tidy(one.then)}
    if one.kind == "rating" and one.least is None and one.most is None:
        one = replace(one, least=1, most=5)
    return replace(one, options=options, branches=branches, **texts, **more)
