"""The way that answers lead through the questions: always forwards. No session, no clock inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.surveys.records import END

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.surveys.records import Given, Question


def way(questions: Sequence[Question], answers: Mapping[str, Given]) -> list[Question]:
    """Return the questions on the way as far as the answers lead: the last one is not answered, or it is the end of all."""
    places = {one.name: place for place, one in enumerate(questions)}
    found: list[Question] = []
    at: int | None = 0
    while at is not None and at < len(questions):
        found.append(questions[at])
        answer = answers.get(questions[at].name)
        if answer is None:
            break
        at = _after(questions, places, at, answer)
    return found


def steps(questions: Sequence[Question], answers: Mapping[str, Given], done: Sequence[Question]) -> int:
    """Return how many questions there are as far as is known, `done` being the way: those that nothing leads past yet count."""
    last = next(place for place, one in enumerate(questions) if one is done[-1])
    return len(done) + (len(questions) - last - 1 if done[-1].name not in answers else 0)


def unreachable(questions: Sequence[Question]) -> list[Question]:
    """Return the questions to which no answer leads."""
    places = {one.name: place for place, one in enumerate(questions)}
    reached = {0}
    for at, one in enumerate(questions):
        if at not in reached:
            continue
        ends = [to for _answer, to in one.branches] + ([one.then] if _goes_on(one) else [])
        reached |= {places[to] if to else at + 1 for to in ends if to != END}
    return [one for place, one in enumerate(questions) if place not in reached]


def _after(questions: Sequence[Question], places: Mapping[str, int], at: int, answer: Given) -> int | None:
    one = questions[at]
    branches = dict(one.branches)
    to = next((branches[said] for said in answer.words if said in branches), one.then)
    if to == END:
        return None
    return places[to] if to else at + 1


def _goes_on(one: Question) -> bool:
    """Say whether an answer without a branch of its own is possible."""
    branched = {answer for answer, _to in one.branches}
    if not one.required or one.kind in {"text", "date", "name", "phone", "address"}:
        return True
    if one.kind == "rating":
        return not {str(number) for number in range(one.least or 0, (one.most or 0) + 1)} <= branched
    return not one.options or not {option.label for option in one.options} <= branched
