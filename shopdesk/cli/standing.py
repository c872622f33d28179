"""How a broadcast stands, for people and for machines: its state, its times, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.cli import mailings
from shopdesk.cli.face import Face, day_and_time, plain
from shopdesk.cli.named import BECAME, BROADCASTS, named
from shopdesk.clock import in_japan
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from shopdesk.broadcasts import Status, Variant


def as_json(face: Face, now: Status) -> dict[str, Any]:
    """Return the status of a broadcast with its reasons, and that of its mail."""
    links = mailings.links_of(face, now.id, mailed=False)
    reasons = face.shop.broadcasts.reasons(now.id)
    after = [one.id for one in _follow_ups(face, now)]
    return {**plain(now), "follow_ups": after, "reasons": reasons, "links": links, **mailings.as_json(face, now.id)}


def show(face: Face, now: Status) -> None:
    """Print how a broadcast stands."""
    shown = as_json(face, now)
    lines = [_state_line(now), *_time_lines(now), *(_variant_line(one) for one in now.variants)]
    reasons = () if now.mail_only else shown["reasons"]  # of the mail they stand below it
    lines += [f"  – {named(BECAME, one.state)}: {one.sentence}: {one.count:,}" for one in reasons]
    lines += mailings.link_lines(shown["links"])
    lines += [now.sentence] if now.sentence else []
    face.show(shown, [*lines, *mailings.lines(face, now.id), *_follow_lines(face, now)])


def list_line(one: Status) -> str:
    """Return a broadcast as a line of the list: number, name, state, and the time that counts for it."""
    late = f"  ! {one.sentence}" if one.reason == "late" else ""
    return f"{one.id}  {one.name}  {_state(one)}  {_moment(one)}{late}"


def stop_hint(broadcast_id: int, until: datetime) -> str:
    """Say until when a broadcast in its cooling time can be stopped before anybody gets it, and how."""
    said = _("It begins at {time}. Until then “broadcasts cancel {id}” stops it and nobody gets it.")
    return said.format(time=f"{in_japan(until):%Y-%m-%d %H:%M:%S}", id=broadcast_id)


def _follow_ups(face: Face, now: Status) -> list[Status]:
    """Return how the follow-ups of a broadcast stand: at most one on LINE, and one by mail."""
    service = face.shop.broadcasts
    there = (service.follow_up_of(now.id, by_mail=by_mail) for by_mail in (False, True))
    return [service.status(one) for one in there if one is not None]


def _follow_lines(face: Face, now: Status) -> Iterator[str]:
    """Name what a broadcast follows, or what follows it."""
    if now.follows is not None:
        first = face.shop.broadcasts.status(now.follows)
        yield _("It follows broadcast {id} “{name}”.").format(id=first.id, name=first.name)
    for one in _follow_ups(face, now):
        said = _("Broadcast {id} “{name}” follows it: {state}")
        yield said.format(id=one.id, name=one.name, state=_state(one))


def _state(one: Status) -> str:
    """Return what its state is called: that it is planned, or goes by mail alone, says more than the state."""
    if one.mail_only and one.state == "finished":
        return _("By mail only")
    if one.state in {"draft", "waiting"} and one.scheduled_at is not None and one.cooling_until is None:
        return _("Scheduled")
    return named(BROADCASTS, one.state)


def _moment(one: Status) -> str:
    if one.cooling_until is not None:
        return _("begins at {time}").format(time=day_and_time(one.cooling_until))
    if one.started_at is not None:
        return _("begun at {time}").format(time=day_and_time(one.started_at))
    if one.scheduled_at is not None and one.state != "cancelled":
        return _("planned for {time}").format(time=day_and_time(one.scheduled_at))
    return _("made at {time}").format(time=day_and_time(one.created_at))


def _state_line(now: Status) -> str:
    counts = (
        (now.accepted, _("{n} accepted by LINE")),
        (now.remaining, _("{n} to go")),
        (now.failed, _("{n} refused by LINE")),
        (now.unknown, _("{n} unclear")),
        (now.cancelled, _("{n} cancelled")),
        (now.excluded, _("{n} left out")),
    )
    parts = ", ".join(said.format(n=f"{number:,}") for number, said in counts if number)
    said = _("Broadcast {id} “{name}”: {state}").format(id=now.id, name=now.name, state=_state(now))
    return said if now.mail_only else f"{said}: {parts or _('nobody chosen yet')}"


def _time_lines(now: Status) -> Iterator[str]:
    if now.cooling_until is not None:
        yield stop_hint(now.id, now.cooling_until)
    elif now.scheduled_at is not None and now.started_at is None and now.state != "cancelled":
        yield _("Planned for {time}.").format(time=day_and_time(now.scheduled_at))


def _variant_line(one: Variant) -> str:
    said = _("  {name}: {accepted} of {planned} accepted by LINE")
    return said.format(name=one.name.upper(), accepted=f"{one.accepted:,}", planned=f"{one.planned:,}")
