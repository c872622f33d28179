"""What a card brings: the table of rewards, and the dialog in which one is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.cards import Reward
from shopdesk.coupons import DISCOUNTS, Offer
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import times
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.coupon_words import kinds
from shopdesk.ui.loyalty.words import stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.coupons import Coupon
    from shopdesk.ui.cards.draft import RulesDraft
    from shopdesk.ui.tasks import Tasks

DAYS = 60


class RewardsCard(w.ListCard[Reward]):
    """The rewards by the stamps they need. `wanted` carries the one to change, None for a new one."""

    wanted = Signal(object)

    def __init__(self, draft: RulesDraft, tasks: Tasks, sentence: Callable[[Exception], str]) -> None:
        self._draft = draft
        add = w.Button(_("Add a reward"), icon="plus", size="control_small", does=lambda: self.wanted.emit(None))
        hint = w.label(_("They can stand on the way, too"), "small", "text_3")
        head = w.card_head(w.label(_("Rewards"), "section"), hint, ..., add, pad=("s4", "mid", "s4", "mid"))
        empty = w.EmptyState(
            "gift",
            _("The card brings nothing yet"),
            _("Say what customers get, for example a coffee for the fifth stamp and 500 yen off for a full card."),
        )
        columns: list[w.Column[Reward]] = [
            w.Column(_("At"), lambda one: w.Cell(stamps(one.points), bold=True), 100),
            w.Column(_("Reward"), self._named),
            w.Column(_("Good for"), _good_for, 160),
            w.Column(_("Given"), lambda one: times(draft.rewarded.get(one.points, 0)), 100, w.RIGHT),
            w.Column("", lambda _one: w.Cell(_("Change"), tone="accent_text"), 84, w.RIGHT),
        ]
        super().__init__(
            columns, lambda one: one.points, tasks, empty=empty, sentence=sentence, head=head, inside=True, row="row"
        )
        self.setProperty("part", "card")
        self.table.setAccessibleName(_("Rewards"))
        self.table.opened.connect(self.wanted)
        self.table.clicked.connect(lambda index: self.wanted.emit(self.model.record(index.row())))
        self._shown: object = None
        draft.changed.connect(self.show_draft)

    def show_draft(self) -> None:
        """Show the rewards as they are now."""
        draft = self._draft
        shown = (draft.rules.rewards, draft.rules.goal, dict(draft.rewarded), tuple(draft.coupons.values()))
        if shown != self._shown:
            self._shown = shown
            self.show_listing(w.fixed(sorted(draft.rules.rewards, key=lambda one: one.points)))

    def _named(self, one: Reward) -> w.Cell:
        name = self._draft.reward_name(one.coupon_id)
        if not name:
            return w.Cell(_("Its coupon is gone. Choose another one."), tone="danger_text")
        full = _("the card begins anew") if one.points == self._draft.rules.goal else ""
        return w.Cell(isolated(name), bold=True, second=full)


def _good_for(one: Reward) -> str:
    return _n("{n} day from then on", "{n} days from then on", one.days).format(n=one.days)


class CouponField(QWidget):
    """Which coupon: one that is given out, or a new one with its kind, its value and its name."""

    def __init__(self, coupons: Sequence[Coupon], chosen: int | None) -> None:
        super().__init__()
        self._coupons = coupons
        self.way = w.Segmented([(_("A coupon I have"), "kept"), (_("A new one"), "new")], "kept" if coupons else "new")
        self.kept = w.Choice([(isolated(one.offer.name), one.id) for one in coupons], chosen)
        self.kind = w.Choice([(words, kind) for kind, _icon, words in kinds()], "free_item")
        self.name = w.TextField(hint=_("One baked sweet"))
        self.value = w.NumberField(None, 1, 1_000_000)
        self._unit = w.label("", tone="text_2")
        for field, words in ((self.kept, _("Coupon")), (self.kind, _("Kind")), (self.value, _("Value"))):
            field.setAccessibleName(words)
        self.name.setAccessibleName(_("Name of the coupon"))
        self._new = w.holder(
            w.vbox(w.hbox(self.kind, self.value, self._unit, ...), self.name, gap="s2", margin=("", "s2", "", ""))
        )
        below = w.vbox(self.kept, self._new)
        self.setLayout(w.vbox(w.hbox(self.way, ...) if coupons else None, "s2" if coupons else None, below))
        self.way.setVisible(bool(coupons))
        self.way.chosen.connect(self._show)
        self.kind.chosen.connect(self._show)
        self._show()

    def _show(self, _value: object = None) -> None:
        new, of_yen = self.way.value() == "new", self.kind.value() in DISCOUNTS
        self.kept.setVisible(not new)
        self._new.setVisible(new)
        self.value.setVisible(of_yen)
        self._unit.setVisible(of_yen)
        self._unit.setText(_("yen off") if self.kind.value() == "yen_off" else _("% off"))

    def offer(self) -> Offer | None:
        """Return what a new coupon promises, None where one is taken that there is."""
        if self.way.value() == "kept":
            return None
        value = self.value.value() if self.kind.value() in DISCOUNTS else None
        return Offer(self.name.text().strip(), self.kind.value(), value, per_person=None)

    def problem(self) -> str:
        """Say what is missing, '' where nothing is."""
        offer = self.offer()
        if offer is None:
            return "" if self.kept.value() is not None else _("Choose a coupon, or make a new one.")
        if not offer.name:
            return _("Write a name for the coupon.")
        if offer.kind in DISCOUNTS and offer.value is None:
            return _("Say how much comes off.")
        return ""


class RewardDialog(w.Dialog):
    """One reward. `removed` where it is to go."""

    removed = Signal()

    def __init__(self, parent: QWidget, draft: RulesDraft, reward: Reward | None) -> None:
        self._draft, self._reward = draft, reward
        goal = draft.rules.goal
        shown = reward or Reward(points=goal if draft.rules.goal_reward is None else 1, coupon_id=0, days=DAYS)
        given = [one for one in draft.coupons.values() if one.state == "published"]
        self.points = w.NumberField(shown.points, 1, goal)
        self.coupon = CouponField(given, shown.coupon_id)
        self.days, self.worth = w.NumberField(shown.days, 1, 3_650), w.NumberField(shown.worth_yen, 0, 1_000_000)
        self.at = w.Field(
            _("At how many stamps"),
            self.points,
            help_text=_("At {stamps} the card is full: it begins anew.").format(stamps=stamps(goal)),
            check=self._points_wrong,
        )
        self.what = w.Field(_("What they get"), self.coupon, check=self.coupon.problem)
        good = w.Field(_("Good for"), w.holder(w.hbox(self.days, w.label(_("days"), tone="text_2"), ...)))
        worth = w.Field(
            _("What it is worth"),
            w.holder(w.hbox(self.worth, w.label(_("yen"), tone="text_2"), ...)),
            help_text=_("Only you see this: what the shop owes is counted from it."),
        )
        remove = w.link(_("Remove this reward"), self._remove) if reward else None
        body = w.vbox(self.at, self.what, w.hbox((w.vbox(good, ...), 1), (worth, 2), gap="s4"), gap="s4")
        verb = _("Change the reward") if reward else _("Add the reward")
        super().__init__(parent, verb, body, w.hbox(remove, ...) if remove else None, verb=verb)
        self.begin_at(self.points)

    def _points_wrong(self) -> str:
        points = self.points.value()
        if points is None:
            return _("Write a number from 1.")
        others = {one.points for one in self._draft.rules.rewards if one is not self._reward}
        return _("There is a reward at {stamps} already.").format(stamps=stamps(points)) if points in others else ""

    def accept(self) -> None:
        if self.at.valid() & self.what.valid():
            super().accept()
        else:
            self.adjustSize()

    def _remove(self) -> None:
        self.removed.emit()
        self.reject()

    def reward(self) -> Reward:
        """Return the reward as it was written; without a coupon (0) where that is still to be made."""
        return Reward(
            points=self.points.value() or 1,
            coupon_id=0 if self.coupon.offer() else int(self.coupon.kept.value()),
            days=self.days.value() or DAYS,
            worth_yen=self.worth.value() or 0,
        )


def replaced(rewards: Sequence[Reward], old: Reward | None, new: Reward | None) -> tuple[Reward, ...]:
    """Return rewards with one changed, added or taken away, by the stamps they need."""
    kept = [one for one in rewards if one is not old]
    return tuple(sorted([*kept, *([new] if new else [])], key=lambda one: one.points))
