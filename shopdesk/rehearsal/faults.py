"""What goes wrong on purpose: which request, and how."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Cut: TypeAlias = Literal["before", "after", "mid"]
Word: TypeAlias = Literal["monthly", "html", "short", "trickle"]

_KNOWN = {"endpoint", "nth", "times", "answer", "cut", "delay_s", "accept"}
_STATUS = range(200, 600)
# These words leave the request its effect unless `accept` says otherwise.
_HARMLESS = {None, 200, "short", "trickle"}


@dataclass(slots=True)
class Fault:
    """One mishap: from the `nth` matching request on, counted from when it was set, `times` requests long.

    `endpoint` None matches every request. `cut`: the socket is reset before the request is read, after it was
    accepted, or in the middle of the answer. `answer`: a status, or `monthly` (429 for the month's limit), `html`
    (200 with a page instead of JSON), `short` (200, and the body ends early), `trickle` (the answer drips for
    `delay_s`). `delay_s` alone holds the answer of an accepted request back.
    """

    endpoint: str | None
    nth: int
    times: int
    answer: int | Word | None
    cut: Cut | None
    delay_s: float
    accepts: bool
    met: int = 0

    def strikes(self, endpoint: str) -> bool:
        """Count this request where it matches, and tell whether it is one of those that go wrong."""
        if self.endpoint not in {None, endpoint}:
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
        """Return the fault that strikes this request, counting it for all that match."""
        if not self._set:
            return None
        struck = [fault for fault in self._set if fault.strikes(endpoint)]
        return struck[0] if struck else None


def _understood(wanted: object) -> Fault:
    if not isinstance(wanted, dict) or wanted.keys() - _KNOWN:
        raise _meaningless(wanted)
    endpoint, answer, cut = wanted.get("endpoint"), wanted.get("answer"), wanted.get("cut")
    nth, times, delay = wanted.get("nth", 1), wanted.get("times", 1), wanted.get("delay_s", 0)
    accept = wanted.get("accept")
    sound = (
        (endpoint is None or isinstance(endpoint, str))
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
        raise _meaningless(wanted)
    usual = cut in {"after", "mid"} or (cut is None and answer in _HARMLESS)
    return Fault(
        endpoint=endpoint,
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
