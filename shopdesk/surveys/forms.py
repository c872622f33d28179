"""A survey's form as JSON: how it is kept, and how a file and the window write it."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopdesk.clock import in_japan, written_moment
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.surveys.records import KINDS, Form, Option, Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_FORM = {one.name for one in fields(Form)} - {"questions", "gift_coupon", "gift_points", "opens", "closes", "most"}
_QUESTION = {one.name for one in fields(Question)} - {"options", "branches"}
_OPTION = {one.name for one in fields(Option)}
_OTHERWISE = {"questions", "from", "until", "limit", "gift"}


def dump(form: Form) -> str:
    """Return a form as it is kept; `load` reads it again."""
    return json.dumps(as_json(form), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=32)
def load(kept: str) -> Form:
    """Return a form that `dump` wrote."""
    return _form(json.loads(kept))


def dump_questions(form: Form) -> str:
    """Return the questions alone, and whether nobody learns who answers: what makes a version."""
    said = as_json(form)
    return json.dumps(
        {"anonymous": form.anonymous, "questions": said["questions"]}, ensure_ascii=False, separators=(",", ":")
    )


@lru_cache(maxsize=64)
def load_questions(kept: str) -> tuple[Question, ...]:
    """Return the questions that `dump_questions` wrote."""
    return tuple(_question(number, one) for number, one in enumerate(json.loads(kept)["questions"], 1))


@lru_cache(maxsize=64)
def load_version(kept: str, questions: str) -> Form:
    """Return a form that `dump` wrote, with the questions of a version of it."""
    return replace(load(kept), questions=load_questions(questions))


def as_json(form: Form) -> dict[str, Any]:
    """Return a form as a file writes it, JSON-able; what is as it is by default is left out."""
    gift = {"coupon": form.gift_coupon, "points": form.gift_points}
    return {
        **_said(form, _FORM),
        **({"from": _moment(form.opens)} if form.opens else {}),
        **({"until": _moment(form.closes)} if form.closes else {}),
        **({"limit": form.most} if form.most is not None else {}),
        **({"gift": {key: value for key, value in gift.items() if value}} if any(gift.values()) else {}),
        "questions": [_written(one) for one in form.questions],
    }


def _written(question: Question) -> dict[str, Any]:
    return {
        **_said(question, _QUESTION),
        **({"options": [_said(one, _OPTION) for one in question.options]} if question.options else {}),
        **({"branches": dict(question.branches)} if question.branches else {}),
    }


def _said(record: Form | Question | Option, names: set[str]) -> dict[str, Any]:
    found = {one.name: (getattr(record, one.name), one.default) for one in fields(record) if one.name in names}
    return {name: value for name, (value, usual) in found.items() if value != usual}


def _moment(at: datetime) -> str:
    return in_japan(at).isoformat()


def read_form(written: object, coupon_of: Callable[[str], int]) -> Form:
    """Read a form from a file's JSON object: name and questions must be there.

    A question is an object with `title` and `kind`; its `name`, by which results know it, is the beginning of its title where it has
    none. Options are words, or objects with `label`. `from` and `until` are days (`until` with that day) or moments, `limit` is how many answers
    there may be, `gift` `{"coupon": …}` (its number or name) or `{"points": …}`; the rest as the records name it.

    Args:
        written: What the file holds.
        coupon_of: Returns the id of a coupon by its number or name. Raises NotFoundError.

    Raises:
        InvalidInputError: it cannot be read; whether it can be asked `checking` says.
        NotFoundError: there is no such coupon.
    """
    if not isinstance(written, dict) or not isinstance(written.get("questions"), list):
        raise InvalidInputError(_("A survey is a JSON object with name and questions."))
    gift = written.get("gift")
    if isinstance(gift, dict) and "coupon" in gift:
        written = {**written, "gift": {**gift, "coupon": coupon_of(str(gift["coupon"]))}}
    return _form(written)


def _form(written: dict[str, Any]) -> Form:
    _require_known(written, _FORM | _OTHERWISE, _("survey"))
    gift = _typed(written, "gift", dict) or {}
    _require_known(gift, {"coupon", "points"}, _("gift"))
    name = _typed(written, "name", str) or ""
    return Form(
        name=name,
        title=_typed(written, "title", str) or name,
        questions=tuple(_question(number, one) for number, one in enumerate(written["questions"], 1)),
        gift_coupon=_typed(gift, "coupon", int),
        gift_points=_typed(gift, "points", int),
        opens=_at(written, "from", end=False),
        closes=_at(written, "until", end=True),
        most=_typed(written, "limit", int),
        **{one: _typed(written, one, str) for one in ("intro", "thanks", "keyword") if one in written},
        **{one: _typed(written, one, bool) for one in ("anonymous", "poll") if one in written},
    )


def _question(number: int, written: object) -> Question:
    if not isinstance(written, dict):
        raise InvalidInputError(_("A question is a JSON object with title and kind."))
    _require_known(written, _QUESTION | {"options", "branches"}, _("question"))
    title = _typed(written, "title", str) or ""
    kind = written.get("kind")
    if kind not in KINDS:
        said = _("Question {number}: a kind is one of {kinds}.")
        raise InvalidInputError(said.format(number=number, kinds=", ".join(KINDS)))
    branches = _typed(written, "branches", dict) or {}
    texts = ("note", "low", "high", "consent", "sets", "fills", "then")
    return Question(
        name=_typed(written, "name", str) or title[:LONGEST_NAME],
        title=title,
        kind=kind,
        options=tuple(map(_option, _typed(written, "options", list) or ())),
        least=_typed(written, "least", int),
        most=_typed(written, "most", int),
        branches=tuple((str(answer), str(to)) for answer, to in branches.items()),
        **{one: _typed(written, one, str) for one in texts if one in written},
        **{one: _typed(written, one, bool) for one in ("required", "sensitive") if one in written},
    )


LONGEST_NAME = 30
"""Characters of a question's short name."""


def _option(written: object) -> Option:
    if isinstance(written, str):
        return Option(written)
    if not isinstance(written, dict):
        raise InvalidInputError(_("An option is a word, or a JSON object with label."))
    _require_known(written, _OPTION, _("option"))
    return Option(
        _typed(written, "label", str) or "",
        _typed(written, "picture", str) or "",
        _typed(written, "quota", int),
        _typed(written, "tag", str) or "",
    )


def _require_known(written: dict[str, Any], known: set[str], what: str) -> None:
    unknown = sorted(map(str, written.keys() - known))
    if unknown:
        said = _("“{field}” is no field of a {what}. There are: {known}.")
        raise InvalidInputError(said.format(field=unknown[0], what=what, known=", ".join(sorted(known))))


def _typed(written: dict[str, Any], name: str, kind: type) -> Any:
    found = written.get(name)
    if found is None or (isinstance(found, kind) and (kind is bool or not isinstance(found, bool))):
        return found
    raise InvalidInputError(_("The field “{field}” of the survey cannot be read. Correct it.").format(field=name))


def _at(written: dict[str, Any], name: str, *, end: bool) -> datetime | None:
    said = _typed(written, name, str)
    try:
        return written_moment(said, end=end) if said else None
    except (ValueError, OverflowError) as error:
        raise InvalidInputError(
            _("The field “{field}” of the survey cannot be read. Correct it.").format(field=name)
        ) from error
