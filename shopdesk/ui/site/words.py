"""What kinds and states of pages are called in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.ui.widgets import Mark

if TYPE_CHECKING:
    from shopdesk.site import Content, Kind, Page, PartKind

KINDS: dict[Kind, str] = {
    "shop": N_("Shop page"),
    "news": N_("News"),
    "announcement": N_("Announcement page"),
    "privacy": N_("Privacy page"),
}
PARTS: dict[PartKind, tuple[str, str]] = {
    "text": ("pencil", N_("Text")),
    "picture": ("image", N_("Picture")),
    "heading": ("tag", N_("Heading")),
    "link": ("arrow-right", N_("Button with a link")),
}


def state_mark(page: Page) -> Mark:
    """Return where a page stands as a badge."""
    if page.live:
        return Mark(_("Public"), "success")
    if page.state == "follows":
        return Mark(_("With the broadcast"), "info")
    return Mark(_("Hidden"), "plain") if page.state == "hidden" else Mark(_("Draft"), "warning")


def called(page: Page) -> str:
    """Return what a page is called: by its title, the shop page and what has none by its kind."""
    return title_of(page.kind, page.content)


def title_of(kind: Kind, content: Content) -> str:
    """Return what a page of a kind that says this is called."""
    return content.title if kind != "shop" and content.title else _(KINDS[kind])
