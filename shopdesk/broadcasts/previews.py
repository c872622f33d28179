"""The dry run of a broadcast: people, messages, quota, yen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from sqlalchemy import Select, case, select

from shopdesk.broadcasts import audience, reading, ways
from shopdesk.broadcasts.records import Preview, Sample
from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.i18n import _
from shopdesk.line import LineError
from shopdesk.messages import for_person, readable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.records import Way, Why
    from shopdesk.broadcasts.tables import BroadcastRow
    from shopdesk.line import Line
    from shopdesk.messages import Draft
    from shopdesk.settings import Plan

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Dry:
    """What is known without asking LINE. `names` are those of the first people, `longest_names` the longest ones."""

    id: int
    draft: Draft
    planned: int
    still: int
    excluded: tuple[Why, ...]
    names: tuple[str, ...]
    longest_names: tuple[str, ...]
    way: Way
    note: str

    @classmethod
    def live(cls, session: Session, row: BroadcastRow, draft: Draft, who: Select[Any]) -> Self:
        """Look at who would be chosen now."""
        counts = audience.reasons(session, who)
        planned = counts.pop("", 0)
        everyone, opted_out = row.audience == "everyone", counts.get("opted_out", 0)
        way = ways.way(everyone=everyone, each=row.each, personal=draft.personal, opted_out=opted_out)
        left_out = reading.excluded(counts)
        return cls._made(session, row, draft, who, planned=planned, still=planned, left_out=left_out, way=way)

    @classmethod
    def frozen(cls, session: Session, row: BroadcastRow, draft: Draft) -> Self:
        """Look at the rows of a frozen broadcast."""
        now = reading.status(session, row)
        left_out = reading.excluded(reading.excluded_reasons(session, row.id))
        way = cast("Way", row.way)
        who = _chosen(row.id)
        return cls._made(session, row, draft, who, planned=now.planned, still=now.remaining, left_out=left_out, way=way)

    @classmethod
    def _made(
        cls,
        session: Session,
        row: BroadcastRow,
        draft: Draft,
        who: Select[Any],
        *,
        planned: int,
        still: int,
        left_out: tuple[Why, ...],
        way: Way,
    ) -> Self:
        opted_out = sum(one.count for one in left_out if one.reason == "opted_out")
        everyone = row.audience == "everyone"
        note = ways.note(way, everyone=everyone, each=row.each, personal=draft.personal, opted_out=opted_out)
        longest = audience.longest_names(session, who) if draft.personal else [""]
        names = audience.some_names(session, who, SAMPLES)
        return cls(row.id, draft, planned, still, left_out, tuple(names), tuple(longest), way, note)


def _chosen(broadcast_id: int) -> Select[Any]:
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


def dry_run(dry: Dry, line: Line, plan: Plan) -> Preview:
    """Add what LINE says of the quota, and the yen; where LINE cannot be asked the rest is shown all the same."""
    left: int | None = None
    cost: int | None = None
    used: int | None = None
    problem = too_many = ""
    try:
        quota = line.quota()
    except LineError as error:
        problem = error.message
    else:
        left, used = quota.left, quota.used
        cost = plan.extra_yen(quota.used, dry.still)
        if cost is None:
            too_many = _("The shop's plan does not allow so many messages. Choose fewer people or take a larger plan.")
    return Preview(
        id=dry.id,
        planned=dry.planned,
        excluded=dry.excluded,
        messages_counted=dry.planned,
        quota_left=left,
        quota_problem=problem,
        cost_yen=cost,
        cost_problem=too_many,
        samples=tuple(Sample(name, readable(for_person(dry.draft, name))) for name in dry.names),
        way=dry.way,
        note=dry.note,
        quota_used=used,
    )
