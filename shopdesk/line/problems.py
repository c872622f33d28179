"""What an answer of LINE means, and how to say it to the shop."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import Any

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _
from shopdesk.line.answers import Answer, Lost

_ALREADY = "The retry key is already accepted"
_MONTHLY = "monthly limit"
# From a proxy on the way rather than from LINE: whether the request arrived is not known.
_ON_THE_WAY = {407, 408, 425}
_OK, _REDIRECT, _TOKEN, _FORBIDDEN, _CONFLICT, _TOO_LARGE, _TOO_MANY, _SERVER = 200, 300, 401, 403, 409, 413, 429, 500


class Verdict(Enum):
    """What to do after an answer."""

    ACCEPTED = "accepted"
    SLOW_DOWN = "slow_down"
    MONTHLY_LIMIT = "monthly_limit"
    RETRY = "retry"
    TOKEN = "token"
    FORBIDDEN = "forbidden"
    REJECTED = "rejected"


class LineError(ShopDeskError):
    """LINE did not do what was asked."""

    code = "line"


class NoKeysError(LineError):
    """The channel's keys are not set."""

    code = "line_keys"


class WrongTokenError(LineError):
    """LINE does not know these keys."""

    code = "line_token"


class NotAllowedError(LineError):
    """The account may not do this."""

    code = "line_forbidden"


class MonthlyLimitError(LineError):
    """This month's messages are used up."""

    code = "line_monthly_limit"


class UnreachableError(LineError):
    """LINE cannot be reached just now."""

    code = "line_unreachable"


class RefusedByLineError(LineError):
    """LINE refuses the content of a request."""

    code = "line_refused"


def judge(answer: Answer | Lost) -> Verdict:
    """Say what an answer to a send means.

    A success counts only with LINE's request id and a JSON object: the page of a hotel's network is no success.
    409 is success: the same retry key was accepted before. 429 means two things and is read by its body.
    """
    if isinstance(answer, Lost):
        return Verdict.RETRY
    status = answer.status
    if _OK <= status < _REDIRECT:
        from_line = bool(answer.request_id) and bool(_object(answer.body) is not None)
        return Verdict.ACCEPTED if from_line else Verdict.RETRY
    if status == _CONFLICT:
        known = bool(answer.accepted_request_id) or said(answer) == _ALREADY
        return Verdict.ACCEPTED if known else Verdict.REJECTED
    if status == _TOO_MANY:
        return Verdict.MONTHLY_LIMIT if _MONTHLY in said(answer) else Verdict.SLOW_DOWN
    if status < _OK or _REDIRECT <= status < 400 or status >= _SERVER or status in _ON_THE_WAY:  # noqa: PLR2004 - HTTP
        return Verdict.RETRY
    return {_TOKEN: Verdict.TOKEN, _FORBIDDEN: Verdict.FORBIDDEN}.get(status, Verdict.REJECTED)


def said(answer: Answer) -> str:
    """Return LINE's own words: its message and, where there are any, the places it means; empty without a body."""
    body = _object(answer.body)
    if body is None:
        return ""
    details = body.get("details")
    places = [
        f"{one.get('property', '')}: {one.get('message', '')}"
        for one in (details if isinstance(details, list) else [])
        if isinstance(one, dict)
    ]
    message = str(body.get("message") or body.get("error_description") or "")
    return "; ".join([message, *places])


_SENTENCES = {
    "May not be empty": N_("Something in the message is empty. Fill it in and try again."),
    "Length must be": N_("A text in the message is too long. Shorten it and try again."),
    "'to'": N_("LINE does not know one of the people. Fetch the friends again and try once more."),
}


# Where LINE says which message it means: the place in front of its words, or brackets inside them.
_MESSAGE = re.compile(r"messages\[(\d+)\](?:\.([\w.\[\]]+))?")


def refusal(status: int | None, words: str) -> str:
    """Return LINE's reason for a refusal in the shop's words, its own words behind it."""
    if status == _TOO_LARGE:
        return _("The message is larger than LINE takes (2 MB). Make it smaller and try again.")
    for sign, sentence in _SENTENCES.items():
        if sign in words:
            return _placed(_("{sentence} (LINE: {words})").format(sentence=_(sentence), words=words), words)
    if words:
        said = _("LINE refused it. Change what LINE names and try again. (LINE: {words})").format(words=words)
        return _placed(said, words)
    return _("LINE refused it without a reason (status {status}).").format(status=status or "–")


def _placed(sentence: str, words: str) -> str:
    """Return the sentence behind the message and the field that LINE's words mean; alone where they name none."""
    found = _MESSAGE.search(words)
    if found is None:
        return sentence
    number, field = int(found[1]) + 1, found[2]
    said = _("Message {number}, “{field}”: {problem}") if field else _("Message {number}: {problem}")
    return said.format(number=number, field=field, problem=sentence)


_ERRORS: dict[Verdict, tuple[type[LineError], str]] = {
    Verdict.TOKEN: (
        WrongTokenError,
        N_("LINE does not accept the keys of this shop. Copy channel ID and secret again from LINE Developers."),
    ),
    Verdict.FORBIDDEN: (NotAllowedError, N_("LINE does not allow this account to do that (LINE: {words}).")),
    Verdict.MONTHLY_LIMIT: (
        MonthlyLimitError,
        N_("This month's LINE messages are used up. Wait for next month or take a larger plan."),
    ),
    Verdict.SLOW_DOWN: (UnreachableError, N_("LINE asks to go slower. Wait a minute and try again.")),
    Verdict.RETRY: (UnreachableError, N_("LINE has trouble just now. Wait a few minutes and try again.")),
    Verdict.ACCEPTED: (UnreachableError, N_("LINE has trouble just now. Wait a few minutes and try again.")),
}


def error(answer: Answer | Lost) -> LineError:
    """Return the error to raise where a single call did not succeed."""
    if isinstance(answer, Lost):
        if answer.why == "certificate":
            return UnreachableError(
                _("The connection to LINE is not safe (its certificate cannot be checked). Nothing was sent.")
            )
        return UnreachableError(_("LINE cannot be reached. Check the internet connection and try again."))
    verdict = judge(answer)
    if verdict is Verdict.REJECTED:
        return RefusedByLineError(refusal(answer.status, said(answer)))
    kind, sentence = _ERRORS[verdict]
    return kind(_(sentence).format(words=said(answer)))


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(body.decode())
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
