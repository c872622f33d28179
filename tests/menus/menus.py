"""Menus for tests, and what LINE shows of them."""

from __future__ import annotations

from dataclasses import replace

from shopdesk.menus import Action, Design, Plan, Tab, areas
from shopdesk.rehearsal import Running
from shopdesk.shop import Shop

ACTIONS = (Action("card"), Action("link", "https://shop.example"), Action("say", "予約したいです"), Action("talk"))


def filled(key: str, *actions: Action, title: str = "お店", layout: str = "four", size=(800, 540)) -> Tab:
    """A tab whose areas do these things in turn."""
    doing = actions or ACTIONS
    places = enumerate(areas(layout, *size))
    return Tab(
        key,
        title,
        tuple(
            replace(one, action=doing[number % len(doing)], icon="stamp", word=f"言葉 {number}")
            for number, one in places
        ),
    )


def plan(name: str = "ふだん", *tabs: Tab, bar: str = "メニュー", **more) -> Plan:
    return Plan(name, Design(800, 540, bar, tabs or (filled("a"),)), **more)


def tabbed(name: str = "ふだん", bar: str = "メニュー", **more) -> Plan:
    """A menu of two tabs that lead to each other."""
    return plan(
        name, filled("a", Action("tab", "b")), filled("b", Action("tab", "a"), title="たのしむ"), bar=bar, **more
    )


def published(shop: Shop, wanted: Plan) -> int:
    made = shop.menus.create(wanted).id
    shop.menus.publish(made)
    return made


def shown(there: Running) -> str:
    """What everybody sees: the bar of the default menu, '' for none."""
    menus = there.rehearsal.rich_menus
    return menus.by_id[menus.default].wanted["chatBarText"] if menus.default else ""


def seen(there: Running) -> list[str]:
    """The bars that the friends see, in their order."""
    menus = there.rehearsal.rich_menus
    found = (menus.shown_to(one) for one in there.rehearsal.people)
    return [one.wanted["chatBarText"] if one else "" for one in found]


def on_line(there: Running) -> list[str]:
    """The bars of all menus that LINE has."""
    return sorted(one.wanted["chatBarText"] for one in there.rehearsal.rich_menus.by_id.values())


def endpoints(there: Running) -> list[str]:
    """What LINE was asked about menus, in its order."""
    asked = (one["endpoint"] for one in there.rehearsal.journal.entries)
    return [one for one in asked if one.startswith("richmenu")]
