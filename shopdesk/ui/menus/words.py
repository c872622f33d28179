"""What menus, their states, layouts and places are called in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.ui.days import clock_time, short_day
from shopdesk.ui.widgets import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.menus import Area, Design, Does, Menu, Plan, Standing

_STANDINGS: dict[Standing, tuple[str, str]] = {
    "draft": (N_("Draft"), "plain"),
    "waiting": (N_("Waits for its day"), "info"),
    "working": (N_("Not on LINE yet"), "warning"),
    "shown": (N_("Shown on LINE"), "success"),
    "covered": (N_("Behind another one"), "plain"),
    "ended": (N_("Is over"), "plain"),
}
DOES: dict[Does, str] = {
    "link": N_("Open a page"),
    "say": N_("Say something"),
    "card": N_("Show the shop card"),
    "coupon": N_("Give a coupon"),
    "survey": N_("Begin a survey"),
    "talk": N_("Begin to write"),
    "tab": N_("Turn to another tab"),
}
LAYOUTS = {
    "six": N_("Six"),
    "four": N_("Four"),
    "one and three": N_("One above, three below"),
    "three": N_("Three beside each other"),
    "large and small": N_("One large, one small"),
    "two": N_("Two beside each other"),
    "one": N_("One place to tap"),
}
ICONS = {
    "stamp": N_("Stamp"),
    "ticket": N_("Coupon"),
    "gift": N_("Present"),
    "cake-slice": N_("Cake"),
    "coffee": N_("Coffee"),
    "flower": N_("Flower"),
    "shopping-bag": N_("Bag"),
    "calendar": N_("Calendar"),
    "clock": N_("Clock"),
    "map-pin": N_("Place"),
    "message-circle": N_("Talk"),
    "smartphone": N_("Telephone"),
    "star": N_("Star"),
    "sparkles": N_("Sparkles"),
    "smile": N_("Smile"),
    "users": N_("People"),
    "info": N_("Information"),
    "circle-question-mark": N_("Question"),
    "image": N_("Picture"),
    "percent": N_("Per cent"),
    "credit-card": N_("Card"),
    "house": N_("House"),
    "search": N_("Search"),
    "clipboard-list": N_("List"),
}


def letter(number: int) -> str:
    """Return A for the first place, B for the second; LINE has room for twenty."""
    return chr(ord("A") + number)


def spoken(number: int, area: Area, design: Design) -> str:
    """Return a place as a screen reader says it: its letter, what it does, and where it lies, in the menu's pixels."""
    sentence = _("{letter}, {word}, {does}, left {x}, top {y}, {width} × {height} of {whole} × {high}")
    return sentence.format(
        letter=letter(number),
        word=area.word or "–",
        does=_(DOES[area.action.does]),
        x=area.x,
        y=area.y,
        width=area.width,
        height=area.height,
        whole=design.width,
        high=design.height,
    )


def standing_mark(menu: Menu) -> Mark:
    """Return how a menu stands, as a badge."""
    if menu.trouble:
        return Mark(_("LINE refused it"), "danger")
    if menu.differs and menu.standing in {"shown", "covered", "waiting"}:
        return Mark(_("Changed since"), "warning")
    words, state = _STANDINGS[menu.standing]
    return Mark(_(words), state, icon="check" if menu.standing == "shown" else "")


def times(plan: Plan, now: datetime) -> str:
    """Return from when until when a menu is shown, — for always."""
    if plan.starts is None and plan.ends is None:
        return "—"
    first, last = (f"{short_day(at, now)} {clock_time(at)}" if at else "" for at in (plan.starts, plan.ends))
    return f"{first} 〜 {last}".strip()
