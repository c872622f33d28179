"""How surveys are called on the screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.ui.amounts import number
from shopdesk.ui.days import short_day
from shopdesk.ui.widgets import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.surveys import Dimension, Fills, Kind, Survey

_KINDS: dict[Kind, str] = {
    "one": N_("One choice"),
    "several": N_("Several choices"),
    "picture": N_("Pictures to choose from"),
    "rating": N_("A scale"),
    "text": N_("Free text"),
    "number": N_("A number"),
    "date": N_("A day"),
    "name": N_("Name"),
    "phone": N_("Phone number"),
    "address": N_("Address"),
}
FILLS: dict[Fills, str] = {
    "": N_("Leave as it is"),
    "blank": N_("Fill what is empty"),
    "always": N_("Write it over what is there"),
}
_DIMENSIONS: dict[Dimension, str] = {
    "sex": N_("Sex"),
    "age": N_("Age band"),
    "prefecture": N_("Prefecture"),
    "orders": N_("Number of orders"),
}
_SEXES = {"female": N_("women"), "male": N_("men")}
_ORDERS = {"0": N_("never"), "1": N_("once"), "2-4": N_("2 to 4 times"), "5-": N_("5 times or more")}


def kinds() -> list[tuple[str, Kind]]:
    """Return every kind of question with its name."""
    return [(_(name), kind) for kind, name in _KINDS.items()]


def kind_name(kind: Kind) -> str:
    """Return what a kind of question is called."""
    return _(_KINDS[kind])


def dimensions() -> list[tuple[str, Dimension]]:
    """Return by what people can be compared, each with its name."""
    return [(_(name), by) for by, name in _DIMENSIONS.items()]


def group_name(by: Dimension, label: str) -> str:
    """Return what a group of people is called."""
    if not label:
        return _("(not known)")
    if by == "age":
        return _("in their {n}s").format(n=label) if int(label) else _("under 10")
    names = {"sex": _SEXES, "orders": _ORDERS}.get(by, {})
    return _(names[label]) if label in names else label


def state_mark(survey: Survey, now: datetime) -> Mark:
    """Return the badge of a survey."""
    if survey.state == "draft":
        return Mark(_("Draft"), "warning")
    if survey.standing == "open":
        ends = survey.form.closes
        if ends is None:
            return Mark(_("Taking answers"), "success", icon="check")
        day = short_day(ends - timedelta(seconds=1), now)
        return Mark(_("Taking answers until {day}").format(day=day), "success", icon="check")
    if survey.standing == "not_yet" and survey.form.opens is not None:
        return Mark(_("Begins {day}").format(day=short_day(survey.form.opens, now)), "accent", icon="clock")
    return Mark(_("Has enough answers") if survey.standing == "full" else _("Ended"))


def took(seconds: int | None) -> tuple[str, str]:
    """Return a time as a number and what stands smaller after it, – for none."""
    if seconds is None:
        return "–", ""
    minutes, left = divmod(seconds, 60)
    return (number(minutes), _("min {s} s").format(s=left)) if minutes else (str(left), _("s"))
