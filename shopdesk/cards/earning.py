"""A visit or a purchase counted: points by the rules and the rank, the rewards they reach, and the card begun anew."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.orm import aliased

from shopdesk.cards import earned
from shopdesk.cards.records import Counted, Reached
from shopdesk.cards.refusals import AlreadyCountedError, LimitError
from shopdesk.cards.tables import CardEntryRow, CardRewardRow
from shopdesk.clock import in_japan, japan_day, start_of_japan_day
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.rules import Reward
    from shopdesk.cards.tills import Desk, Request, Tills

MOST_VISITS = 100
MOST_YEN = 10_000_000
JOURNAL_KEPT = timedelta(days=14)
"""So old may a scan be that a till made while it could not reach the data."""
# A scan fills so many cards at most; points above that stay and count at the next visit.
_MOST_ROUNDS = 20


def require_possible(visits: int, yen: int | None) -> None:
    """Refuse what nobody at a till means. Raises InvalidInputError."""
    if not (0 <= visits <= MOST_VISITS and 0 <= (yen or 0) <= MOST_YEN) or not (visits or yen):
        raise InvalidInputError(
            _("Say how many visits (up to {visits}) or how many yen (up to {yen}) are counted.").format(
                visits=MOST_VISITS, yen=f"{MOST_YEN:,}"
            )
        )


def require_recent(at: datetime, now: datetime) -> None:
    """Refuse a scan of a till's journal that cannot have been. Raises InvalidInputError."""
    if not timedelta() <= now - at <= JOURNAL_KEPT:
        raise InvalidInputError(
            _(
                "This scan says it was made at a time that cannot be. Look at the clock of that till, and count the visit by hand."
            )
        )


def earn(tills: Tills, asked: Request) -> Counted:
    """Count the visits and yen of a request, once. Raises as `Cards.scan`."""
    _what, visits, yen = asked.said
    require_possible(visits, yen)
    return tills.do(asked, "scan", partial(visit, tills, asked))


def visit(tills: Tills, asked: Request, session: Session, now: datetime) -> Counted:
    """Count the visits and yen of a request in a transaction that is open. Raises as `Cards.scan`."""
    _what, visits, yen = asked.said
    if asked.at is not None:
        require_recent(asked.at, now)
    return count(tills.desk(session, asked, now), visits, yen)


def count(desk: Desk, visits: int, yen: int | None) -> Counted:
    """Write a visit, a purchase or both to the card.

    Raises:
        AlreadyCountedError: a visit of today was counted, or this passing code was.
        LimitError: the card or the member of the staff would have more points today than the shop allows.
    """
    book, rules, act = desk.book, desk.rules, desk.book.act
    customer_id = _customer(desk)
    _require_new(desk, customer_id, visits)
    standing = earned.rank(book.session, customer_id, rules, act.at)
    worth = rules.worth(visits, yen or 0, 100 if standing is None else standing.percent)
    points = _whole(worth, book.ledger.hundredths)
    _require_within_limits(desk, customer_id, points)
    before = book.ledger.balance
    if visits:
        book.row.last_visit_at = max(act.at, book.row.last_visit_at or act.at)
    entry_id = book.append(
        "earn",
        points,
        hundredths=worth - points * 100,
        proved=True,
        until=rules.until(act.at),
        extends=rules.extends,
        visits=visits,
        yen=yen,
    )
    rewards = _reach(desk, entry_id, before)
    return Counted(entry_id, book.row.id, points, book.ledger.balance, act.at, tuple(rewards))


def _whole(worth: int, waiting: int) -> int:
    """Return the points in what a visit is worth with what waits on the card, both in hundredths.

    What is short after something was taken back is made up by later fractions alone: no visit loses a point of its own by it.
    """
    return (worth + max(0, waiting)) // 100


def _customer(desk: Desk) -> int:
    customer_id = desk.book.row.customer_id
    assert customer_id is not None  # noqa: S101 - the database has no live card without one
    return customer_id


def _require_new(desk: Desk, customer_id: int, visits: int) -> None:
    session, card_id, act = desk.book.session, desk.book.row.id, desk.book.act
    row = CardEntryRow
    before = None
    if act.proof_hash is not None:
        before = session.scalar(select(row).where(row.proof_hash == act.proof_hash, row.kind == "earn"))
    if before is None and visits and desk.rules.once_a_day:
        before = earned.visit_of_today(session, customer_id, act.at)
    if before is not None:
        said = _("This visit was counted already, at {time} at till {till}. Nothing was added.")
        if not before.till:
            said = _("This visit was counted already, at {time}. Nothing was added.")
        when = in_japan(before.at).strftime("%H:%M")
        raise AlreadyCountedError(said.format(time=when, till=before.till), card_id)


def _require_within_limits(desk: Desk, customer_id: int, points: int) -> None:
    rules, act, session = desk.rules, desk.book.act, desk.book.session
    if rules.card_day_limit:
        had = earned.today(session, act.at, earned.of_customer(customer_id)).points
        if had + points > rules.card_day_limit:
            said = _("This card gets {most} points a day at most, and has {had} of today. Nothing was added.")
            raise LimitError(said.format(most=rules.card_day_limit, had=had), desk.book.row.id)
    if rules.staff_day_limit:
        had = earned.today(session, act.at, CardEntryRow.actor == act.actor).points
        if had + points > rules.staff_day_limit:
            said = _("You can give {most} points a day at most, and gave {had} today. Ask the owner.")
            raise LimitError(said.format(most=rules.staff_day_limit, had=had), desk.book.row.id)


def _reach(desk: Desk, entry_id: int, before: int) -> list[Reached]:
    """Give the rewards that lie between what was on the card and what is now; a full card is used up and begins anew."""
    reached: list[Reached] = []
    for _round in range(_MOST_ROUNDS):
        after = desk.book.ledger.balance
        on_the_way = [
            one for one in desk.rules.rewards if before < one.points <= after and one.points < desk.rules.goal
        ]
        for reward in sorted(on_the_way, key=lambda one: one.points):
            reached += _given(desk, entry_id, reward)
        full = desk.rules.goal_reward
        if full is None or after < full.points:
            break
        given = _given(desk, entry_id, full)
        if not given:
            break
        reached += given
        before = 0
    return reached


def _given(desk: Desk, entry_id: int, reward: Reward) -> list[Reached]:
    """Give the coupon of a reward, once in a round, and use up a full card; nothing where the coupon is given out no more: the points stay."""
    session, card_id, now = desk.book.session, desk.book.row.id, desk.book.act.at
    round_ = _round_of(desk)
    row = CardRewardRow
    had = (row.card_id == card_id, row.round == round_, row.at_points == reward.points, row.withdrawn_at.is_(None))
    if session.scalar(select(func.count()).select_from(row).where(*had)):
        return []
    until = start_of_japan_day(japan_day(now) + timedelta(days=reward.days + 1))
    try:
        ticket_id = desk.office.coupons.grant(session, reward.coupon_id, _customer(desk), until=until).ticket_id
    except ShopDeskError:
        return []
    full = reward == desk.rules.goal_reward
    use_id = desk.book.append("use", -reward.points, cause_id=entry_id) if full else None
    values = {"card_id": card_id, "entry_id": entry_id, "round": round_, "at_points": reward.points, "until": until}
    given = {"coupon_id": reward.coupon_id, "ticket_id": ticket_id, "use_id": use_id, "withdrawn_at": None}
    session.execute(insert(row).values(**values, **given))
    return [Reached(reward.points, reward.coupon_id, ticket_id, until)]


def _round_of(desk: Desk) -> int:
    """Return the use that began the card anew for the last time and still stands, 0 for none."""
    row, back = CardEntryRow, aliased(CardEntryRow)
    whole = select(back.id).where(back.reverses_id == row.id).exists()
    begun = select(func.max(row.id)).where(row.card_id == desk.book.row.id, row.cause_id.is_not(None), ~whole)
    return desk.book.session.scalar(begun) or 0
