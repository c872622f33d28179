"""What a tap on a button, a picture's area or a menu does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import RefusedError
from shopdesk.rehearsal.objects.actions import tappable
from shopdesk.rehearsal.objects.shapes import integer, must, record, string
from shopdesk.rehearsal.people import Said

if TYPE_CHECKING:
    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

_PICKED = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"),
}
_COUNT = integer(1, 1 << 31)
# Where the button stood: which of the deliveries to this person and which of its messages, or which area of which menu.
_rule = record(
    {"action": tappable},
    {"picked": string(1, 16), "delivery": _COUNT, "bubble": _COUNT, "menu": string(1, 100), "area": _COUNT},
)


def tap(rehearsal: Rehearsal, person: Person, wanted: object) -> dict[str, Any] | None:
    """Do what an action does on the phone itself, and return what the shop hears of it.

    `{"text": …}` is a message, anything else the content of a postback, None nothing at all. Raises RefusedError.
    """
    must(_rule, wanted, "tap")
    assert isinstance(wanted, dict)  # noqa: S101 - the rule has just said so
    action = wanted["action"]
    kind = action["type"]
    menu = rehearsal.rich_menus.by_id.get(wanted.get("menu", ""))
    if menu:
        menu.taps.append((japan_day(rehearsal.clock.now()), person.user_id, wanted.get("area", 1)))
    if kind == "message":
        return {"text": action["text"]}
    if kind == "uri":
        _measure(person, wanted, action.get("uri") or action["linkUri"])
    if kind in {"uri", "clipboard"}:
        return None
    return _postback(rehearsal, person, action, wanted.get("picked"))


def _postback(rehearsal: Rehearsal, person: Person, action: dict[str, Any], picked: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {"data": action["data"]}
    shown = action.get("displayText") or action.get("text")
    if shown:
        person.said[rehearsal.next_message_id()] = Said(rehearsal.clock.now(), {"type": "text", "text": shown})
    if action["type"] == "datetimepicker":
        if picked is None or not _PICKED[action["mode"]].fullmatch(picked):
            raise RefusedError(400, f"tap.picked must be a {action['mode']}")
        told["params"] = {action["mode"]: picked}
    if action["type"] == "richmenuswitch":
        told["params"] = _switched(rehearsal, person, action["richMenuAliasId"])
    return told


def _switched(rehearsal: Rehearsal, person: Person, alias: str) -> dict[str, str]:
    target = rehearsal.rich_menus.aliases.get(alias)
    if target is None:
        return {"newRichMenuAliasId": alias, "status": "RICHMENU_ALIAS_ID_NOTFOUND"}
    if target not in rehearsal.rich_menus.by_id:
        return {"newRichMenuAliasId": alias, "status": "RICHMENU_NOTFOUND"}
    person.rich_menu = target
    return {"newRichMenuAliasId": alias, "status": "SUCCESS"}


def _measure(person: Person, wanted: dict[str, Any], address: str) -> None:
    place = wanted.get("delivery", 0)
    delivery = person.deliveries[place - 1] if 0 < place <= len(person.deliveries) else None
    if delivery and delivery.measure:
        delivery.measure.tap(wanted.get("bubble", 1), address, person.user_id)
