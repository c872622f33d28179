"""An automation as a file writes it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from shopdesk.automations.records import NewAutomation, NewStep
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.automations.records import Automation
    from shopdesk.line import Message
    from shopdesk.messages import Draft

_KNOWN = {"name", "survey", "question", "options", "steps"}
_STEP = {"id", "days", "at", "messages"}


def as_json(found: Automation) -> dict[str, Any]:
    """Return an automation as a file writes it, JSON-able."""
    return {
        "name": found.name,
        "survey": found.survey,
        **({"question": found.question, "options": list(found.options)} if found.question else {}),
        "steps": [
            {
                "id": one.id,
                "days": one.days,
                **({"at": f"{one.at:%H:%M}"} if one.at else {}),
                "messages": list(one.said.messages),
            }
            for one in found.steps
        ],
    }


def read_automation(
    written: object,
    survey_of: Callable[[str], int],
    draft: Callable[[Sequence[Message]], Draft],
    before: Automation | None = None,
) -> NewAutomation:
    """Return the automation that a file describes.

    Args:
        written: What stands in it.
        survey_of: Gives the id of a survey by its name or number.
        draft: Checks messages in LINE's form.
        before: The automation that it is written over. Its steps are known by their ids, or where none has one by their order.

    Raises:
        InvalidInputError: it cannot be read.
        NotFoundError: there is no such survey.
        MessageError, RefusedByLineError: LINE would refuse a message.
    """
    if not isinstance(written, dict):
        raise InvalidInputError(_("An automation is a JSON object with name, survey and steps."))
    _require_known(written, _KNOWN, _("automation"))
    steps = [_step(one, draft) for one in _typed(written, "steps", list) or ()]
    if before is not None and not any(one.id for one in steps):
        kept = [one.id for one in before.steps]
        ids: list[int | None] = [*kept, *[None] * len(steps)]
        steps = [NewStep(one.days, one.at, one.said, id_) for one, id_ in zip(steps, ids, strict=False)]
    return NewAutomation(
        name=_typed(written, "name", str) or "",
        survey_id=survey_of(str(written.get("survey") or "")),
        steps=tuple(steps),
        question=_typed(written, "question", str) or "",
        options=tuple(map(str, _typed(written, "options", list) or ())),
    )


def _step(written: object, draft: Callable[[Sequence[Message]], Draft]) -> NewStep:
    if not isinstance(written, dict):
        raise InvalidInputError(_("A step is a JSON object with days, at and messages."))
    _require_known(written, _STEP, _("step"))
    at = _typed(written, "at", str)
    return NewStep(
        days=_typed(written, "days", int) or 0,
        at=_time(at) if at else None,
        said=draft(_typed(written, "messages", list) or ()),
        id=_typed(written, "id", int),
    )


def _time(said: str) -> time:
    try:
        return time.fromisoformat(said).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise InvalidInputError(_("Write the time of day like 10:00.")) from error


def _require_known(written: dict[str, Any], known: set[str], what: str) -> None:
    unknown = sorted(map(str, written.keys() - known))
    if unknown:
        said = _("“{field}” is no field of a {what}. There are: {known}.")
        raise InvalidInputError(said.format(field=unknown[0], what=what, known=", ".join(sorted(known))))


def _typed(written: dict[str, Any], name: str, kind: type) -> Any:
    found = written.get(name)
    if found is None or (isinstance(found, kind) and not isinstance(found, bool)):
        return found
    raise InvalidInputError(_("The field “{field}” of the automation cannot be read. Correct it.").format(field=name))
