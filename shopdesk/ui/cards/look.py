"""How the card looks: drawn as customers see it, beside what can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from shopdesk.cards import COLOURS, STAMPS
from shopdesk.i18n import N_, _, for_customers
from shopdesk.ui import widgets as w
from shopdesk.ui.cards.face import ICONS, CardView, Face
from shopdesk.ui.loyalty.picks import COLOUR_NAMES, Pick, Picks, Swatch
from shopdesk.ui.loyalty.words import last_day

if TYPE_CHECKING:
    from shopdesk.cards import Rules
    from shopdesk.clock import Clock
    from shopdesk.ui.cards.draft import RulesDraft

GOALS = (10, 15, 20, 30)
SHOWN = 4
"""So many stamps the drawn card has, as an example."""
_STAMP_NAMES = {
    "cake": N_("Cake"),
    "star": N_("Star"),
    "cup": N_("Cup"),
    "flower": N_("Flower"),
    "picture": N_("A picture of your own"),
}


class LookCard(w.Card):
    """The card and its choices; `picture_chosen` carries the path of a file for stamps of the shop's own."""

    picture_chosen = Signal(str)

    def __init__(self, draft: RulesDraft, clock: Clock) -> None:
        self._draft, self._clock = draft, clock
        self.view = CardView()
        self.stamps = Picks(Pick, [(one, ICONS.get(one, "image-plus"), _(_STAMP_NAMES[one])) for one in STAMPS])
        self.colours = Picks(Swatch, [(one, one, _(COLOUR_NAMES[one])) for one in COLOURS])
        self.fields = w.Segmented([*((str(one), one) for one in GOALS), (_("Other"), 0)])
        self.goal = w.NumberField(None, 1, 1_000)
        self.goal.setAccessibleName(_("Number of fields"))
        fields = w.holder(w.hbox(self.fields, self.goal, ..., gap="s2"))
        choices = w.vbox(
            w.Field(_("Stamp"), self.stamps),
            w.Field(_("Colour"), self.colours),
            w.Field(_("Fields on the card"), fields),
            ...,
            gap="s4",
        )
        super().__init__(w.hbox(w.vbox(self.view, ...), (choices, 1), gap="s5"), pad="s5")
        self.stamps.chosen.connect(self._stamp)
        self.colours.chosen.connect(lambda one: draft.change(colour=one))
        self.fields.chosen.connect(self._fields)
        self.goal.changed.connect(lambda: self._fields(self.goal.value() or 0))
        draft.changed.connect(self.show_draft)
        self._other = False
        self.show_draft()

    def show_draft(self) -> None:
        """Draw the card as it is now."""
        draft, rules = self._draft, self._draft.rules
        filled = min(SHOWN, rules.goal - 1)
        below = (_gives(rules), _lasts(rules, self._clock))
        self.view.show_face(Face(rules, draft.shop, draft.labels(), filled, below, draft.picture))
        self.stamps.set_value(rules.stamp)
        self.colours.set_value(rules.colour)
        usual = rules.goal in GOALS and not self._other
        self.fields.set_value(rules.goal if usual else 0)
        self.goal.setVisible(not usual)
        if self.goal.value() != rules.goal and not self.goal.hasFocus():
            self.goal.set_value(rules.goal)

    def _fields(self, goal: int) -> None:
        self._other = goal not in GOALS or self.goal.hasFocus()
        if goal:
            self._draft.set_goal(goal)
        self.show_draft()
        if not goal and self.goal.isVisible():
            self.goal.setFocus()
            self.goal.selectAll()

    def _stamp(self, stamp: str) -> None:
        if stamp != "picture":
            self._draft.change(stamp=stamp, picture="")
            return
        kinds = f"{_('Pictures')} (*.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kinds)
        if chosen:
            self.picture_chosen.emit(chosen)
        self.show_draft()


def _gives(rules: Rules) -> str:
    """What stands at the left of the card's foot, for customers."""
    if rules.per_visit:
        return for_customers(N_("{n} a visit")).format(n=rules.per_visit)
    if rules.per_yen:
        return for_customers(N_("1 for each {yen} yen")).format(yen=f"{rules.per_yen:,}")
    return ""


def _lasts(rules: Rules, clock: Clock) -> str:
    until = rules.until(clock.now())
    return for_customers(N_("good until {day}")).format(day=last_day(until)) if until else ""
