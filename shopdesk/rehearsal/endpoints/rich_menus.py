"""Endpoints that make rich menus, give them pictures and name them by aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.answers import EMPTY, Answer, RefusedError, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.contents import picture_size
from shopdesk.rehearsal.objects.rich_menus import LEAST_HEIGHT, LEAST_RATIO, WIDTHS, alias, alias_target, rich_menu
from shopdesk.rehearsal.objects.shapes import must
from shopdesk.rehearsal.rates import MENU_CHANGES, MENU_LIST

if TYPE_CHECKING:
    from shopdesk.rehearsal.rehearsal import Rehearsal
    from shopdesk.rehearsal.rich_menus import RichMenu

_BASE = "/v2/bot/richmenu"
_MENUS = 1000
_PICTURE_BYTES = 1024 * 1024
_MEDIA = {b"image/png", b"image/jpeg"}


def menu_of(rehearsal: Rehearsal, rich_menu_id: str) -> RichMenu:
    """Return the menu of that id. Raises RefusedError 404."""
    found = rehearsal.rich_menus.by_id.get(rich_menu_id)
    if found is None:
        raise RefusedError(404, "richmenu not found")
    return found


def _told(menu: RichMenu) -> dict[str, Any]:
    return {"richMenuId": menu.rich_menu_id, **menu.wanted}


def create(rehearsal: Rehearsal, call: Call) -> Answer:
    """Make a menu; nobody sees it before it has a picture and was linked or made the default."""
    must(rich_menu, call.json)
    if len(rehearsal.rich_menus.by_id) >= _MENUS:
        raise RefusedError(400, f"The number of rich menus has reached the limit of {_MENUS}")
    return done({"richMenuId": rehearsal.rich_menus.create(call.json).rich_menu_id})


def validate(_rehearsal: Rehearsal, call: Call) -> Answer:
    """Check a menu without making it."""
    must(rich_menu, call.json)
    return EMPTY


def listed(rehearsal: Rehearsal, _call: Call) -> Answer:
    """List all menus, the newest first."""
    return done({"richmenus": [_told(menu) for menu in reversed(rehearsal.rich_menus.by_id.values())]})


def detail(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell one menu as it was made."""
    return done(_told(menu_of(rehearsal, call.arguments[0])))


def delete(rehearsal: Rehearsal, call: Call) -> Answer:
    """Delete a menu and take it from everybody."""
    menu_of(rehearsal, call.arguments[0])
    rehearsal.rich_menus.delete(call.arguments[0], rehearsal.people)
    rehearsal.changed()
    return EMPTY


def set_picture(rehearsal: Rehearsal, call: Call) -> Answer:
    """Take the picture of a menu, once: another one needs another menu."""
    menu = menu_of(rehearsal, call.arguments[0])
    media_type = call.headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    if media_type not in _MEDIA:
        raise RefusedError(415, "The Content-Type must be image/jpeg or image/png")
    if len(call.body) > _PICTURE_BYTES:
        raise RefusedError(413, "The image must be 1 MB or less")
    size = picture_size(call.body)
    if size is None or not _fits(*size):
        raise RefusedError(400, "Invalid image size or format")
    if menu.picture:
        raise RefusedError(400, "An image has already been uploaded to the richmenu")
    menu.picture, menu.media_type = call.body, media_type.decode()
    return EMPTY


def _fits(width: int, height: int) -> bool:
    return width in WIDTHS and height >= LEAST_HEIGHT and width / height >= LEAST_RATIO


def picture(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give the picture of a menu."""
    menu = menu_of(rehearsal, call.arguments[0])
    if not menu.picture:
        raise RefusedError(404, "Not found")
    return Answer(200, menu.picture, content_type=menu.media_type.encode(), accepted=True)


def create_alias(rehearsal: Rehearsal, call: Call) -> Answer:
    """Name a menu, so that a tap can switch to it."""
    must(alias, call.json)
    name, target = call.json["richMenuAliasId"], call.json["richMenuId"]
    if name in rehearsal.rich_menus.aliases:
        raise RefusedError(400, "conflict richmenu alias id")
    _require_menu(rehearsal, target)
    rehearsal.rich_menus.aliases[name] = target
    return EMPTY


def _require_menu(rehearsal: Rehearsal, rich_menu_id: str) -> None:
    if rich_menu_id not in rehearsal.rich_menus.by_id:
        raise RefusedError(400, "richmenu not found")


def _alias(rehearsal: Rehearsal, call: Call) -> tuple[str, str]:
    name = call.arguments[0]
    target = rehearsal.rich_menus.aliases.get(name)
    if target is None:
        raise RefusedError(404, "richmenu alias not found")
    return name, target


def update_alias(rehearsal: Rehearsal, call: Call) -> Answer:
    """Let an alias name another menu."""
    name, _old = _alias(rehearsal, call)
    must(alias_target, call.json)
    _require_menu(rehearsal, call.json["richMenuId"])
    rehearsal.rich_menus.aliases[name] = call.json["richMenuId"]
    return EMPTY


def delete_alias(rehearsal: Rehearsal, call: Call) -> Answer:
    """Take an alias away."""
    name, _target = _alias(rehearsal, call)
    del rehearsal.rich_menus.aliases[name]
    return EMPTY


def alias_detail(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell which menu an alias names."""
    name, target = _alias(rehearsal, call)
    return done({"richMenuAliasId": name, "richMenuId": target})


def aliases(rehearsal: Rehearsal, _call: Call) -> Answer:
    """List all aliases."""
    found = rehearsal.rich_menus.aliases.items()
    return done({"aliases": [{"richMenuAliasId": name, "richMenuId": target} for name, target in found]})


ENDPOINTS = [
    Endpoint("richmenu", "POST", _BASE, create, MENU_CHANGES),
    Endpoint("richmenu/validate", "POST", _BASE + "/validate", validate),
    Endpoint("richmenu/list", "GET", _BASE + "/list", listed, MENU_LIST),
    Endpoint("richmenu/alias", "POST", _BASE + "/alias", create_alias),
    Endpoint("richmenu/alias/list", "GET", _BASE + "/alias/list", aliases),
    Endpoint("richmenu/alias", "GET", _BASE + "/alias/{richMenuAliasId}", alias_detail),
    Endpoint("richmenu/alias/update", "POST", _BASE + "/alias/{richMenuAliasId}", update_alias),
    Endpoint("richmenu/alias", "DELETE", _BASE + "/alias/{richMenuAliasId}", delete_alias, MENU_CHANGES),
    Endpoint("richmenu/content", "POST", _BASE + "/{richMenuId}/content", set_picture, media=b"image/"),
    Endpoint("richmenu/content", "GET", _BASE + "/{richMenuId}/content", picture),
    Endpoint("richmenu/detail", "GET", _BASE + "/{richMenuId}", detail),
    Endpoint("richmenu/delete", "DELETE", _BASE + "/{richMenuId}", delete, MENU_CHANGES),
]
