"""Asking the shop for a reservation: a form, and what it says after that. The shop decides, and answers in the talk, by phone or by mail."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from shopdesk.clock import japan_day
from shopdesk.errors import NotFoundError
from shopdesk.gateway import site_parts as parts
from shopdesk.gateway.markup import Markup, escaped, icon, tag, words
from shopdesk.gateway.pages import page
from shopdesk.gateway.site import LARGEST
from shopdesk.gateway.visits import Visits
from shopdesk.i18n import N_
from shopdesk.line import typed_for_them
from shopdesk.site import ASKS, MOST_PEOPLE, NOBODY, FormError, TooManyError, Wanted, moment, said_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop
    from shopdesk.site import Guest

_MOST_DIGITS = 4


class ReservePages:
    """The pages under `/reserve`, and a friend's own under `/me`."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._site = shop, shop.site
        visits = Visits(shop)
        self.routes = []
        for before in ("", "/me/{key}"):
            self.routes += [
                Route(f"{before}/reserve", visits.seen(self.show), methods=["GET"]),
                Route(f"{before}/reserve", visits.limited(self.ask, largest=LARGEST), methods=["POST"]),
            ]

    def show(self, *me: str) -> Response:
        """Show the form. Raises NotFoundError: the shop takes no reservations here."""
        return self._form(me, {})

    def ask(self, *path: Any) -> Response:
        """Take a request. Raises NotFoundError."""
        *me, fields = path
        wanted = _wanted(fields)
        guest = self._guest(me)
        if wanted is None:
            return self._form(me, fields, words(N_("Choose a day and time from now to a year ahead.")))
        try:
            self._site.reservations.ask(guest, wanted, fields.get("nonce", ""))
        except (FormError, TooManyError) as refused:
            return self._form(me, fields, refused.message)
        known = guest != NOBODY
        answers = N_("The shop answers in the talk on LINE.") if known else N_("The shop answers by phone or by mail.")
        what = N_("{when}, {n} people. It is not reserved yet: {answers}")
        values = {
            "title": words(N_("Your request has been sent")),
            "what": words(what, when=said_at(wanted.at), n=str(wanted.people), answers=words(answers)),
            "link": parts.link(_home(me), N_("To the shop's page")),
        }
        return self._page("site_done", values)

    def _guest(self, me: Sequence[str]) -> Guest:
        if not self._site.live("shop").content.reserves:
            raise NotFoundError("")
        return self._site.visitors.of(me[0]) if me else NOBODY

    def _form(self, me: Sequence[str], typed: Fields, wrong: str = "") -> Response:
        guest = self._guest(me)
        known = guest != NOBODY
        home = _home(me)
        values = {
            "title": words(N_("Ask for a reservation")),
            "what": words(N_("The shop answers as soon as it can. It is reserved once the shop has said so.")),
            "line": Markup() if known else self._on_line(),
            "wrong": wrong,
            "action": f"/me/{me[0]}/reserve" if me else "/reserve",
            "nonce": typed.get("nonce") or secrets.token_urlsafe(16),
            "fields": _fields(typed, guest.name, f"{japan_day(self._shop.clock.now()):%Y-%m-%d}", known=known),
            "button": words(N_("Send the request")),
            "home": parts.link(home, N_("To the shop's page")),
        }
        return self._page("site_reserve", values)

    def _on_line(self) -> Markup:
        """Return the way over LINE, on which a friend need not say who they are."""
        basic_id = str(self._shop.settings.get("line_basic_id"))
        if not basic_id:
            return Markup()
        button = tag(
            "a",
            icon("message-circle"),
            words(N_("Ask on LINE")),
            class_="button plain",
            href=typed_for_them(basic_id, ASKS),
        )
        note = words(N_("On LINE the answer comes in the talk: send what stands there, and open the page that comes."))
        return tag("div", button, tag("p", note, class_="soft"), class_="panel said")

    def _page(self, name: str, values: Mapping[str, str]) -> Response:
        return page(name, str(self._shop.settings.get("shop_name")), values)


def _home(me: Sequence[str]) -> str:
    return f"/me/{me[0]}" if me else "/shop"


def _wanted(fields: Fields) -> Wanted | None:
    at = moment(fields.get("day", ""), fields.get("time", ""))
    if at is None:
        return None
    people = fields.get("people", "")
    number = int(people) if people.isascii() and people.isdigit() and len(people) <= _MOST_DIGITS else 0
    said = {name: fields.get(name, "") for name in ("name", "phone", "mail", "note")}
    return Wanted(at, number, **said)


def _fields(typed: Fields, name: str, today: str, *, known: bool) -> Markup:
    """Return what is to be filled in; a friend need not say how to answer them."""
    made = [
        _field("day", N_("Day"), typed, 'type="date" required', least=today),
        _field("time", N_("At what time"), typed, 'type="time" required'),
        _field(
            "people",
            N_("How many people"),
            typed,
            f'type="number" inputmode="numeric" min="1" max="{MOST_PEOPLE}" required',
        ),
        _field("name", N_("Your name"), typed, 'autocomplete="name" maxlength="40" required', value=name),
    ]
    if not known:
        made += [
            _field("phone", N_("Phone"), typed, 'type="tel" autocomplete="tel" maxlength="20"'),
            _field(
                "mail",
                N_("Mail address (this or the phone)"),
                typed,
                'type="email" autocomplete="email" maxlength="254"',
            ),
        ]
    label = tag("label", words(N_("Anything else (not needed)")), for_="note")
    note = tag("textarea", typed.get("note", ""), id="note", name="note", rows="2", maxlength="300")
    return Markup("".join([*made, label, note]))


def _field(name: str, label: str, typed: Fields, more: str, *, value: str = "", least: str = "") -> Markup:
    said = escaped(typed.get(name, value))
    least = f' min="{least}"' if least else ""
    return Markup(
        f'{tag("label", words(label), for_=name)}<input id="{name}" name="{name}" {more}{least} value="{said}">'
    )
