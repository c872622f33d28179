"""Messages as line-bot-sdk's models read them: the check of their form, once per message."""

from __future__ import annotations

import json
from typing import Any

from shopdesk.i18n import _
from shopdesk.line.problems import RefusedByLineError

Message = dict[str, Any]


def checked(message: Message) -> Message:
    """Return a message object as the SDK writes it.

    Raises:
        RefusedByLineError: it is no message LINE takes, or has a field the SDK does not know and would drop.
    """
    from linebot.v3.messaging import Message as Model  # noqa: PLC0415 - a second that only sending pays

    try:
        made = Model.from_dict(message)
        written: Message = json.loads(json.dumps(made.to_dict()))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise RefusedByLineError(
            _("This is not a message in LINE's form: {problem}").format(problem=_first_problem(error))
        ) from error
    dropped = _dropped(message, written, "")
    if dropped:
        raise RefusedByLineError(
            _("LINE's messages have no field “{field}”. Correct its name or take it out.").format(field=dropped)
        )
    return written


def body(endpoint: str, to: str | list[str], messages: list[Message], unit: str = "") -> bytes:
    """Return the bytes of one request of checked messages; the fields are those of the SDK's request models.

    Args:
        endpoint: push, multicast or broadcast.
        to: Whom it is for; a broadcast names nobody.
        messages: One to five.
        unit: Under which name LINE counts it in its statistics; a broadcast has none.
    """
    request: dict[str, Any] = {} if endpoint == "broadcast" else {"to": to}
    request |= {"messages": messages, "notificationDisabled": False}
    if unit and endpoint != "broadcast":
        request["customAggregationUnits"] = [unit]
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()


def _dropped(given: object, kept: object, place: str) -> str:
    """The first field of `given` that is missing in `kept`; empty where all is there."""
    if isinstance(given, dict):
        if not isinstance(kept, dict):
            return place
        for key, value in given.items():
            inside = f"{place}.{key}".lstrip(".")
            if value is None:
                continue
            found = inside if key not in kept else _dropped(value, kept[key], inside)
            if found:
                return found
    if isinstance(given, list) and isinstance(kept, list):
        for number, (one, other) in enumerate(zip(given, kept, strict=False)):
            found = _dropped(one, other, f"{place}[{number}]")
            if found:
                return found
    return ""


def _first_problem(error: Exception) -> str:
    problems = getattr(error, "errors", None)
    if callable(problems):
        first = problems()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    if isinstance(error, LookupError):
        return _("“{field}” is missing").format(field=str(error).strip("'"))
    return str(error).split(" from ", maxsplit=1)[0][:120]
