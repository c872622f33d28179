"""A menu while it is written: what stands there, which tab and place one looks at, and every step back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from shopdesk.i18n import N_, for_customers
from shopdesk.menus import Action, Area, Design, Plan, Tab, areas, new_key
from shopdesk.ui.menus.geometry import Size, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS = 100


def first_plan() -> Plan:
    """Return what a new menu begins with: six places that most shops want, tall, for everybody."""
    size = (2500, 1686)
    begun = (
        (Action("card"), "stamp", N_("Shop card")),
        (Action("say"), "ticket", N_("Coupons")),
        (Action("link"), "shopping-bag", N_("Online shop")),
        (Action("say"), "calendar", N_("Book")),
        (Action("link"), "map-pin", N_("Where we are")),
        (Action("talk"), "message-circle", N_("Ask us")),
    )
    words = [(action, icon, for_customers(word)) for action, icon, word in begun]
    filled = (
        replace(area, action=action if action.does != "say" else Action("say", word), icon=icon, word=word)
        for area, (action, icon, word) in zip(areas("six", *size), words, strict=True)
    )
    tab = Tab(new_key(), for_customers(N_("Shop")), tuple(filled))
    return Plan("", Design(*size, for_customers(N_("Menu")), (tab,)))


class Draft(QObject):
    """`changed` with every change of what is written or looked at."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plan = first_plan()
        self.tab_at = self.area_at = 0
        self._past: list[Plan] = []
        self._future: list[Plan] = []
        self._together = ""

    def begin(self, plan: Plan) -> None:
        """Begin with another menu; nothing can be taken back."""
        self.plan, self.tab_at, self.area_at = plan, 0, 0
        self._past, self._future, self._together = [], [], ""
        self.changed.emit()

    @property
    def design(self) -> Design:
        """The look of the menu."""
        return self.plan.design

    @property
    def size(self) -> Size:
        """The menu's pixels."""
        return Size(self.design.width, self.design.height)

    @property
    def tab(self) -> Tab:
        """The tab one looks at."""
        return self.design.tabs[self.tab_at]

    @property
    def area(self) -> Area | None:
        """The place one looks at, None where the tab has none."""
        return self.tab.areas[self.area_at] if self.area_at < len(self.tab.areas) else None

    # Steps

    def write(self, plan: Plan, together: str = "") -> None:
        """Write something else; what is written `together` (letter by letter, one pull) is one step back."""
        if plan == self.plan:
            return
        if not together or together != self._together:
            self._past = [*self._past[-_STEPS:], self.plan]
        self._future, self._together = [], together
        self._take(plan)

    def end_step(self) -> None:
        """Let what comes be a step of its own."""
        self._together = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return bool(self._past)

    def undo(self) -> None:
        """Go a step back."""
        if self._past:
            self._future.append(self.plan)
            self._together = ""
            self._take(self._past.pop())

    def redo(self) -> None:
        """Go a step forward again."""
        if self._future:
            self._past.append(self.plan)
            self._together = ""
            self._take(self._future.pop())

    def _take(self, plan: Plan) -> None:
        self.plan = plan
        self.tab_at = min(self.tab_at, len(plan.design.tabs) - 1)
        self.area_at = max(0, min(self.area_at, len(self.tab.areas) - 1))
        self.changed.emit()

    # Looking

    def look_at(self, tab: int | None = None, area: int = 0) -> None:
        """Look at another tab, or at another place of this one."""
        tab = self.tab_at if tab is None else tab
        if (tab, area) != (self.tab_at, self.area_at):
            self.tab_at, self.area_at, self._together = tab, area, ""
            self.changed.emit()

    # Writing

    def change(self, together: str = "", **values: Any) -> None:
        """Change name, people or times."""
        self.write(replace(self.plan, **values), together)

    def restyle(self, together: str = "", **values: Any) -> None:
        """Change the look of the whole menu."""
        self.write(replace(self.plan, design=replace(self.design, **values)), together)

    def retab(self, together: str = "", **values: Any) -> None:
        """Change the tab one looks at."""
        tabs = list(self.design.tabs)
        tabs[self.tab_at] = replace(self.tab, **values)
        self.restyle(together, tabs=tuple(tabs))

    def change_area(self, together: str = "", **values: Any) -> None:
        """Change the place one looks at."""
        if self.area is not None:
            self.put_area(replace(self.area, **values), together)

    def put_area(self, area: Area, together: str = "") -> None:
        """Put another place where the one is that one looks at."""
        found = list(self.tab.areas)
        found[self.area_at] = area
        self.retab(together, areas=tuple(found))

    def add_area(self, area: Area) -> None:
        """Add a place and look at it."""
        before = len(self.tab.areas)
        self.area_at = before
        self.retab(areas=(*self.tab.areas, area))

    def remove_area(self) -> None:
        """Take away the place one looks at."""
        at = self.area_at
        self.retab(areas=tuple(one for number, one in enumerate(self.tab.areas) if number != at))

    def divide(self, places: Sequence[Area]) -> None:
        """Divide the tab anew; what the places did, in their order, the new ones do."""
        old = self.tab.areas
        kept = (
            replace(one, action=old[at].action, icon=old[at].icon, word=old[at].word) if at < len(old) else one
            for at, one in enumerate(places)
        )
        self.retab(areas=tuple(kept))

    def resize(self, width: int, height: int) -> None:
        """Give the menu another size; its places grow and shrink with it."""
        before, after = self.size, Size(width, height)
        tabs = tuple(
            replace(tab, areas=tuple(scaled(one, before, after) for one in tab.areas)) for tab in self.design.tabs
        )
        self.restyle(width=width, height=height, tabs=tabs)

    def add_tab(self, title: str) -> None:
        """Add a tab divided like the one one looks at, and look at it."""
        made = Tab(new_key(), title, tuple(Area(one.x, one.y, one.width, one.height) for one in self.tab.areas))
        self.tab_at, self.area_at = len(self.design.tabs), 0
        self.restyle(tabs=(*self.design.tabs, made))

    def remove_tab(self) -> None:
        """Take away the tab one looks at; the last one stays."""
        if len(self.design.tabs) > 1:
            gone = self.tab.key
            self.restyle(tabs=tuple(one for one in self.design.tabs if one.key != gone))
