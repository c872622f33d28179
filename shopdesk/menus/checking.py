"""What LINE would not take of a menu, said while it is written. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.menus.records import Problem
from shopdesk.messages import graphemes, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.menus.records import Action, Area, Design, Plan, Tab

_VISIBLE = re.compile(r"[!-~]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_NEEDS_VALUE = frozenset({"link", "say", "coupon", "survey", "tab"})


def problems(plan: Plan) -> list[Problem]:
    """Return everything that keeps a menu from being published, in the order of its parts."""
    found = [Problem(one) for one in _whole(plan)]
    keys = [one.key for one in plan.design.tabs]
    for tab in plan.design.tabs:
        found += _tab(plan.design, tab, keys)
    return found


def _whole(plan: Plan) -> Iterator[str]:
    design, (narrowest, widest) = plan.design, limits.MENU_WIDTHS
    if not plan.name.strip():
        yield _("Give the menu a name, so that you find it again.")
    if not (
        narrowest <= design.width <= widest
        and design.height >= limits.MENU_LEAST_HEIGHT
        and design.width >= design.height * limits.MENU_LEAST_RATIO
    ):
        yield _("LINE has no menu of {width} × {height} pixels. Choose another size.").format(
            width=design.width, height=design.height
        )
    if not design.bar.strip():
        yield _("Write what stands on the bar below the menu.")
    if (over := units(design.bar) - limits.MENU_BAR.most) > 0:
        yield _("The bar has room for {most} characters; it has {over} too many.").format(
            most=limits.MENU_BAR.most, over=over
        )
    if not design.tabs:
        yield _("A menu needs at least one tab.")
    if plan.starts and plan.ends and plan.ends <= plan.starts:
        yield _("The menu ends before it begins. Set a later end.")


def _tab(design: Design, tab: Tab, keys: list[str]) -> Iterator[Problem]:
    if keys.count(tab.key) > 1:
        yield Problem(_("Two tabs have the same key. Give one of them another."), tab.key)
    if not tab.areas:
        yield Problem(_("This tab has no place to tap. Choose a layout, or draw one."), tab.key)
    if (over := len(tab.areas) - limits.MENU_AREAS) > 0:
        sentence = _("A tab has at most {most} places to tap; this one has {over} too many.")
        yield Problem(sentence.format(most=limits.MENU_AREAS, over=over), tab.key)
    for number, area in enumerate(tab.areas):
        for sentence in (*_bounds(design, area), *_action(area.action, keys), *_drawn(tab, area)):
            yield Problem(sentence, tab.key, number)


def _bounds(design: Design, area: Area) -> Iterator[str]:
    inside = 0 <= area.x <= area.x + area.width <= design.width and 0 <= area.y <= area.y + area.height <= design.height
    if not inside or area.width < 1 or area.height < 1:
        yield _("This place lies outside the menu. Move it inside.")


def _drawn(tab: Tab, area: Area) -> Iterator[str]:
    if graphemes(area.word) > limits.MENU_LABEL.most:
        yield _("The word here has room for {most} characters. Shorten it.").format(most=limits.MENU_LABEL.most)
    if not (tab.picture or area.word.strip() or area.icon):
        yield _("Nothing is drawn here. Write a word or choose an icon.")


def _action(action: Action, keys: list[str]) -> Iterator[str]:
    said = action.value.strip()
    if action.does in _NEEDS_VALUE and not said:
        yield {
            "link": _("Write the address that opens here."),
            "say": _("Write what is said by tapping here."),
            "coupon": _("Choose the coupon that is given here."),
            "survey": _("Choose the survey that begins here."),
            "tab": _("Choose the tab that is shown by tapping here."),
        }[action.does]
    elif action.does == "coupon" and not _NUMBER.fullmatch(action.value):
        yield _("Choose the coupon that is given here.")
    elif action.does == "survey" and not _NUMBER.fullmatch(action.value):
        yield _("Choose the survey that begins here.")
    elif action.does == "tab" and said not in keys:
        yield _("The tab that is shown by tapping here is not there any more. Choose another one.")
    elif action.does == "link" and not _opens(said):
        yield _("An address starts with https://, http://, tel: or line:// and has no spaces or Japanese letters.")
    elif action.does == "link" and units(said) > limits.LINK.most:
        yield _("An address has room for {most} characters. Shorten it.").format(most=limits.LINK.most)
    elif action.does == "say" and graphemes(action.value) > limits.SAID.most:
        yield _("What is said has room for {most} characters. Shorten it.").format(most=limits.SAID.most)


def _opens(said: str) -> bool:
    starts = any(said.startswith(scheme) and len(said) > len(scheme) for scheme in limits.LINK_SCHEMES)
    return starts and bool(_VISIBLE.fullmatch(said))
