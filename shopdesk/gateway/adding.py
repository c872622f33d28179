"""The page before the shop's talk on LINE: whoever scanned a QR code of the shop reads what awaits them, and goes on by its button.

Opening it changes nothing: that somebody has seen it its script says. By the button the word that names the place is typed into the
talk; once that is sent it is known who came by which code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from shopdesk.gateway.markup import Markup, icon, joined, tag, words
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import Visits
from shopdesk.i18n import N_, for_customers
from shopdesk.line import typed_for_them
from shopdesk.links import typed

if TYPE_CHECKING:
    from shopdesk.gateway.signing_in import SignIn
    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop

_WIDTH = 700


class AddPages:
    """The pages under `/add`."""

    def __init__(self, shop: Shop, sign_in: SignIn) -> None:
        self._shop, self._sign_in, visits = shop, sign_in, Visits(shop)
        self.routes = [
            Route("/add/{key}", visits.seen(self.show), methods=["GET"]),
            Route("/add/{key}/seen", visits.posted(self.seen), methods=["POST"]),
        ]

    def show(self, key: str) -> Response:
        """Show the page of a source. Raises NotFoundError."""
        found, settings = self._shop.links.sources.on_page(key), self._shop.settings.all()
        values = {
            "title": found.headline or for_customers(N_("Be friends with us on LINE")),
            "offer": tag("p", found.offer, class_="worth") if found.offer else Markup(),
            "picture": Markup(f'<img src="/media/{found.picture}/{_WIDTH}" alt="">') if found.picture else Markup(),
            "act": _act(self._sign_in.button("source", key), str(settings["line_basic_id"]), typed(key)),
            "seen": f"/add/{key}/seen",
        }
        leads_to = self._sign_in.leads_to()
        return page("add", str(settings["shop_name"]), values, script="seen", leads_to=leads_to)

    def seen(self, key: str, _fields: Fields) -> Response:
        """Note that a person sees it. Raises NotFoundError."""
        self._shop.links.sources.seen(key)
        return Response(status_code=204)


def _act(sign_in: Markup, basic_id: str, said: str) -> Markup:
    """Return the ways on: signing in where that is offered, else the talk with the word that says where they come from."""
    if sign_in:
        note = N_(
            "You sign in on LINE and add the shop there. The shop learns your name and picture on LINE and nothing else."
        )
        return joined([sign_in, tag("p", words(note), class_="soft")])
    if not basic_id:
        return joined([tag("p", words(N_("Send this to the shop on LINE:"))), tag("p", said, class_="number")])
    label = words(N_("Add the shop on LINE"))
    button = tag("a", icon("message-circle"), label, class_="button", href=typed_for_them(basic_id, said))
    note = N_(
        "The talk with the shop opens. Send what stands there already, so that the shop knows you came from here."
    )
    return joined([button, tag("p", words(note), class_="soft")])
