"""What each condition on the person is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from shopdesk.i18n import N_, _, _n
from shopdesk.segments import wording as w
from shopdesk.segments.wording_orders import MONTHS

if TYPE_CHECKING:
    from shopdesk.segments.rules import Condition

MONTHS_AHEAD = (("this_month", N_("this month")), ("next_month", N_("next month")))
SEXES = (("female", N_("women")), ("male", N_("men")), ("unknown", N_("of unknown sex")))
RELATIONS = (("family", N_("family")), ("company", N_("company")))
LINE_STATES = (("friend", N_("friend")), ("blocked", N_("blocking")), ("none", N_("not linked")))


def tags(condition: Condition) -> w.Clause:
    """「タグ「常連」がついている」."""
    text = _("tagged {tags}") if condition.comparison == "is" else _("not tagged {tags}")
    return w.Clause(text, {"tags": w.names(condition)})


def prefecture(condition: Condition) -> w.Clause:
    """「東京都に住んでいる」."""
    text = _("who live in {places}") if condition.comparison == "is" else _("who do not live in {places}")
    return w.Clause(text, {"places": w.names(condition)})


def birth_month(condition: Condition) -> w.Clause:
    """「誕生日が来月の」."""
    titles = {str(number): title for number, title in enumerate(MONTHS, 1)} | dict(MONTHS_AHEAD)
    text = (
        _("whose birthday month is {months}")
        if condition.comparison == "is"
        else _("whose birthday month is not {months}")
    )
    return w.Clause(text, {"months": w.titled(condition, titles)})


def sex(condition: Condition) -> w.Clause:
    """「女性の」."""
    text = _("who are {sexes}") if condition.comparison == "is" else _("who are not {sexes}")
    return w.Clause(text, {"sexes": w.titled(condition, dict(SEXES))})


def line_state(condition: Condition) -> w.Clause:
    """「LINE の友だちの」."""
    titles = {"friend": N_("friends on LINE"), "blocked": N_("blocking us on LINE"), "none": N_("not linked with LINE")}
    chosen = cast("tuple[str, ...]", condition.value)
    text = _("who are {states}") if condition.comparison == "is" else _("who are not {states}")
    return w.Clause(text, {"states": w.Names(tuple(_(titles[one]) for one in chosen))})


def consent_line(condition: Condition) -> w.Clause:
    """「LINE のお知らせを断った」."""
    return w.Clause(
        _("who **take messages on LINE**") if condition.value else _("who **opted out of messages on LINE**"), {}
    )


def consent_mail(condition: Condition) -> w.Clause:
    """「メールのお知らせを断った」."""
    return w.Clause(_("who **take mail**") if condition.value else _("who **take no mail**"), {})


def age(condition: Condition) -> w.Clause:
    """「30歳以上の」."""
    texts = {
        "at_least": _("who are **{n} or older**"),
        "at_most": _("who are **{n} or younger**"),
        "equals": _("who are **{n} years old**"),
        "between": _("who are **{from} to {to} years old**"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def birthday(condition: Condition) -> w.Clause:
    """「これから7日のうちに誕生日がくる」."""
    n = w.count(condition.value)
    if n == 0:
        return w.Clause(_("whose birthday is **today**"), {})
    text = _n("whose birthday is **within the next {n} day**", "whose birthday is **within the next {n} days**", n)
    return w.Clause(text, {"n": f"{n:,}"})


def source(condition: Condition) -> w.Clause:
    """「はじめて来たのが shopify の」."""
    text = (
        _("who first came from {names}") if condition.comparison == "is" else _("who did not first come from {names}")
    )
    return w.Clause(text, {"names": w.names(condition)})


def note(condition: Condition) -> w.Clause:
    """「メモに「ギフト」とある」."""
    text = (
        _("whose note says “{text}”") if condition.comparison == "contains" else _("whose note does not say “{text}”")
    )
    return w.Clause(text, {"text": w.Names((str(condition.value),))})


def relation(condition: Condition) -> w.Clause:
    """「家族のつながりがある」."""
    text = (
        _("who are linked with somebody as {kinds}")
        if condition.comparison == "is"
        else _("who are not linked with anybody as {kinds}")
    )
    return w.Clause(text, {"kinds": w.titled(condition, dict(RELATIONS))})


def relations(condition: Condition) -> w.Clause:
    """「2人以上とつながっている」."""
    n = w.count(condition.value)
    texts = {
        "at_least": _n("who are linked with **{n} person or more**", "who are linked with **{n} people or more**", n),
        "at_most": _n("who are linked with **at most {n} person**", "who are linked with **at most {n} people**", n),
        "equals": _n("who are linked with **exactly {n} person**", "who are linked with **exactly {n} people**", n),
        "between": _("who are linked with **{from} to {to} people**"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def own(condition: Condition) -> w.Clause:
    """「「好きな味」がいちごの」."""
    value: Any = condition.value
    said = value[0] if isinstance(value, tuple) else value
    filled: dict[str, str | w.Names | w.Clause] = {"field": condition.field.removeprefix("own.")}
    if condition.comparison in {"is", "is_not"}:
        filled["names"] = w.names(condition)
    elif isinstance(said, int) and condition.comparison not in {"within_days", "before_days"}:
        filled |= w.numbers(value, condition.comparison)
    else:
        filled |= w.days(value)
    return w.Clause(_own_text(condition.comparison), filled)


def _own_text(comparison: str) -> str:
    texts = {
        "is": _("whose “{field}” is {names}"),
        "is_not": _("whose “{field}” is not {names}"),
        "at_least": _("whose “{field}” is **{n} or more**"),
        "at_most": _("whose “{field}” is **{n} or less**"),
        "equals": _("whose “{field}” is **{n}**"),
        "within_days": _("whose “{field}” was within **{n}** days"),
        "before_days": _("whose “{field}” was more than **{n}** days ago"),
        "before": _("whose “{field}” is **before {day}**"),
        "after": _("whose “{field}” is **after {day}**"),
        "between": _("whose “{field}” is **from {from} to {to}**"),
    }
    return texts[comparison]
