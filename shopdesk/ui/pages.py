"""Which pages there are: each noun adds its folder and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from shopdesk.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.shop_page import Desk, ShopPage


@dataclass(frozen=True)
class PageEntry:
    """A line of the sidebar. `factory` is `module:class`, imported when the page is first shown.

    `needs` is the right (a value of `staff.Act`) without which nobody sees it.
    A page `below` another has no line of its own: that one leads to it, and is marked while it is shown.
    `own_window` is no page of the window, but one of its own.
    """

    key: str
    icon: str
    title: str
    group: str
    factory: str | Callable[[Desk], ShopPage]
    order: int
    needs: str
    below: str = ""
    own_window: bool = False

    def make(self, desk: Desk) -> ShopPage:
        """Make the page."""
        if not isinstance(self.factory, str):
            return self.factory(desk)
        return cast("ShopPage", load(self.factory)(desk))


def load(name: str) -> Any:
    """Return the class of `module:class`, loaded now."""
    module, _colon, class_ = name.partition(":")
    return getattr(import_module(module), class_)


COUNTER = "shopdesk.ui.counter.window:CounterWindow"
ALONE = "shopdesk.ui.counter.alone:Alone"
GROUPS = ("", N_("Customers and orders"), N_("Reach out"), N_("Shop tools"), N_("Look back"), "foot")
PAGES = (
    PageEntry("home", "house", N_("Home"), GROUPS[0], "shopdesk.ui.home.page:HomePage", 10, "see people"),
    PageEntry("talks", "message-circle", N_("Talks"), GROUPS[0], "shopdesk.ui.talks.page:TalksPage", 15, "talk"),
    PageEntry("counter", "scan-line", N_("Counter"), GROUPS[0], COUNTER, 17, "scan", own_window=True),
    PageEntry(
        "answers",
        "bot",
        N_("Auto reply"),
        GROUPS[0],
        "shopdesk.ui.answers.page:AnswersPage",
        16,
        "draft",
        below="talks",
    ),
    PageEntry(
        "customers", "users", N_("Customers"), GROUPS[1], "shopdesk.ui.customers.page:CustomersPage", 20, "see people"
    ),
    PageEntry("imports", "file-up", N_("Import"), GROUPS[1], "shopdesk.ui.imports.page:ImportsPage", 30, "import"),
    PageEntry("segments", "filter", N_("Segments"), GROUPS[1], "shopdesk.ui.segments.page:SegmentsPage", 40, "draft"),
    PageEntry(
        "broadcasts", "send", N_("Broadcasts"), GROUPS[2], "shopdesk.ui.broadcasts.page:BroadcastsPage", 50, "draft"
    ),
    PageEntry(
        "automations",
        "workflow",
        N_("Automations"),
        GROUPS[2],
        "shopdesk.ui.automations.page:AutomationsPage",
        60,
        "draft",
    ),
    PageEntry("menus", "layout-grid", N_("Rich menus"), GROUPS[2], "shopdesk.ui.menus.page:MenusPage", 70, "design"),
    PageEntry("cards", "stamp", N_("Shop card"), GROUPS[3], "shopdesk.ui.cards.page:CardsPage", 80, "design"),
    PageEntry(
        "uncounted",
        "clock",
        N_("Visits not counted"),
        GROUPS[3],
        "shopdesk.ui.cards.uncounted:UncountedPage",
        85,
        "adjust",
        below="cards",
    ),
    PageEntry("coupons", "ticket", N_("Coupons"), GROUPS[3], "shopdesk.ui.coupons.page:CouponsPage", 90, "design"),
    PageEntry("pages", "smartphone", N_("Pages"), GROUPS[3], "shopdesk.ui.site.page:SitePage", 95, "draft"),
    PageEntry("links", "qr-code", N_("QR and posters"), GROUPS[3], "shopdesk.ui.links.page:LinksPage", 120, "design"),
    PageEntry(
        "surveys",
        "clipboard-list",
        N_("Surveys"),
        GROUPS[3],
        "shopdesk.ui.surveys.page:SurveysPage",
        100,
        "design",
    ),
    PageEntry(
        "settings", "settings", N_("Settings"), GROUPS[-1], "shopdesk.ui.settings.page:SettingsPage", 900, "see audit"
    ),
)
