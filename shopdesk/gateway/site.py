"""The shop's own pages. A friend's own address of them (`/me/…`) tells who they are; everybody else's tells nothing.

Opening a page changes nothing: that it was seen its script says; likes and comments are posts.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shopdesk.errors import NotFoundError
from shopdesk.gateway import site_parts as parts
from shopdesk.gateway.markup import words
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import Visits
from shopdesk.i18n import N_
from shopdesk.site import FEED, NOBODY, FormError, TooManyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop
    from shopdesk.site import Guest, Kind

LARGEST = 12_288
"""Bytes of a form with a text of 500 characters, each of which is nine when it is sent."""
_ON_SHOP_PAGE = 3
_SEE, _BAD = 303, 400


@dataclass(frozen=True, slots=True)
class Way:
    """Who visits, and what stands before the paths of their pages: '' of those for everybody."""

    guest: Guest
    before: str

    @property
    def home(self) -> str:
        """Where their shop page is."""
        return self.before or "/shop"


class SitePages:
    """The pages under `/shop`, `/news`, `/page`, `/privacy` and, of friends, `/me`."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._site, self._visits = shop, shop.site, Visits(shop)
        seen, posted = self._visits.seen, self._visits.posted
        self.routes = [
            Route("/shop", seen(self.home), methods=["GET"]),
            Route("/me/{key}", seen(self.home), methods=["GET"]),
            Route("/privacy", seen(self.privacy), methods=["GET"]),
            Route("/page/{page}", seen(self.announcement), methods=["GET"]),
            Route("/shop/seen", posted(self._saw("shop")), methods=["POST"]),
            Route("/page/{page}/seen", posted(self._saw("announcement")), methods=["POST"]),
            Route("/news/{news}/seen", posted(self._saw("news")), methods=["POST"]),
        ]
        for before in ("", "/me/{key}"):
            self.routes += [
                Route(f"{before}/news", seen(self.feed), methods=["GET"]),
                Route(f"{before}/news/{{news}}", seen(self.article), methods=["GET"]),
                Route(f"{before}/news/before/{{last}}", seen(self.older), methods=["GET"]),
                Route(f"{before}/news/{{news}}/like", self._visits.limited(self.like), methods=["POST"]),
                Route(
                    f"{before}/news/{{news}}/comment",
                    self._visits.limited(self.comment, largest=LARGEST),
                    methods=["POST"],
                ),
            ]

    # What is shown

    def home(self, *path: str) -> Response:
        """Show the shop page. Raises NotFoundError."""
        way, shop = self._way(*path), self._site.live("shop")
        found = self._shop.settings.all()
        news = [parts.listed(one, way.before) for one in self._site.news(limit=_ON_SHOP_PAGE)]
        values = {
            "title": str(found["shop_name"]) or words(N_("Our shop")),
            "seen": parts.seen("/shop/seen"),
            "lead": shop.content.title,
            "said": parts.said(shop.content.parts),
            "buttons": parts.buttons(shop, found, way.home, known=way.guest != NOBODY),
            "hours": parts.hours(self._shop.settings.opening_hours(), self._shop.clock.now()),
            "place": parts.place(str(found["shop_address"]), str(found["shop_contact"])),
            "news": parts.latest(news, f"{way.before}/news"),
            "foot": self._foot(),
        }
        return self._page("site_shop", values)

    def feed(self, *path: str) -> Response:
        """Show the newest news. Raises NotFoundError: this is nobody's address."""
        return self._feed(self._way(*path))

    def older(self, *path: str) -> Response:
        """Show the news before that with a key. Raises NotFoundError."""
        *me, last = path
        return self._feed(self._way(*me), last)

    def _feed(self, way: Way, before: str = "") -> Response:
        news = self._site.news(before, FEED + 1)
        if before and not news:
            raise NotFoundError("")
        more = f"{way.before}/news/before/{news[FEED - 1].key}" if len(news) > FEED else ""
        values = {
            "title": words(N_("News")),
            "news": parts.feed([parts.listed(one, way.before) for one in news[:FEED]]),
            "more": parts.link(more, N_("Older news")) if more else "",
            "home": self._home_link(way),
            "foot": self._foot(),
        }
        return self._page("site_feed", values)

    def article(self, *path: str) -> Response:
        """Show news with what was said of it. Raises NotFoundError."""
        *me, key = path
        return self._article(self._way(*me), key)

    def _article(self, way: Way, key: str, wrong: str = "", typed: Fields | None = None) -> Response:
        found = self._site.feedback.article(key, way.guest)
        at = f"{way.before}/news/{key}"
        values = {
            "title": found.page.content.title,
            "seen": parts.seen(f"/news/{key}/seen"),
            "day": parts.day(found.page),
            "said": parts.said(found.page.content.parts),
            "like": parts.liking(found, at, known=way.guest != NOBODY, nonce=secrets.token_urlsafe(16)),
            "comments": parts.comments(found, at, wrong, typed or {}, nonce=secrets.token_urlsafe(16)),
            "all": parts.link(f"{way.before}/news", N_("All news")),
            "home": self._home_link(way),
            "foot": self._foot(),
        }
        return self._page("site_article", values)

    def announcement(self, key: str) -> Response:
        """Show an announcement. Raises NotFoundError."""
        return self._plain("announcement", key)

    def privacy(self) -> Response:
        """Show what the shop does with what it knows about people. Raises NotFoundError."""
        return self._plain("privacy")

    def _plain(self, kind: Kind, key: str = "") -> Response:
        found = self._site.live(kind, key)
        values = {
            "title": found.content.title,
            "seen": parts.seen(f"/page/{key}/seen") if key else "",
            "said": parts.said(found.content.parts),
            "home": self._home_link(Way(NOBODY, "")),
            "foot": self._foot() if kind != "privacy" else "",
        }
        return self._page("site_plain", values)

    # What is done

    def like(self, *path: Any) -> Response:
        """Note that somebody likes news, or does no more. Raises NotFoundError."""
        *me, key, fields = path
        way = self._way(*me)
        try:
            self._site.feedback.like(key, way.guest, fields.get("nonce", ""), on=fields.get("on") != "0")
        except FormError as refused:
            values = {
                "title": words(N_("That did not work")),
                "what": refused.message,
                "link": parts.link(f"{way.before}/news/{key}", N_("Back to the news")),
            }
            return self._page("site_done", values, status=_BAD)
        return RedirectResponse(f"{way.before}/news/{key}", _SEE)

    def comment(self, *path: Any) -> Response:
        """Take a comment. Raises NotFoundError."""
        *me, key, fields = path
        way = self._way(*me)
        try:
            given = {name: fields.get(name, "") for name in ("name", "text", "nonce")}
            self._site.feedback.comment(key, way.guest, **given)
        except (FormError, TooManyError) as refused:
            return self._article(way, key, refused.message, fields)
        values = {
            "title": words(N_("Thank you for your comment")),
            "what": words(N_("It appears here once the shop has looked at it.")),
            "link": parts.link(f"{way.before}/news/{key}", N_("Back to the news")),
        }
        return self._page("site_done", values)

    def _saw(self, kind: Kind) -> Callable[..., Response]:
        def act(*path: Any) -> Response:
            self._site.saw(kind, *path[:-1])
            return Response(status_code=204)

        return act

    # What all have

    def _way(self, *me: str) -> Way:
        return Way(self._site.visitors.of(me[0]), f"/me/{me[0]}") if me else Way(NOBODY, "")

    def _home_link(self, way: Way) -> str:
        try:
            self._site.live("shop")
        except NotFoundError:
            return ""
        return parts.link(way.home, N_("To the shop's page"))

    def _foot(self) -> str:
        try:
            found = self._site.live("privacy")
        except NotFoundError:
            return ""
        return parts.foot(found.content.title)

    def _page(self, name: str, values: Mapping[str, str], *, status: int = 200) -> Response:
        shop = str(self._shop.settings.get("shop_name"))
        return page(name, shop, values, status=status, script="site")
