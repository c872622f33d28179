"""What somebody said as an answer to a question: made one form, or refused with what is missing. No session, no clock inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.i18n import N_
from shopdesk.surveys.records import Given
from shopdesk.surveys.refusals import AnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.surveys.records import Kind, Question

LONGEST_TEXT, LONGEST_LINE = 1_000, 200
"""Characters of a free text, and of what is written on one line."""
_COUNTED = (
    "年間?|[かカヶヵケ]?月間?|週間?|日間?|時間?|分|歳|才|人|名様?|匹|頭|回|個|つ|本|枚|台|箱|袋|杯|皿|冊|件|品|着|足"
    "|円|点|度|%|[ckm]?m|k?g|m?l"
)
_NUMBER = re.compile(rf"([+-]?\d{{1,15}})\s*(?:{_COUNTED})?(?:です)?", re.IGNORECASE)
"""As people write it, with what is counted: no word that would make it another number, as 万 or 半."""


def read(question: Question, said: Sequence[str]) -> Given:
    """Return an answer as it is kept; nothing said passes the question over.

    Args:
        question: What was asked.
        said: What was chosen, by its label, or what was written: one text.

    Raises:
        AnswerError: it is no answer to this question, or one is needed.
    """
    texts = [tidy for tidy in (japanese.clean(one).strip() for one in said) if tidy]
    if not texts:
        if question.required:
            raise AnswerError(N_("An answer is needed here."))
        return Given()
    if question.kind == "several":
        return _several(question, texts)
    if len(texts) > 1:
        raise AnswerError(N_("Choose one."))
    return _READERS[question.kind](question, texts[0])


def is_answer(question: Question, said: Sequence[str]) -> bool:
    """Say whether something is an answer to a question; as `read`."""
    try:
        return not read(question, said).empty
    except AnswerError:
        return False


def _one(question: Question, said: str) -> Given:
    folded = japanese.fold(said)
    found = next((one.label for one in question.options if japanese.fold(one.label) == folded), None)
    if found is None:
        raise AnswerError(N_("Choose one of the answers that are there."))
    return Given((found,))


def _several(question: Question, said: Sequence[str]) -> Given:
    chosen = {one for label in said for one in _one(question, label).picked}
    least, most = question.least or 0, question.most or len(question.options)
    if not least <= len(chosen) <= most:
        raise AnswerError(
            N_("Choose {least} to {most}.") if least else N_("Choose {most} at most."), least=least, most=most
        )
    return Given(tuple(one.label for one in question.options if one.label in chosen))


def _number(question: Question, said: str) -> Given:
    plain = japanese.nfkc(said).replace(",", "").strip()
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise AnswerError(N_("Write a number, only in digits."))
    number, least, most = int(found[1]), question.least, question.most
    if least is not None and most is not None and not least <= number <= most:
        raise AnswerError(N_("Write a number from {least} to {most}."), least=least, most=most)
    if least is not None and number < least:
        raise AnswerError(N_("Write a number from {least}."), least=least)
    if most is not None and number > most:
        raise AnswerError(N_("Write a number up to {most}."), most=most)
    return Given(number=number)


def _day(_question: Question, said: str) -> Given:
    day = japanese.date(said)
    if day is None:
        raise AnswerError(N_("Write the day like 1990/12/3."))
    return Given(text=day.isoformat())


def _phone(_question: Question, said: str) -> Given:
    phone = japanese.phone(said)
    if phone is None:
        raise AnswerError(N_("This is no phone number. Write it like 090-1234-5678."))
    return Given(text=japanese.phone_local(phone))


def _text(_question: Question, said: str) -> Given:
    return Given(text=_short_enough(said, LONGEST_TEXT))


def _line(_question: Question, said: str) -> Given:
    return Given(text=_short_enough(japanese.tidy(said), LONGEST_LINE))


def _short_enough(said: str, most: int) -> str:
    if len(said) > most:
        raise AnswerError(N_("This is too long: {most} characters are the most."), most=most)
    return said


_READERS: dict[Kind, Callable[[Question, str], Given]] = {
    "one": _one,
    "picture": _one,
    "text": _text,
    "number": _number,
    "rating": _number,
    "date": _day,
    "name": _line,
    "phone": _phone,
    "address": _line,
}
