"""A shop whose LINE is a rehearsal, with a survey about skin and an automation for whoever has dry skin."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from shopdesk.automations import Automation, NewAutomation, NewStep
from shopdesk.messages import draft
from shopdesk.verify import verify
from tests.broadcasts.conftest import linked, shop, sqlite_shop, there
from tests.surveys.conftest import published

if TYPE_CHECKING:
    from shopdesk.messages import Draft
    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop
    from shopdesk.surveys import Survey

__all__ = ["linked", "shop", "sqlite_shop", "there"]

TEN = time(10)


def says(text: str) -> Draft:
    return draft([{"type": "text", "text": text}])


def dry(survey: Survey, *steps: NewStep, **more: Any) -> NewAutomation:
    """For whoever says 乾燥: three days later at ten, and two weeks later at that time."""
    usual = (NewStep(3, TEN, says("{name}さん、その後いかがですか")), NewStep(14, None, says("クリームです")))
    wanted: dict[str, Any] = {"question": "肌の悩み", "options": ("乾燥",), **more}
    return NewAutomation(wanted.pop("name", "乾燥肌"), survey.id, steps or usual, **wanted)


def started(shop: Shop, *steps: NewStep, **more: Any) -> tuple[Survey, Automation]:
    """Publish the survey and start the automation."""
    survey = published(shop)
    made = shop.automations.create(dry(survey, *steps, **more))
    return survey, shop.automations.start(made.id)


def got(there: Running, number: int) -> list[str]:
    """What the friend of that number has received."""
    return [one["text"] for one in list(there.rehearsal.people)[number].received()]


def sound(shop: Shop) -> None:
    assert [one for one in verify(shop) if not one.ok] == []
