"""What an automation is written with: the surveys, the one that was chosen elsewhere, and who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shopdesk.settings import Plan
    from shopdesk.shop import Shop
    from shopdesk.surveys import Survey


class Around(NamedTuple):
    """The surveys that there are, the number of the one it begins after (None for the newest), the shop's name, and its plan."""

    surveys: list[Survey]
    survey_id: int | None
    shop_name: str
    plan: Plan


def read(shop: Shop, survey_id: int | None) -> Around:
    """Read it."""
    return Around(shop.surveys.list(), survey_id, str(shop.settings.get("shop_name")), shop.settings.plan())
