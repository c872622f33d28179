"""The dry run of a broadcast: people, messages, quota, yen, what stops it and what to think of before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from sqlalchemy import Select, case, select

from shopdesk.broadcasts import addresses, audience, reading, splitting, ways
from shopdesk.broadcasts.costs import counted_by_line, larger_plan
from shopdesk.broadcasts.records import Preview, Sample, Share
from shopdesk.broadcasts.refusals import problems, require_good
from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.broadcasts.warnings import Known, warnings
from shopdesk.i18n import _
from shopdesk.line import LineError
from shopdesk.messages import NOTHING, MessageError, Own, card_values, for_person, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office
    from shopdesk.broadcasts.records import LookAlike, Way, Why
    from shopdesk.broadcasts.tables import BroadcastRow
    from shopdesk.errors import ShopDeskError
    from shopdesk.line import Quota
    from shopdesk.messages import Draft

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One text and who reads it: how many, and the first with what is theirs. `variant` is empty where all read the same."""

    variant: str
    draft: Draft
    planned: int
    first: tuple[tuple[str, Own], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Who reads which text, how many of them wait still, how many are left out for each reason, and the way it takes."""

    parts: tuple[Part, ...]
    still: int
    left_out: dict[str, int]
    way: Way


@dataclass(frozen=True, slots=True)
class Dry:
    """What is known without asking LINE. `longest_names` are those of the people it goes to.

    `public`: the shop has an address that stays; `hindrance` is why the coupons in it cannot be given.
    """

    id: int
    parts: tuple[Part, ...]
    still: int
    excluded: tuple[Why, ...]
    longest_names: tuple[str, ...]
    way: Way
    note: str
    due: datetime | None
    mail_only: bool = False
    public: bool = False
    hindrance: ShopDeskError | None = None

    @property
    def good(self) -> bool:
        """Whether LINE's rules allow the messages, for everybody in it."""
        try:
            require_good(self)
        except MessageError:
            return False
        return True

    @property
    def planned(self) -> int:
        """How many get it."""
        return sum(part.planned for part in self.parts)

    @classmethod
    def live(cls, session: Session, row: BroadcastRow, drafts: tuple[Draft, ...], who: Select[Any]) -> Self:
        """Look at who would be chosen now."""
        counts = audience.reasons(session, who)
        everybody = counts.pop("", 0)
        wish = _wish(row, drafts, counts)
        parts = _parts(session, row, drafts, everybody, audience.readers(session, who, _looked_at(row)))
        planned = sum(part.planned for part in parts)
        if row.holdout:
            counts["holdout"] = everybody - planned
        return cls._made(session, row, drafts, who, Counted(parts, planned, counts, ways.way(wish)))

    @classmethod
    def frozen(cls, session: Session, row: BroadcastRow, drafts: tuple[Draft, ...]) -> Self:
        """Look at the rows of a frozen broadcast."""
        counts = reading.excluded_reasons(session, row.id)
        planned = (row.frozen_people or 0) - sum(counts.values())
        who = chosen(row.id)
        parts = _parts(session, row, drafts, planned, audience.readers(session, who, _looked_at(row)))
        counted = Counted(parts, reading.remaining(session, row.id), counts, cast("Way", row.way))
        return cls._made(session, row, drafts, who, counted)

    @classmethod
    def _made(
        cls,
        session: Session,
        row: BroadcastRow,
        drafts: tuple[Draft, ...],
        who: Select[Any],
        counted: Counted,
    ) -> Self:
        personal = any(one.personal for one in drafts)
        longest = audience.longest_names(session, who) if personal else [""]
        return cls(
            row.id,
            counted.parts,
            counted.still,
            reading.excluded(counted.left_out),
            tuple(longest),
            counted.way,
            ways.note(counted.way, _wish(row, drafts, counted.left_out)),
            reading.due(row),
            mail_only=row.mail_only,
        )


def _looked_at(row: BroadcastRow) -> int | None:
    """How many people must be looked at one by one: all where the seed divides them, else those who are shown."""
    return None if row.split or row.holdout else SAMPLES


def _parts(
    session: Session,
    row: BroadcastRow,
    drafts: tuple[Draft, ...],
    everybody: int,
    readers: Iterable[tuple[str, str, int | None]],
) -> tuple[Part, ...]:
    """Divide people as the freeze does, by the seed: who is left out belongs to neither text."""
    people: dict[str, list[tuple[str, int | None]]] = {"a": [], "b": []}
    for user_id, name, customer_id in readers:
        if not splitting.left_out(row.seed, user_id, row.holdout):
            people[splitting.variant(row.seed, user_id, row.split)].append((name, customer_id))
    if _looked_at(row) is not None:
        return (Part("", drafts[0], everybody, _first(session, drafts[0], people["a"])),)
    return tuple(
        Part(variant if row.split else "", draft, len(people[variant]), _first(session, draft, people[variant]))
        for variant, draft in zip(people, drafts, strict=False)
    )


def _first(session: Session, draft: Draft, people: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, Own], ...]:
    """The first people with what stands on their cards; no coupon is given for a look."""
    shown = people[:SAMPLES]
    values = card_values(session, draft.placeholders, [one for _name, one in shown if one is not None])
    return tuple((name, Own(values.get(one or 0, {}))) for name, one in shown)


def _wish(row: BroadcastRow, drafts: tuple[Draft, ...], counts: dict[str, int]) -> ways.Wish:
    return ways.Wish(
        everyone=row.audience == "everyone",
        each=row.each,
        personal=any(one.personal for one in drafts),
        divided=bool(row.split or row.holdout),
        left_out=counts.get("opted_out", 0) + counts.get("capped", 0),
    )


def chosen(broadcast_id: int) -> Select[Any]:
    """The people of a frozen broadcast in the shape of an audience."""
    person, friend, customer = RecipientRow, audience.FRIEND, audience.CUSTOMER
    return (
        select(
            person.customer_id.label("customer_id"),
            person.user_id.label("user_id"),
            case((person.state == "excluded", person.reason), else_="").label("reason"),
            audience.NAME.label("name"),
        )
        .outerjoin(friend, friend.user_id == person.user_id)
        .outerjoin(customer, customer.id == friend.customer_id)
        .where(person.broadcast_id == broadcast_id)
    )


def dry_run(dry: Dry, alike: list[LookAlike], office: Office) -> Preview:
    """Add what LINE and the web say; where they cannot be asked the rest is shown all the same."""
    if dry.mail_only:
        return _by_mail(dry, office)
    now = office.clock.now()
    quota, quota_problem = _quota(office)
    said = office.settings.plan()
    plan = counted_by_line(said, quota.limit if quota else None)
    line_people = _line_people(office) if dry.way == "broadcast" and quota else None
    counted = max(dry.still, line_people or 0)
    cost = plan.extra_yen(quota.used, counted) if quota else None
    missing = counted - quota.left if quota and quota.left is not None else 0
    quiet_until = _quiet_until(dry, office)
    parts = dry.parts if dry.good else ()  # of what is wrong nobody would read anything
    written = addresses.in_messages(message for part in parts for message in part.draft.messages)
    links = addresses.looked_at(written, rehearsal=office.line.is_rehearsal)
    return Preview(
        id=dry.id,
        planned=dry.planned,
        excluded=dry.excluded,
        messages_counted=max(dry.planned, line_people or 0),
        quota_left=quota.left if quota else None,
        quota_problem=quota_problem,
        cost_yen=cost,
        cost_problem=_too_many() if quota and cost is None else "",
        samples=tuple(_samples(parts)),
        way=dry.way,
        mail_only=False,
        note=dry.note,
        quota_used=quota.used if quota else None,
        line_people=line_people,
        quiet_until=quiet_until,
        larger_plan=larger_plan(plan, missing),
        variants=tuple(Share(part.variant, part.planned) for part in dry.parts if part.variant),
        problems=problems(dry, office, quota, plan) if dry.still or not dry.planned else (),
        warnings=warnings(
            Known(
                now=now,
                due=dry.due,
                quiet_until=quiet_until,
                drafts=tuple(part.draft for part in dry.parts),
                alike=tuple(alike),
                links=tuple(links),
                people=dry.still,
                line_people=line_people,
                plan=said,
                limit=None if plan == said or quota is None else quota.limit,
            )
        ),
    )


def _samples(parts: Iterable[Part]) -> Iterator[Sample]:
    for part in parts:
        for name, own in part.first or (("", NOTHING),):
            yield Sample(name, readable(for_person(part.draft, name, own)), part.variant)


def _too_many() -> str:
    return _("The shop's plan does not allow so many messages. Choose fewer people or take a larger plan.")


def _by_mail(dry: Dry, office: Office) -> Preview:
    """The dry run of what LINE has no part in: whom its mail reaches the mail's own says."""
    note = _("Nothing goes out on LINE: everybody in it who agreed to mail gets it by mail.")
    return Preview(
        id=dry.id,
        planned=0,
        excluded=dry.excluded,
        messages_counted=0,
        quota_left=None,
        quota_problem="",
        cost_yen=0,
        cost_problem="",
        samples=(),
        way=dry.way,
        mail_only=True,
        note=note,
        quota_used=None,
        line_people=None,
        quiet_until=_quiet_until(dry, office),
        larger_plan="",
        variants=(),
        problems=(),
        warnings=(),
    )


def _quiet_until(dry: Dry, office: Office) -> datetime | None:
    now, quiet = office.clock.now(), office.settings.quiet_hours()
    return quiet.over_at(max(now, dry.due or now)) if quiet else None


def _quota(office: Office) -> tuple[Quota | None, str]:
    try:
        return office.line.quota(), ""
    except LineError as error:
        return None, error.message


def _line_people(office: Office) -> int | None:
    """How many friends LINE itself counts; it says so of yesterday, and not to every account."""
    try:
        return office.line.friends(office.clock.now())
    except LineError:
        return None
