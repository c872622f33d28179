"""Endpoints that say who sees which rich menu: the default, one person's, many people's, in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import EMPTY, Answer, RefusedError, done, encoded
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints.rich_menus import menu_of
from shopdesk.rehearsal.narrowcasts import moment
from shopdesk.rehearsal.objects.rich_menus import batch, bulk_link, bulk_unlink
from shopdesk.rehearsal.objects.shapes import must
from shopdesk.rehearsal.people import USER_ID
from shopdesk.rehearsal.rates import MENU_BATCH, MENU_CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

_ACCEPTED = Answer(202, encoded({}), accepted=True)
_OF_ALL = "/v2/bot/user/all/richmenu"
_OF_ONE = "/v2/bot/user/{userId}/richmenu"
_MANY = "/v2/bot/richmenu/"


def _showable(rehearsal: Rehearsal, rich_menu_id: str) -> str:
    """Return the id of a menu that has its picture. Raises RefusedError 404, 400."""
    if not menu_of(rehearsal, rich_menu_id).picture:
        raise RefusedError(400, "must upload richmenu image before applying it to user")
    return rich_menu_id


def _named(rehearsal: Rehearsal, call: Call) -> list[Person]:
    """Return the friend in the path, nobody where it is no friend (LINE: 200, and no effect)."""
    if not USER_ID.fullmatch(call.arguments[0]):
        raise RefusedError(400, "The value for the 'userId' parameter is invalid")
    return rehearsal.people.reachable([call.arguments[0]])


def _give(rehearsal: Rehearsal, people: Iterable[Person], rich_menu_id: str | None) -> None:
    for person in people:
        person.rich_menu = rich_menu_id
    rehearsal.changed()


def set_default(rehearsal: Rehearsal, call: Call) -> Answer:
    """Show a menu to everybody who has none of their own."""
    rehearsal.rich_menus.default = _showable(rehearsal, call.arguments[0])
    rehearsal.changed()
    return EMPTY


def default(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell the default menu."""
    if rehearsal.rich_menus.default is None:
        raise RefusedError(404, "no default richmenu")
    return done({"richMenuId": rehearsal.rich_menus.default})


def cancel_default(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Show no default menu any more."""
    rehearsal.rich_menus.default = None
    rehearsal.changed()
    return EMPTY


def of_user(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell the menu a person was given; the default one does not count."""
    for person in _named(rehearsal, call):
        if person.rich_menu is not None:
            return done({"richMenuId": person.rich_menu})
    raise RefusedError(404, "the user has no richmenu")


def link(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give a person a menu of their own."""
    people = _named(rehearsal, call)
    _give(rehearsal, people, _showable(rehearsal, call.arguments[1]))
    return EMPTY


def unlink(rehearsal: Rehearsal, call: Call) -> Answer:
    """Take a person's own menu away."""
    _give(rehearsal, _named(rehearsal, call), None)
    return EMPTY


def link_many(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give up to 500 people a menu of their own."""
    must(bulk_link, call.json)
    rich_menu_id = _showable(rehearsal, call.json["richMenuId"])
    _give(rehearsal, rehearsal.people.reachable(call.json["userIds"]), rich_menu_id)
    return _ACCEPTED


def unlink_many(rehearsal: Rehearsal, call: Call) -> Answer:
    """Take their own menus from up to 500 people."""
    must(bulk_unlink, call.json)
    _give(rehearsal, rehearsal.people.reachable(call.json["userIds"]), None)
    return _ACCEPTED


def validate_batch(_rehearsal: Rehearsal, call: Call) -> Answer:
    """Check a batch without doing it."""
    must(batch, call.json)
    return EMPTY


def do_batch(rehearsal: Rehearsal, call: Call) -> Answer:
    """Replace or take away the menus of all who have a certain one, operation by operation."""
    must(batch, call.json)
    for operation in call.json["operations"]:
        target = _showable(rehearsal, operation["to"]) if operation["type"] == "link" else None
        of_whom = None if operation["type"] == "unlinkAll" else operation["from"]
        holders = [one for one in rehearsal.people if one.rich_menu is not None and of_whom in {None, one.rich_menu}]
        _give(rehearsal, holders, target)
    rehearsal.rich_menus.batches[call.request_id] = call.at
    return _ACCEPTED


def progress(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how far a batch is: the rehearsal has always done it already."""
    accepted = rehearsal.rich_menus.batches.get(call.query.get("requestId", ""))
    if accepted is None:
        raise RefusedError(404, "Not found")
    at = moment(accepted)
    return done({"phase": "succeeded", "acceptedTime": at, "completedTime": at})


ENDPOINTS = [
    Endpoint("richmenu/default", "GET", _OF_ALL, default),
    Endpoint("richmenu/default", "DELETE", _OF_ALL, cancel_default),
    Endpoint("richmenu/default", "POST", _OF_ALL + "/{richMenuId}", set_default),
    Endpoint("richmenu/user", "GET", _OF_ONE, of_user),
    Endpoint("richmenu/user", "DELETE", _OF_ONE, unlink),
    Endpoint("richmenu/user", "POST", _OF_ONE + "/{richMenuId}", link),
    Endpoint("richmenu/bulk/link", "POST", _MANY + "bulk/link", link_many),
    Endpoint("richmenu/bulk/unlink", "POST", _MANY + "bulk/unlink", unlink_many),
    Endpoint("richmenu/validate/batch", "POST", _MANY + "validate/batch", validate_batch),
    Endpoint("richmenu/batch", "POST", _MANY + "batch", do_batch, MENU_BATCH),
    Endpoint("richmenu/progress/batch", "GET", _MANY + "progress/batch", progress, MENU_CHANGES),
]
