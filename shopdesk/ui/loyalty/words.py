"""What the card's pages call things: counts of stamps, numbers, last days, and the rules said back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk import scancodes
from shopdesk.clock import japan_day
from shopdesk.i18n import _, _n, language
from shopdesk.ui.amounts import number
from shopdesk.ui.directions import isolated
from shopdesk.ui.paint import Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from shopdesk.cards import Rules

_MONTHS_A_YEAR = 12


def stamps(count: int) -> str:
    """Return `7 stamps`."""
    return _n("{n} stamp", "{n} stamps", count).format(n=number(count))


def card_number(card_id: int) -> str:
    """Return `No. 00218`."""
    return _("No. {id}").format(id=f"{card_id:05}")


def printed_number(card_id: int) -> str:
    """Return `No. 00218-26`, as it stands on a card: its last two digits catch misreading at a till that can look nobody up."""
    return _("No. {id}").format(id=scancodes.printed_number(card_id))


def last_moment(ends: datetime) -> datetime:
    """Return the last minute before an end: what ends at midnight is good on the day before."""
    return ends - timedelta(minutes=1)


def last_day(expires_at: datetime | None) -> str:
    """Return the last day before something expires as `2027/11/21`, a dash for never."""
    if expires_at is None:
        return "—"
    day = japan_day(last_moment(expires_at))
    return f"{day.year}/{day.month:02}/{day.day:02}"


def units(count: int, rules: Rules) -> str:
    """Return `30 points`, or `7 stamps` where visits alone fill the card."""
    return _n("{n} point", "{n} points", count).format(n=number(count)) if rules.per_yen else stamps(count)


def added(count: int, rules: Rules) -> str:
    """Return `30 points added`, or of stamps."""
    if rules.per_yen:
        return _n("{n} point added", "{n} points added", count).format(n=number(count))
    return _n("{n} stamp added", "{n} stamps added", count).format(n=number(count))


def span(months: int) -> str:
    """Return `1 year` or `18 months`."""
    if months % _MONTHS_A_YEAR == 0:
        years = months // _MONTHS_A_YEAR
        return _n("{n} year", "{n} years", years).format(n=years)
    return _n("{n} month", "{n} months", months).format(n=months)


def marked(text: str) -> list[Run]:
    """Return a sentence whose parts between ** are bold."""
    return [Run(part, bold=bool(at % 2)) for at, part in enumerate(text.split("**")) if part]


def said(rules: Rules, goal_reward: str) -> list[Run]:
    """Return the rules as sentences; `goal_reward` is the name of the coupon for a full card, '' for none."""
    between = "" if language() == "ja" else " "
    return marked(between.join(_sentences(rules, isolated(goal_reward))))


def _sentences(rules: Rules, goal_reward: str) -> Iterator[str]:
    yield from _earning(rules)
    if goal_reward:
        yield _("**{stamps}** fill the card: “{coupon}” is given and a new card begins.").format(
            stamps=stamps(rules.goal), coupon=goal_reward.replace("**", "＊＊")
        )
    yield from _lasting(rules)
    if rules.paper_rewards:
        yield _("Rewards can be had with **paper cards** too.")


def _earning(rules: Rules) -> Iterator[str]:
    if rules.per_visit:
        yield _("**One visit gives {stamps}**.").format(stamps=stamps(rules.per_visit))
    if rules.per_yen:
        yield _("**Each {yen} yen give {stamps}**.").format(yen=number(rules.per_yen), stamps=stamps(1))
    if not rules.per_visit and not rules.per_yen:
        yield _("**Nothing gives stamps yet.**")
    if rules.once_a_day:
        yield _("**Once on the same day**.")
    if rules.card_day_limit:
        yield _("One card takes **at most {stamps} a day**.").format(stamps=stamps(rules.card_day_limit))
    if rules.welcome:
        yield _("Who is new gets **{stamps}**.").format(stamps=stamps(rules.welcome))
    for rank in rules.ranks:
        name = isolated(rank.name).replace("**", "＊＊")
        yield _("**{rank}** earns **{percent}%**.").format(rank=name, percent=rank.percent)


def _lasting(rules: Rules) -> Iterator[str]:
    if rules.expiry == "never":
        yield _("Stamps **do not expire**.")
        return
    text = _("Stamps are gone **{span}** after the last visit.")
    if rules.expiry == "earning":
        text = _("Stamps are gone **{span}** after they were earned.")
    yield text.format(span=span(rules.expiry_months))
    if rules.notice:
        yield _n("It is told **{n} day before**.", "It is told **{n} days before**.", rules.notice_days).format(
            n=rules.notice_days
        )
