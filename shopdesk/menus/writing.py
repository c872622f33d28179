"""A menu as JSON, and in LINE's own form."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from shopdesk.cards import POSTBACK as CARD
from shopdesk.coupons import postback
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.menus.layouts import COLOURS
from shopdesk.menus.records import Action, Area, Design, Does, Plan, Tab
from shopdesk.surveys import starts

if TYPE_CHECKING:
    from collections.abc import Mapping

TALK, TURN = "shopdesk=talk", "shopdesk=tab"
_NUMBERS = ("x", "y", "width", "height")
_KEY = re.compile(r"[a-z0-9]{1,16}")


class Keys(NamedTuple):
    """The keys of the pages of coupons and of surveys, by their numbers as actions write them."""

    coupons: Mapping[str, str]
    surveys: Mapping[str, str]


def dump(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON keeps it."""
    when = {name: at.isoformat() if at else None for name, at in (("starts", plan.starts), ("ends", plan.ends))}
    return asdict(plan) | when


def parse(said: Any) -> Plan:
    """Return the plan that a JSON object says. Raises InvalidInputError: it says none."""
    try:
        return Plan(
            _text(said["name"]),
            _design(said["design"]),
            None if said.get("segment_id") is None else int(said["segment_id"]),
            _moment(said.get("starts")),
            _moment(said.get("ends")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInputError(
            _("This is no rich menu (at {place}). Compare it with one that `menus show` gives.").format(place=error)
        ) from error


def read(said: str) -> Plan:
    """Return the plan that was kept as JSON."""
    return parse(json.loads(said))


def kept(plan: Plan) -> str:
    """Return the JSON that `read` reads."""
    return json.dumps(dump(plan), ensure_ascii=False)


def _design(said: Any) -> Design:
    tabs = tuple(
        Tab(_key(one["key"]), _text(one["title"]), tuple(map(_area, one["areas"])), _text(one.get("picture", "")))
        for one in said["tabs"]
    )
    width, height = (int(said[name]) for name in ("width", "height"))
    colour = str(said.get("colour", "red"))
    COLOURS[colour]  # an unknown one is named in the refusal
    return Design(width, height, _text(said["bar"]), tabs, bool(said.get("opened", True)), colour)


def _area(said: Any) -> Area:
    does = said["action"]["does"]
    if does not in get_args(Does):
        raise ValueError(does)
    action = Action(does, _text(said["action"].get("value", "")))
    x, y, width, height = (int(said[name]) for name in _NUMBERS)
    return Area(x, y, width, height, action, _text(said.get("icon", "")), _text(said.get("word", "")))


def _key(said: Any) -> str:
    if not _KEY.fullmatch(_text(said)):
        raise ValueError(said)
    return str(said)


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said


def _moment(said: Any) -> datetime | None:
    found = None if said is None else datetime.fromisoformat(said)
    if found is not None and found.tzinfo is None:
        raise ValueError(said)
    return found


def alias(tab: str) -> str:
    """Return LINE's alias of a tab, to which taps turn whatever edition of it is up."""
    return f"shopdesk-{tab}"


def request(design: Design, tab: Tab, name: str, keys: Keys) -> dict[str, Any]:
    """Return one tab in LINE's own form.

    Args:
        design: The menu.
        tab: One of its tabs.
        name: What LINE calls it; no friend sees that.
        keys: What its coupons and surveys are known by.
    """
    return {
        "size": {"width": design.width, "height": design.height},
        "selected": design.opened,
        "name": name,
        "chatBarText": design.bar,
        "areas": [
            {
                "bounds": {key: getattr(area, key) for key in _NUMBERS},
                "action": _action(area, keys),
            }
            for area in tab.areas
        ],
    }


def _action(area: Area, keys: Keys) -> dict[str, Any]:
    does, value = area.action.does, area.action.value
    made: dict[str, Any] = {
        "link": lambda: {"type": "uri", "uri": value.strip()},
        "say": lambda: {"type": "message", "text": value},
        "card": lambda: {"type": "postback", "data": CARD},
        "coupon": lambda: {"type": "postback", "data": postback(keys.coupons[value])},
        "survey": lambda: {"type": "postback", "data": starts(keys.surveys[value])},
        "talk": lambda: {"type": "postback", "data": TALK, "inputOption": "openKeyboard"},
        "tab": lambda: {"type": "richmenuswitch", "richMenuAliasId": alias(value), "data": TURN},
    }[does]()
    word = area.word.strip()
    # Read out by phones; LINE's SDK counts it otherwise than LINE does, and it is not worth a refusal.
    return made | ({"label": word} if word and len(word) <= limits.MENU_LABEL.most else {})
