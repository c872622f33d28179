"""Messages as line-bot-sdk's models read them: the check of their form, once per message."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.line.problems import RefusedByLineError

if TYPE_CHECKING:
    from collections.abc import Iterator

Message = dict[str, Any]

_WORDS = re.compile(r"'([^']*)'")
# How pydantic begins where a field takes only certain words; the words follow.
_ONLY_WORDS = "must be one of enum values"


class _MisfitError(Exception):
    """What the SDK's models do not take: the field where it is known, and pydantic's words."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(field, said)
        self.field, self.said = field, said


def checked(message: Message) -> Message:
    """Return a message object as the SDK writes it.

    Raises:
        RefusedByLineError: it is no message LINE takes, or has a field the SDK does not know and would drop.
    """
    try:
        written = _modelled(message)
    except _MisfitError as misfit:
        raise RefusedByLineError(_sentence(message, misfit)) from misfit
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


def _modelled(message: object) -> Message:
    from linebot.v3.messaging import Message as Model  # noqa: PLC0415 - a second that only sending pays

    try:
        written: Message = json.loads(json.dumps(Model.from_dict(message).to_dict()))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _misfit(error) from error
    return written


def _misfit(error: Exception) -> _MisfitError:
    problems = getattr(error, "errors", None)
    if callable(problems):
        first = problems()[0]
        field = str(first["loc"][-1])
        return _MisfitError("" if field.startswith("__") else field, str(first["msg"]))
    return _MisfitError(str(error).strip("'") if isinstance(error, LookupError) else "", "")


def _sentence(message: Message, misfit: _MisfitError) -> str:
    """What to change, in our words: pydantic's are English and know only the last part of the place."""
    if not misfit.field:
        return _("This is not a message in LINE's form. Compare it with LINE's reference and write it again.")
    where = _place(message, misfit)
    if misfit.said.startswith(_ONLY_WORDS):
        known = ", ".join(_WORDS.findall(misfit.said))
        return _("“{field}” takes only these words: {known}. Change it.").format(field=where, known=known)
    return _("“{field}” is missing, or not in LINE's form. Correct it.").format(field=where)


def _place(message: Message, misfit: _MisfitError) -> str:
    """Where the misfit lies: the one field of that name which alone brings the same refusal; its name where none does."""
    found = list(_places(message, misfit.field, ""))
    alone = (one for one in found if len(found) == 1 or _refused(_with_only(message, misfit.field, one, ""), misfit))
    return next(alone, misfit.field)


def _places(node: object, field: str, place: str) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            inside = f"{place}.{key}".lstrip(".")
            if key == field:
                yield inside
            yield from _places(value, field, inside)
    elif isinstance(node, list):
        for number, one in enumerate(node):
            yield from _places(one, field, f"{place}[{number}]")


def _with_only(node: Any, field: str, kept: str, place: str) -> Any:
    """The message without every field of that name but the one at `kept`."""
    if isinstance(node, dict):
        inside = {key: f"{place}.{key}".lstrip(".") for key in node}
        return {
            key: _with_only(value, field, kept, inside[key])
            for key, value in node.items()
            if key != field or kept.startswith(inside[key])
        }
    if isinstance(node, list):
        return [_with_only(one, field, kept, f"{place}[{number}]") for number, one in enumerate(node)]
    return node


def _refused(message: Message, misfit: _MisfitError) -> bool:
    try:
        _modelled(message)
    except _MisfitError as other:
        return (other.field, other.said) == (misfit.field, misfit.said)
    return False
