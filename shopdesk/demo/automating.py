"""An automation as the demo shop has it: those who like strawberries hear of the cake before others, and once more in time."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from shopdesk.automations import NewAutomation, NewStep
from shopdesk.messages import draft, text

if TYPE_CHECKING:
    from shopdesk.shop import Shop

_AT = time(10)
_FIRST = (
    "{name} さん、アンケートにお答えいただきありがとうございました。\nいちごの生クリームは、今年は 12月10日からです。"
)
_THEN = "{name} さん、いちごのケーキのご予約がはじまりました。\nこのトークで「予約」と送ってください。"


def bring_automation(shop: Shop, survey_id: int) -> int:
    """Start one for those who answer with the first option of the survey's first question; return its number."""
    survey = shop.surveys.get(survey_id)
    first = survey.form.questions[0]
    steps = (NewStep(1, _AT, draft([text(_FIRST)])), NewStep(7, _AT, draft([text(_THEN)])))
    wanted = NewAutomation("いちごが好きな方へ", survey_id, steps, first.name, (first.options[0].label,))
    made = shop.automations.start(shop.automations.create(wanted).id)
    return made.id
