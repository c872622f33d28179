"""The parts of the shop's own pages: what the owner wrote, hours and place, buttons, news, likes and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from shopdesk import japanese
from shopdesk.clock import in_japan, japan_day
from shopdesk.gateway.hours import closed_days, week
from shopdesk.gateway.markup import Markup, escaped, icon, joined, tag, words
from shopdesk.i18n import N_
from shopdesk.line import typed_for_them
from shopdesk.site import ASKS, LONGEST_COMMENT, excerpt, split_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from shopdesk.settings import OpeningHours
    from shopdesk.site import Article, Comment, Page, Part

_WIDTH, _SMALL = 1040, 240
_LISTED = 90
_MAP = "https://www.google.com/maps/search/?api=1&query="


def seen(path: str) -> Markup:
    """Return the mark by which the page's script knows where to say that it was seen."""
    return Markup(f' data-seen="{path}"')


def link(address: str, label: str) -> Markup:
    """Return a quiet way to another page of ours."""
    return tag("a", words(label), icon("chevron-right"), class_="way", href=address)


def foot(privacy: str) -> Markup:
    """Return what stands below all."""
    return tag("footer", tag("a", privacy, href="/privacy"))


def said(parts: Iterable[Part]) -> Markup:
    """Return what the owner wrote: all of it is text, and only sound addresses are links."""
    return joined(_part(one) for one in parts)


def _part(one: Part) -> Markup:
    if one.kind == "heading":
        return tag("h2", one.text)
    if one.kind == "picture":
        return _picture(one.target, one.text, _WIDTH)
    if one.kind == "link":
        return tag("a", one.text, class_="button plain", href=one.target, rel="noopener")
    return tag("p", *(_linked(text, to) for text, to in split_links(one.text)))


def _linked(text: str, address: str) -> Markup:
    return tag("a", text, href=address, rel="noopener nofollow") if address else escaped(text)


def _picture(picture: str, shows: str, width: int) -> Markup:
    return Markup(f'<img src="/media/{picture}/{width}" alt="{escaped(shows)}" loading="lazy">')


def buttons(shop: Page, found: Mapping[str, object], home: str, *, known: bool) -> Markup:
    """Return what can be done from the shop page: write to the shop, ask for a reservation, see the menu."""
    basic_id, made = str(found["line_basic_id"]), []
    before = home if known else ""
    if shop.content.reserves:
        made.append(_button(f"{before}/reserve", "calendar", N_("Ask for a reservation"), "button"))
    if basic_id:
        talk = typed_for_them(basic_id, "" if known else ASKS)
        made.append(_button(talk, "message-circle", N_("Talk with us on LINE"), "button plain"))
    if shop.content.menu:
        made.append(_button(shop.content.menu, "clipboard-list", N_("Menu"), "button plain"))
    return tag("nav", *made, class_="buttons") if made else Markup()


def _button(address: str, drawn: str, label: str, kind: str) -> Markup:
    return tag("a", icon(drawn), words(label), class_=kind, href=address)


def hours(opening: OpeningHours | None, now: datetime) -> Markup:
    """Return when the shop is open, and whether it is now; nothing where that is not set."""
    if opening is None:
        return Markup()
    state = N_("Open now") if opening.open_at(now) else N_("Closed now")
    rows = [tag("tr", tag("th", words(day), scope="row"), tag("td", times)) for day, times in week(opening)]
    days = [tag("li", one) for one in closed_days(opening, japan_day(now))]
    return tag(
        "section",
        tag("h2", words(N_("Opening hours")), tag("span", words(state), class_="mark")),
        tag("table", *rows),
        *([tag("ul", *days, class_="soft")] if days else []),
        class_="panel said",
    )


def place(address: str, contact: str) -> Markup:
    """Return where the shop is with a way to a map, and how to reach it; nothing where it does not say."""
    if not address and not contact:
        return Markup()
    to_map = tag(
        "a",
        icon("map-pin"),
        words(N_("See it on a map")),
        class_="button plain",
        href=_MAP + quote(address),
        rel="noopener",
    )
    return tag(
        "section",
        tag("h2", words(N_("Where the shop is"))),
        *([tag("p", address), to_map] if address else []),
        *([tag("p", _contact(contact))] if contact else []),
        class_="panel said",
    )


def _contact(contact: str) -> Markup:
    number = japanese.phone(contact)
    if number is not None and not any(sign.isalpha() for sign in contact):
        return tag("a", contact, href=f"tel:{japanese.phone_digits(number)}")
    return joined(_linked(text, to) for text, to in split_links(contact))


def day(page: Page) -> Markup:
    """Return since when news is there."""
    if page.at is None:
        return Markup()
    at = in_japan(page.at)
    return tag("time", f"{at.year}/{at.month}/{at.day}", datetime=f"{at:%Y-%m-%d}", class_="soft")


def listed(page: Page, before: str) -> Markup:
    """Return news as a line that leads to it."""
    picture = _picture(page.picture, "", _SMALL) if page.picture else Markup()
    counts = [tag("span", icon("heart"), f"{page.likes}", class_="soft")] if page.likes else []
    title = tag("strong", page.content.title)
    about = tag("small", excerpt(page.content, _LISTED))
    text = tag("div", day(page), title, about, *counts)
    return tag("a", picture, text, class_="listed", href=f"{before}/news/{page.key}")


def feed(news: Sequence[Markup]) -> Markup:
    """Return a list of news."""
    if not news:
        return tag("p", words(N_("There is no news yet.")), class_="panel said soft")
    return tag("section", *news, class_="panel rows")


def latest(news: Sequence[Markup], all_of_it: str) -> Markup:
    """Return the newest news on the shop page; nothing where there is none."""
    if not news:
        return Markup()
    head = tag("h2", words(N_("News")), class_="over")
    return tag("section", head, *news, link(all_of_it, N_("All news")), class_="panel rows")


def liking(found: Article, at: str, *, known: bool, nonce: str) -> Markup:
    """Return the button that says that somebody likes it; a friend can take that back."""
    if not found.page.content.answers:
        return Markup()
    on = "0" if found.liked else "1"
    fields = [_hidden("nonce", nonce), _hidden("on", on)]
    count = tag("span", f"{found.page.likes}", aria_label=str(words(N_("{n} people like it"), n=str(found.page.likes))))
    label = words(N_("You like it") if found.liked else N_("I like it"))
    button = tag("button", icon("heart"), label, count, aria_pressed="true" if found.liked else "false", class_="like")
    told = "" if known else found.page.key
    done = str(words(N_("You like it")))
    return tag("form", *fields, button, method="post", action=f"{at}/like", data_like=told, data_done=done)


def comments(found: Article, at: str, wrong: str, typed: Mapping[str, str], *, nonce: str) -> Markup:
    """Return what was said and shown, and the form to say something; `wrong` is why what was typed was not taken."""
    if not found.page.content.answers:
        return Markup()
    head = tag("h2", words(N_("Comments")))
    nonce = typed.get("nonce") or nonce
    form = tag(
        "form",
        tag("p", wrong, class_="wrong", role="alert") if wrong else Markup(),
        _hidden("nonce", nonce),
        tag("label", words(N_("Name shown with it (not needed)")), for_="name"),
        Markup(
            f'<input id="name" name="name" maxlength="20" autocomplete="nickname" value="{escaped(typed.get("name", ""))}">'
        ),
        tag("label", words(N_("Comment")), for_="text"),
        tag(
            "textarea",
            typed.get("text", ""),
            id="text",
            name="text",
            rows="3",
            maxlength=f"{LONGEST_COMMENT}",
            required="required",
        ),
        tag("button", words(N_("Send the comment"))),
        tag("p", words(N_("The shop reads it first. It is shown after that.")), class_="soft"),
        method="post",
        action=f"{at}/comment",
    )
    return tag("section", head, *map(_comment, found.comments), form, class_="panel said", id="comments")


def _comment(one: Comment) -> Markup:
    at = in_japan(one.at)
    who = tag("small", one.name or words(N_("A customer")), " · ", f"{at.month}/{at.day}")
    return tag("blockquote", tag("p", one.text), who)


def _hidden(name: str, value: str) -> Markup:
    return Markup(f'<input type="hidden" name="{name}" value="{escaped(value)}">')
