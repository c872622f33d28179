"""The card as it is being designed: what every part of the page shows and changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shopdesk.cards import Rules
from shopdesk.coupons import brief
from shopdesk.i18n import for_customers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.coupons import Coupon


class RulesDraft(QObject):
    """`changed` when a rule has, or what is known around them. `stored` are the rules in force."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stored = self.rules = Rules()
        self.coupons: Mapping[int, Coupon] = {}
        self.rewarded: Mapping[int, int] = {}
        self.shop = ""
        self.picture: QImage | None = None
        self._read = False

    @property
    def dirty(self) -> bool:
        """Whether there is something that is not published."""
        return self.rules != self.stored

    def change(self, **values: Any) -> None:
        """Write rules anew."""
        made = replace(self.rules, **values)
        if made != self.rules:
            self.rules = made
            self.changed.emit()

    def set_goal(self, goal: int) -> None:
        """Let another number of stamps fill the card; the reward for that goes with it."""
        before = self.rules.goal
        kept = [one for one in self.rules.rewards if one.points not in {before, goal} and one.points < goal]
        full = self.rules.goal_reward or next((one for one in self.rules.rewards if one.points == goal), None)
        rewards = (*kept, replace(full, points=goal)) if full else tuple(kept)
        self.change(goal=goal, rewards=rewards)

    def take(self, rules: Rules, coupons: Mapping[int, Coupon], rewarded: Mapping[int, int], shop: str) -> None:
        """Take in what is stored; what was changed here and is not published stays."""
        kept = self.rules if self._read and self.dirty else rules
        self._read = True
        self.stored, self.rules = rules, kept
        self.coupons, self.rewarded, self.shop = coupons, rewarded, shop
        self.changed.emit()

    def drop(self) -> None:
        """Go back to what is published."""
        self.rules = self.stored
        self.changed.emit()

    def show_picture(self, data: bytes) -> None:
        """Draw stamps with another picture."""
        self.picture = QImage.fromData(data)
        self.changed.emit()

    def reward_name(self, coupon_id: int) -> str:
        """Return what a reward is called, '' where its coupon is gone."""
        found = self.coupons.get(coupon_id)
        return found.offer.name if found else ""

    def labels(self) -> dict[int, str]:
        """Return the few words that stand in the fields of rewards, as customers read them."""
        found = {one.points: self.coupons.get(one.coupon_id) for one in self.rules.rewards}
        return {points: brief(one.offer, for_customers) if one else "" for points, one in found.items()}
