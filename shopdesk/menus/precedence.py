"""Whose menu is whose: the order of the menus decides, the first one that takes a person wins. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shopdesk.menus.records import Menu, Plan


class Turn(NamedTuple):
    """Which menus are shown now: those of segments, the first to be asked first, and the one for everybody else."""

    for_some: tuple[int, ...]
    for_all: int | None

    @property
    def shown(self) -> tuple[int, ...]:
        """All of them."""
        return self.for_some if self.for_all is None else (*self.for_some, self.for_all)


def turn(menus: Sequence[tuple[int, Plan]], now: datetime) -> Turn:
    """Return whose turn it is at a moment. What stands below the first menu for everybody is shown to nobody.

    Args:
        menus: The published ones by id, in their order.
        now: The moment.
    """
    for_some: list[int] = []
    for menu, plan in menus:
        if not runs(plan, now):
            continue
        if plan.segment_id is None:
            return Turn(tuple(for_some), menu)
        for_some.append(menu)
    return Turn(tuple(for_some), None)


def runs(plan: Plan, now: datetime) -> bool:
    """Say whether a moment lies between a menu's beginning and its end."""
    return (plan.starts is None or plan.starts <= now) and (plan.ends is None or now < plan.ends)


def ahead(menus: Sequence[Menu], menu: int) -> list[Menu]:
    """Return the menus which go before this one just now for those they are for, the first to be asked first.

    Args:
        menus: All of them in their order, as they stand.
        menu: The number of the one that is asked about; nothing goes before one whose turn it is not.
    """
    running = [one for one in menus if one.standing in {"shown", "working", "covered"}]
    ids = [one.id for one in running]
    at = ids.index(menu) if menu in ids else 0
    return [one for one in running[:at] if one.standing != "covered"]
