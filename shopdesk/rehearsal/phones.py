"""What the page at `/` shows: the list of friends, and each one's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from shopdesk.clock import japan_day
from shopdesk.rehearsal.page import FILES, HEADERS, file_of, words
from shopdesk.rehearsal.practice import state_of, told

if TYPE_CHECKING:
    from starlette.requests import Request

    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

_MOST_FRIENDS = 200
# A phone shows the latest of what came; what lies before it is in the journal.
_MOST_MESSAGES = 200


async def page(_request: Request) -> Response:
    """Give the page."""
    content, media_type = file_of("index.html")
    return Response(content, media_type=media_type, headers=HEADERS)


async def part(request: Request) -> Response:
    """Give a file the page is made of."""
    name = request.path_params["name"]
    if name not in FILES:
        return told({"message": "Not found"}, 404)
    content, media_type = file_of(name)
    return Response(content, media_type=media_type, headers=HEADERS)


async def page_words(request: Request) -> Response:
    """Give the page's texts in a language."""
    return told(words(request.query_params.get("language", "")))


async def friends(request: Request) -> Response:
    """Give the friends whose name holds `search`, whoever was written to or wrote last first; 204 while nothing is new."""
    rehearsal = state_of(request)
    if request.query_params.get("seen") == str(rehearsal.revision):
        return Response(status_code=204)
    wanted = request.query_params.get("search", "").casefold()
    found = [
        one for one in rehearsal.people if wanted in one.display_name.casefold() or wanted == one.user_id.casefold()
    ]
    found.sort(key=_last_moment, reverse=True)
    rows = [_row(person) for person in found[:_MOST_FRIENDS]]
    return told({"revision": rehearsal.revision, "count": len(found), "friends": rows})


def _last_moment(person: Person) -> float:
    came = person.deliveries[-1].at.timestamp() if person.deliveries else 0.0
    said = max((one.at.timestamp() for one in person.said.values()), default=0.0)
    return max(came, said)


def _row(person: Person) -> dict[str, Any]:
    last = person.deliveries[-1] if person.deliveries else None
    return {
        "id": person.user_id,
        "name": person.display_name,
        "blocked": person.blocked,
        "unseen": sum(len(one.messages) for one in person.deliveries[person.looked_at :]),
        "last": last.messages[-1] if last else None,
        "at": last.at.isoformat() if last else None,
    }


async def phone(request: Request) -> Response:
    """Give everything a person's phone shows; asking counts as the person looking at it."""
    rehearsal = state_of(request)
    person = rehearsal.people.get(request.path_params["user_id"])
    if person is None:
        return told({"message": "Not found"}, 404)
    if person.looked_at < len(person.deliveries):
        person.look()
        rehearsal.changed()
    menu = rehearsal.rich_menus.shown_to(person)
    if menu:
        menu.seen.add((japan_day(rehearsal.clock.now()), person.user_id))
    typing = person.typing_until is not None and person.typing_until > rehearsal.clock.now()
    return told(
        {
            "name": person.display_name,
            "blocked": person.blocked,
            "typing": typing and not _answered(person),
            "menu": {"id": menu.rich_menu_id, **menu.wanted} if menu and menu.picture else None,
            "talk": _talk(rehearsal, person),
        }
    )


def _answered(person: Person) -> bool:
    """Tell whether a message has ended the loading dots."""
    latest_said = max((one.at for one in person.said.values()), default=None)
    return bool(person.deliveries and latest_said and person.deliveries[-1].at > latest_said)


def _talk(rehearsal: Rehearsal, person: Person) -> list[dict[str, Any]]:
    """Return what came and what was said, in order of time, the latest last."""
    came = [
        {
            "from": "shop",
            "at": delivery.at.isoformat(),
            "delivery": number,
            "bubble": bubble,
            "message": _shown(rehearsal, message),
        }
        for number, delivery in list(enumerate(person.deliveries, 1))[-_MOST_MESSAGES:]
        for bubble, message in enumerate(delivery.messages, 1)
    ]
    said = [
        {"from": "person", "at": one.at.isoformat(), "message": one.message, "read": one.read, "unsent": one.unsent}
        for one in list(person.said.values())[-_MOST_MESSAGES:]
    ]
    return sorted([*said, *came], key=lambda one: str(one["at"]))[-_MOST_MESSAGES:]


def _shown(rehearsal: Rehearsal, message: dict[str, Any]) -> dict[str, Any]:
    """Return a message with what only LINE knows of it: the coupon behind its id."""
    coupon = rehearsal.coupons.get(str(message.get("couponId"))) if message["type"] == "coupon" else None
    return {**message, "coupon": coupon.wanted} if coupon else message


async def content(request: Request) -> Response:
    """Give what somebody sent, for the phone that shows it."""
    found = state_of(request).contents.get(request.path_params["message_id"])
    if found is None or not found.media_type.startswith(("image/", "video/", "audio/")) or "svg" in found.media_type:
        return told({"message": "Not found"}, 404)
    return Response(found.data, media_type=found.media_type, headers=HEADERS)


async def menu_picture(request: Request) -> Response:
    """Give the picture of a rich menu, for the phone that shows it."""
    found = state_of(request).rich_menus.by_id.get(request.path_params["menu_id"])
    if found is None or not found.picture:
        return told({"message": "Not found"}, 404)
    return Response(found.picture, media_type=found.media_type, headers=HEADERS)


ROUTES = [
    Route("/", page),
    Route("/rehearsal/page/{name}", part),
    Route("/rehearsal/words", page_words),
    Route("/rehearsal/friends", friends),
    Route("/rehearsal/people/{user_id}/phone", phone),
    Route("/rehearsal/contents/{message_id}", content),
    Route("/rehearsal/menus/{menu_id}", menu_picture),
]
