"""What goes wrong on purpose: which request, and how."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

Cut: TypeAlias = Literal["before", "after", "mid"]
Word: TypeAlias = Literal["monthly", "html", "short", "trickle"]

_KNOWN = {"endpoint", "user", "nth", "times", "answer", "cut", "delay_s", "accept"}
_STATUS = range(200, 600)
# These words leave the request its effect unless `accept` says otherwise.
_HARMLESS = {None, 200, "short", "trickle"}
# Longer than any client waits.
_LONG_S = 60
# What can go wrong with one answer, by name: `{"kind": "trickle"}` says the same as the words beside it.
KINDS: Mapping[str, Mapping[str, object]] = {
    "200": {"answer": 200},
    "200-html": {"answer": "html"},
    "200-short": {"answer": "short"},
    **{str(status): {"answer": status} for status in (400, 401, 403, 409, 413)},
    "429-rate": {"answer": 429},
    "429-quota": {"answer": "monthly"},
    **{str(status): {"answer": status} for status in (500, 502, 503)},
    "time-out-before": {"delay_s": _LONG_S, "accept": False},
    "time-out-after": {"delay_s": _LONG_S},
    "reset-before-reply": {"cut": "after"},
    "reset-mid-reply": {"cut": "mid"},
    "trickle": {"answer": "trickle", "delay_s": _LONG_S},
}
_ELSEWHERE = {
    "dns": N_("A name that leads nowhere is the caller's: let it call http://line.invalid instead of the rehearsal."),
    "tls": N_("A broken certificate is the caller's: let it call the rehearsal's address with https:// before it."),
}


@dataclass(slots=True)
class Fault:
    """One mishap: from the `nth` matching request on, counted from when it was set, `times` requests long.

    `endpoint` None matches every request, `user` None everybody; else one of the people a request is for. `cut`: the
    socket is reset before the request is read, after it was accepted, or in the middle of the answer. `answer`: a
    status, or `monthly` (429 for the month's limit), `html` (200 with a page instead of JSON), `short` (200, and the
    body ends early), `trickle` (the answer drips for `delay_s`). `delay_s` alone holds the answer of an accepted
    request back.
    """

    endpoint: str | None
    user: str | None
    nth: int
    times: int
    answer: int | Word | None
    cut: Cut | None
    delay_s: float
    accepts: bool
    met: int = 0

    def strikes(self, endpoint: str, people: Collection[str]) -> bool:
        """Count this request where it matches, and tell whether it is one of those that go wrong."""
        if self.endpoint not in {None, endpoint} or (self.user is not None and self.user not in people):
            return False
        self.met += 1
        return self.nth <= self.met < self.nth + self.times


class Faults:
    """The faults that are set; where two strike the same request the earlier set one wins."""

    def __init__(self) -> None:
        self._set: list[Fault] = []

    def add(self, wanted: Mapping[str, object]) -> Fault:
        """Set a fault in the words of the contract. Raises InvalidInputError for one that means nothing."""
        fault = _understood(wanted)
        self._set.append(fault)
        return fault

    def add_file(self, file: Path) -> None:
        """Set the faults of a file, one JSON object a line."""
        try:
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as wrong:
            raise InvalidInputError(
                _("The fault file {file} cannot be read. Check where it is and who may read it.").format(file=file.name)
            ) from wrong
        for line in lines:
            try:
                wanted = json.loads(line)
            except ValueError as wrong:
                raise _meaningless(line) from wrong
            self.add(wanted)

    def clear(self) -> None:
        """Take all faults away."""
        self._set.clear()

    def striking(self, endpoint: str) -> Fault | None:
        """Return the fault that strikes this request whomever it is for, counting it for all that match."""
        return self._struck(endpoint, (), [one for one in self._set if one.user is None])

    def striking_person(self, endpoint: str, people: Collection[str]) -> Fault | None:
        """Return the fault that strikes this request because of somebody it is for, counting it likewise."""
        return self._struck(endpoint, people, [one for one in self._set if one.user is not None])

    def _struck(self, endpoint: str, people: Collection[str], faults: Sequence[Fault]) -> Fault | None:
        struck = [fault for fault in faults if fault.strikes(endpoint, people)]
        return struck[0] if struck else None


def _spelled_out(wanted: object) -> dict[str, Any]:
    """Return a fault in single words: a `kind` stands for some of them."""
    if not isinstance(wanted, dict):
        raise _meaningless(wanted)
    words = dict(wanted)
    kind = words.pop("kind", None)
    if isinstance(kind, str) and kind in _ELSEWHERE:
        raise InvalidInputError(_(_ELSEWHERE[kind]))
    if kind is not None and not (isinstance(kind, str) and kind in KINDS):
        raise _meaningless(wanted)
    spelled = {**(KINDS[kind] if kind else {}), **words}
    if spelled.keys() - _KNOWN:
        raise _meaningless(wanted)
    return spelled


def _understood(fault: object) -> Fault:
    wanted = _spelled_out(fault)
    endpoint, answer, cut = wanted.get("endpoint"), wanted.get("answer"), wanted.get("cut")
    nth, times, delay = wanted.get("nth", 1), wanted.get("times", 1), wanted.get("delay_s", 0)
    accept, user = wanted.get("accept"), wanted.get("user")
    sound = (
        (user is None or isinstance(user, str))
        and (endpoint is None or isinstance(endpoint, str))
        and (answer in (None, "monthly", "html", "short", "trickle") or (_whole(answer) and answer in _STATUS))
        and cut in (None, "before", "after", "mid")
        and _whole(nth)
        and _whole(times)
        and min(nth, times) >= 1
        and isinstance(delay, (int, float))
        and delay >= 0
        and (accept is None or isinstance(accept, bool))
        and not (cut == "before" and accept)
        and wanted.keys() & {"answer", "cut", "delay_s", "accept"}
    )
    if not sound:
        raise _meaningless(fault)
    usual = cut in {"after", "mid"} or (cut is None and answer in _HARMLESS)
    return Fault(
        endpoint=endpoint,
        user=user,
        nth=nth,
        times=times,
        answer=cast("int | Word | None", answer),
        cut=cast("Cut | None", cut),
        delay_s=float(delay),
        accepts=usual if accept is None else bool(accept),
    )


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _meaningless(wanted: object) -> InvalidInputError:
    sentence = _("This fault means nothing to the rehearsal. Check how it is written: {fault}")
    return InvalidInputError(sentence.format(fault=wanted if isinstance(wanted, str) else json.dumps(wanted)))
