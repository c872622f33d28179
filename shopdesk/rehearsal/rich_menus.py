"""The account's rich menus: pictures, aliases, the default, and what a batch has done."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from shopdesk.rehearsal.people import Person


@dataclass(slots=True)
class RichMenu:
    """One menu; it can be shown once it has a picture. `seen`: who saw it on which day, `taps`: also in which area."""

    rich_menu_id: str
    wanted: dict[str, Any]
    picture: bytes = b""
    media_type: str = ""
    seen: set[tuple[date, str]] = field(default_factory=set)
    taps: list[tuple[date, str, int]] = field(default_factory=list)


@dataclass(slots=True)
class RichMenus:
    """Menus by id in the order of their making; aliases point at one each."""

    by_id: dict[str, RichMenu] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default: str | None = None
    batches: dict[str, datetime] = field(default_factory=dict)

    def create(self, wanted: dict[str, Any]) -> RichMenu:
        """Keep a new one."""
        menu = RichMenu("richmenu-" + secrets.token_hex(16), wanted)
        self.by_id[menu.rich_menu_id] = menu
        return menu

    def delete(self, rich_menu_id: str, people: Iterable[Person]) -> None:
        """Take a menu from everybody and forget it; an alias that points at it stays, and leads nowhere."""
        del self.by_id[rich_menu_id]
        self.default = None if self.default == rich_menu_id else self.default
        for person in people:
            if person.rich_menu == rich_menu_id:
                person.rich_menu = None

    def shown_to(self, person: Person) -> RichMenu | None:
        """Return the menu that a person sees: their own before the default."""
        return self.by_id.get(person.rich_menu or self.default or "")
