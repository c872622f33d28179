"""What is said about a broadcast under way: its title, its banners, the line under each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shopdesk.i18n import N_, _, _n
from shopdesk.ui.amounts import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.broadcasts import State, Status

TITLES = {
    "draft": N_("Starting"),
    "waiting": N_("Starting"),
    "sending": N_("Sending"),
    "paused": N_("Paused"),
    "finished": N_("Result of the broadcast"),
    "cancelled": N_("Stopped"),
}
SECONDS_UNTIL = 90


class Said(NamedTuple):
    """A banner: its state (`unknown` has buttons of its own), what is so, what follows."""

    state: str
    fact: str
    advice: str = ""


def title(state: State, *, stalled: bool) -> str:
    """Return the title of the page."""
    return _("Sending has stopped") if stalled else _(TITLES[state])


def banners(now: Status, *, alive: bool, stalled: bool, problem: str) -> Iterator[Said]:
    """Yield what stands above the figures; `problem` is with what the sender refused."""
    if stalled:
        fact = problem or _("The sender was stopped in the middle.")
        yield Said("warning", fact, _("“Go on” takes it from here; nobody gets it twice."))
    elif now.stuck or now.reason == "late":
        yield Said("warning", now.sentence)
    elif now.state == "paused":
        yield _paused(now, alive=alive)
    elif now.state == "finished" and not now.mail_only:
        yield _finished(now)
    elif now.state == "cancelled":
        fact = _("Stopped: {done} got it accepted, {rest} will not get it.")
        yield Said("info", fact.format(done=people(now.accepted), rest=people(now.cancelled)))
    if now.unknown:
        fact = _n(
            "For {n} person it is unclear whether LINE took the message.",
            "For {n} people it is unclear whether LINE took the message.",
            now.unknown,
        )
        yield Said("unknown", fact.format(n=f"{now.unknown:,}"), _("Sending again may repeat it. You decide."))


def _finished(now: Status) -> Said:
    fact = _("LINE accepted it for {people}.").format(people=people(now.accepted))
    if now.failed:
        failed = _n("{n} person did not get it.", "{n} people did not get it.", now.failed).format(n=f"{now.failed:,}")
        return Said("warning", f"{fact} {failed}", _("The reasons stand below."))
    return Said("success", fact, "" if now.unknown else _("Nobody failed and nobody is unclear."))


def _paused(now: Status, *, alive: bool) -> Said:
    if alive and now.reason == "asked":
        return Said("info", _("What is on its way is still finished."))
    by_hand = now.reason in {"asked", "stopped"}
    return Said("info" if by_hand else "warning", now.sentence, "" if by_hand else _("Nobody gets it twice."))


def notes(now: Status) -> tuple[str, ...]:
    """Return the line under each of accepted, to go, unclear, not sent, left out."""
    return (
        _("LINE took the message"),
        _("One after the other") if now.remaining else _("Nobody is left"),
        _("Decide above") if now.unknown else _("You will be told"),
        _("The reasons stand below"),
        _("Decided before it began"),
    )


def time_left(seconds: int | None) -> str:
    """Return how long it takes yet, empty while that cannot be said."""
    if seconds is None:
        return ""
    if seconds < SECONDS_UNTIL:
        return _("about {n} s left").format(n=max(1, round(seconds)))
    return _("about {n} min left").format(n=round(seconds / 60))
