"""What each condition is called in a sentence.

A clause is a translated template: `**…**` is set bold, `{name}` is filled. A language in which a clause looks different
in the middle of a sentence, at its end, and before an "or" gives these forms with `|` between them:
「…が前で|…が前の|…が前」. The last one given stands for those that follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from shopdesk.i18n import N_, _, _n
from shopdesk.segments.compiling import holds_for_none

if TYPE_CHECKING:
    from datetime import date

    from shopdesk.segments.rules import Condition


@dataclass(frozen=True, slots=True)
class Names:
    """Several names of which any will do, each set bold."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A template and what fills it: texts, names, or further clauses."""

    text: str
    values: dict[str, str | Names | Clause]


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
MONTHS_AHEAD = (("this_month", N_("this month")), ("next_month", N_("next month")))
SEXES = (("female", N_("women")), ("male", N_("men")), ("unknown", N_("of unknown sex")))
LINE_STATES = (("friend", N_("friend")), ("blocked", N_("blocking")), ("none", N_("not linked")))
NOTHING = Clause("", {})


def order_count(condition: Condition) -> Clause:
    """「2回以上買っている」."""
    value: Any = condition.value
    if holds_for_none(condition) and condition.comparison in {"at_most", "equals"} and value == 0:
        text, numbers = _("who did **not buy**{what}{when}"), {}
    elif condition.comparison == "at_least":
        text = _n("who bought{what} **{n} time or more**{when}", "who bought{what} **{n} times or more**{when}", value)
        numbers = {"n": f"{value:,}"}
    elif condition.comparison == "at_most":
        text = _n("who bought{what} **at most {n} time**{when}", "who bought{what} **at most {n} times**{when}", value)
        numbers = {"n": f"{value:,}"}
    elif condition.comparison == "equals":
        text = _n("who bought{what} **exactly {n} time**{when}", "who bought{what} **exactly {n} times**{when}", value)
        numbers = {"n": f"{value:,}"}
    else:
        text = _("who bought{what} **{from} to {to} times**{when}")
        numbers = {"from": f"{value[0]:,}", "to": f"{value[1]:,}"}
    return Clause(text, {**numbers, "what": _what(condition), "when": _when(condition)})


def spent_yen(condition: Condition) -> Clause:
    """「10,000円以上買っている」."""
    value: Any = condition.value
    texts = {
        "at_least": _("who spent **{yen} yen or more**{on}{when}"),
        "at_most": _("who spent **at most {yen} yen**{on}{when}"),
        "equals": _("who spent **exactly {yen} yen**{on}{when}"),
        "between": _("who spent **{from} to {to} yen**{on}{when}"),
    }
    between = condition.comparison == "between"
    yen = {"from": f"{value[0]:,}", "to": f"{value[1]:,}"} if between else {"yen": f"{value:,}"}
    on = Clause(_(" on {products}"), {"products": Names(condition.products)}) if condition.products else NOTHING
    return Clause(texts[condition.comparison], {**yen, "on": on, "when": _when(condition)})


def last_order(condition: Condition) -> Clause:
    """「さいごの注文が 60日より前の」."""
    value: Any = condition.value
    texts = {
        "within_days": _n(
            "whose last order{of} was **within {n} day**", "whose last order{of} was **within {n} days**", _count(value)
        ),
        "before_days": _n(
            "whose last order{of} was **more than {n} day ago**",
            "whose last order{of} was **more than {n} days ago**",
            _count(value),
        ),
        "before": _("whose last order{of} was **before {day}**"),
        "after": _("whose last order{of} was **after {day}**"),
        "between": _("whose last order{of} was **from {from} to {to}**"),
    }
    return Clause(texts[condition.comparison], {**_days(value), "of": _of(condition)})


def first_order(condition: Condition) -> Clause:
    """「はじめての注文が 30日以内の」."""
    value: Any = condition.value
    texts = {
        "within_days": _n(
            "whose first order{of} was **within {n} day**",
            "whose first order{of} was **within {n} days**",
            _count(value),
        ),
        "before_days": _n(
            "whose first order{of} was **more than {n} day ago**",
            "whose first order{of} was **more than {n} days ago**",
            _count(value),
        ),
        "before": _("whose first order{of} was **before {day}**"),
        "after": _("whose first order{of} was **after {day}**"),
        "between": _("whose first order{of} was **from {from} to {to}**"),
    }
    return Clause(texts[condition.comparison], {**_days(value), "of": _of(condition)})


def product(condition: Condition) -> Clause:
    """「いちごのショートケーキか季節のタルトを買ったことがある」."""
    bought = condition.comparison == "bought"
    if condition.within_days is None:
        text = _("who have bought {products}") if bought else _("who have never bought {products}")
    else:
        text = _("who bought {products}{when}") if bought else _("who did not buy {products}{when}")
    return Clause(text, {"products": _names(condition), "when": _when(condition)})


def tags(condition: Condition) -> Clause:
    """「タグ「常連」がついている」."""
    text = _("tagged {tags}") if condition.comparison == "is" else _("not tagged {tags}")
    return Clause(text, {"tags": _names(condition)})


def prefecture(condition: Condition) -> Clause:
    """「東京都に住んでいる」."""
    text = _("who live in {places}") if condition.comparison == "is" else _("who do not live in {places}")
    return Clause(text, {"places": _names(condition)})


def birth_month(condition: Condition) -> Clause:
    """「誕生日が来月の」."""
    titles = {str(number): title for number, title in enumerate(MONTHS, 1)} | dict(MONTHS_AHEAD)
    text = (
        _("whose birthday month is {months}")
        if condition.comparison == "is"
        else _("whose birthday month is not {months}")
    )
    return Clause(text, {"months": _titled(condition, titles)})


def sex(condition: Condition) -> Clause:
    """「女性の」."""
    text = _("who are {sexes}") if condition.comparison == "is" else _("who are not {sexes}")
    return Clause(text, {"sexes": _titled(condition, dict(SEXES))})


def line_state(condition: Condition) -> Clause:
    """「LINE の友だちの」."""
    titles = {"friend": N_("friends on LINE"), "blocked": N_("blocking us on LINE"), "none": N_("not linked with LINE")}
    chosen = cast("tuple[str, ...]", condition.value)
    text = _("who are {states}") if condition.comparison == "is" else _("who are not {states}")
    return Clause(text, {"states": Names(tuple(_(titles[one]) for one in chosen))})


def consent_line(condition: Condition) -> Clause:
    """「LINE のお知らせを断った」."""
    return Clause(
        _("who **take messages on LINE**") if condition.value else _("who **opted out of messages on LINE**"), {}
    )


def consent_mail(condition: Condition) -> Clause:
    """「メールのお知らせを断った」."""
    return Clause(_("who **take mail**") if condition.value else _("who **take no mail**"), {})


def _what(condition: Condition) -> Clause:
    return Clause(_(" {products}"), {"products": Names(condition.products)}) if condition.products else NOTHING


def _of(condition: Condition) -> Clause:
    return Clause(_(" of {products}"), {"products": Names(condition.products)}) if condition.products else NOTHING


def _when(condition: Condition) -> Clause:
    days = condition.within_days
    if days is None:
        return NOTHING
    return Clause(_n(" in the last **{n} day**", " in the last **{n} days**", days), {"n": f"{days:,}"})


def _names(condition: Condition) -> Names:
    return Names(cast("tuple[str, ...]", condition.value))


def _titled(condition: Condition, titles: dict[str, str]) -> Names:
    return Names(tuple(_(titles[one]) for one in _names(condition).names))


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _days(value: int | date | tuple[date, date]) -> dict[str, str]:
    if isinstance(value, int):
        return {"n": f"{value:,}"}
    if isinstance(value, tuple):
        return {"from": _day(value[0]), "to": _day(value[1])}
    return {"day": _day(value)}


def _day(day: date) -> str:
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)
