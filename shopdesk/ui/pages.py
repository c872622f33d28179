"""Which pages there are: each noun adds its folder and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from shopdesk.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.shop_page import Desk, ShopPage


@dataclass(frozen=True)
class PageEntry:
    """A line of the sidebar. `factory` is `module:class`, imported when the page is first shown.

    A page `below` another has no line of its own: that one leads to it, and is marked while it is shown.
    """

    key: str
    icon: str
    title: str
    group: str
    factory: str | Callable[[Desk], ShopPage]
    order: int
    below: str = ""

    def make(self, desk: Desk) -> ShopPage:
        """Make the page."""
        if not isinstance(self.factory, str):
            return self.factory(desk)
        module, name = self.factory.split(":")
        return cast("ShopPage", getattr(import_module(module), name)(desk))


GROUPS = ("", N_("Customers and orders"), N_("Reach out"), N_("Shop tools"), N_("Look back"), "foot")
PAGES = (
    PageEntry("home", "house", N_("Home"), GROUPS[0], "shopdesk.ui.home.page:HomePage", 10),
    PageEntry("talks", "message-circle", N_("Talks"), GROUPS[0], "shopdesk.ui.talks.page:TalksPage", 15),
    PageEntry("answers", "bot", N_("Auto reply"), GROUPS[0], "shopdesk.ui.answers.page:AnswersPage", 16, below="talks"),
    PageEntry("customers", "users", N_("Customers"), GROUPS[1], "shopdesk.ui.customers.page:CustomersPage", 20),
    PageEntry("imports", "file-up", N_("Import"), GROUPS[1], "shopdesk.ui.imports.page:ImportsPage", 30),
    PageEntry("segments", "filter", N_("Segments"), GROUPS[1], "shopdesk.ui.segments.page:SegmentsPage", 40),
    PageEntry("broadcasts", "send", N_("Broadcasts"), GROUPS[2], "shopdesk.ui.broadcasts.page:BroadcastsPage", 50),
    PageEntry("settings", "settings", N_("Settings"), GROUPS[-1], "shopdesk.ui.settings.page:SettingsPage", 900),
)
