"""How stamps are earned: for visits and yen, welcome stamps, limits of a day, and ranks with their own rate."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.cards import Rank
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.cards.notice import NoticeWords
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.clock import Clock
    from shopdesk.settings import Plan
    from shopdesk.ui.cards.draft import RulesDraft

_MOST = 1_000_000


class NumberRule(QWidget):
    """A number of the rules between words: `For one visit [1] stamps`. Empty is the least there may be."""

    def __init__(
        self, draft: RulesDraft, rule: str, before: str, after: str, *, least: int = 0, most: int = _MOST
    ) -> None:
        super().__init__()
        self._draft, self._rule = draft, rule
        self.field = w.NumberField(None, least, most, width="counter_button")
        self.field.setAccessibleName(" ".join(filter(None, (before, after))))
        words = [w.label(one, tone="text_2") if one else None for one in (before, after)]
        self.setLayout(w.hbox(words[0], self.field, words[1], ...))
        self.field.changed.connect(lambda: draft.change(**{rule: self.field.value() or least}))
        draft.changed.connect(self.show_draft)

    def show_draft(self) -> None:
        """Show the number as it is now; not while it is being typed."""
        value = getattr(self._draft.rules, self._rule)
        if not self.field.hasFocus() and self.field.value() != (value or None):
            self.field.set_value(value or None)


class SwitchRule(QWidget):
    """A rule that holds or does not, with what it means below."""

    def __init__(self, draft: RulesDraft, rule: str, name: str, help_text: str) -> None:
        super().__init__()
        self._draft, self._rule = draft, rule
        self.switch = w.Switch(name)
        words = w.vbox(w.label(name, "body_bold"), w.Prose(help_text, role="caption", tone="text_3"))
        self.setLayout(w.hbox(w.vbox("tiny", self.switch, ...), (words, 1), gap="s3"))
        self.switch.toggled.connect(lambda on: draft.change(**{rule: on}))
        draft.changed.connect(self.show_draft)

    def show_draft(self) -> None:
        """Show how it is now."""
        self.switch.setChecked(getattr(self._draft.rules, self._rule))


class EarningCard(w.Card):
    """The form of tab two."""

    def __init__(self, draft: RulesDraft) -> None:
        rule = partial(NumberRule, draft)
        self.per_visit = rule("per_visit", _("For one visit"), _("stamps"))
        self.per_yen = rule("per_yen", _("For each"), _("yen one stamp; empty: yen do not count"))
        self.welcome = rule("welcome", _("With a new card"), _("stamps as a welcome"))
        self.card_limit = rule("card_day_limit", _("One card at most"), _("stamps a day; empty: no limit"))
        self.staff_limit = rule("staff_day_limit", _("One member of the staff gives at most"), _("stamps a day"))
        self.once = SwitchRule(
            draft,
            "once_a_day",
            _("Once on the same day"),
            _("The till says so when somebody comes a second time on one day."),
        )
        self.paper = SwitchRule(
            draft,
            "paper_rewards",
            _("Rewards for paper cards, too"),
            _("A paper card can be copied. Without this it only collects; rewards need the code on the phone."),
        )
        self.ranks = RanksForm(draft)
        form = w.vbox(
            w.Field(_("What gives stamps"), w.holder(w.vbox(self.per_visit, self.per_yen, self.welcome, gap="s2"))),
            self.once,
            w.Field(_("Limits of a day"), w.holder(w.vbox(self.card_limit, self.staff_limit, gap="s2"))),
            self.paper,
            w.line(),
            self.ranks,
            gap="form_gap",
        )
        super().__init__(form, ..., pad="s5")


class RankRow(QWidget):
    """One rank: its name, from what on, and its rate."""

    def __init__(self, rank: Rank, changed: Callable[[], object], remove: Callable[[], object]) -> None:
        super().__init__()
        self.name = w.TextField(rank.name, _("Gold"), width="bubble")
        self.name.setAccessibleName(_("Name of the rank"))
        self.least = w.NumberField(rank.least, 0, _MOST, width="counter_button")
        self.percent = w.NumberField(rank.percent, 0, 1_000)
        self.least.setAccessibleName(_("From how many on"))
        self.percent.setAccessibleName(_("Per cent of the usual stamps"))
        words = w.label(_("or more:"), tone="text_2"), w.label(_("% of the usual stamps"), tone="text_2")
        away = w.icon_button("x", _("Remove this rank"), remove)
        self.setLayout(w.hbox(self.name, self.least, words[0], self.percent, words[1], ..., away))
        self.name.textEdited.connect(lambda _text: changed())
        self.least.changed.connect(changed)
        self.percent.changed.connect(changed)

    def rank(self) -> Rank:
        """Return it as it is written."""
        percent = self.percent.value()
        return Rank(
            name=self.name.text().strip(), least=self.least.value() or 0, percent=100 if percent is None else percent
        )


class RanksForm(QWidget):
    """The ranks, and whether points or visits of a year count for them."""

    def __init__(self, draft: RulesDraft) -> None:
        super().__init__()
        self._draft = draft
        self.by = w.Segmented([(_("stamps"), "points"), (_("visits"), "visits")])
        self.rows: list[RankRow] = []
        self._lines = w.vbox(gap="s2")
        self.add = w.link(_("Add a rank"), self._add)
        said = w.Prose(
            _(
                "Who earned so much within twelve months gets more for each visit. "
                "What is less than a stamp waits on the card: 150% gives one and two in turn."
            ),
            role="caption",
            tone="text_3",
        )
        self._by = w.holder(w.hbox(w.label(_("Counted are"), tone="text_2"), self.by, ...))
        self.setLayout(
            w.vbox(w.label(_("Ranks"), "body_bold"), said, "s2", self._by, "s2", self._lines, w.hbox(self.add, ...))
        )
        self.by.chosen.connect(lambda one: draft.change(rank_by=one))
        draft.changed.connect(self.show_draft)

    def show_draft(self) -> None:
        """Show the ranks as they are now; the fields stay while they say the same."""
        rules = self._draft.rules
        self.by.set_value(rules.rank_by)
        self._by.setVisible(bool(rules.ranks))
        if tuple(row.rank() for row in self.rows) != rules.ranks:
            w.clear(self._lines)
            self.rows = [RankRow(one, self._changed, partial(self._remove, at)) for at, one in enumerate(rules.ranks)]
            for row in self.rows:
                self._lines.addWidget(row)

    def _changed(self) -> None:
        self._draft.change(ranks=tuple(row.rank() for row in self.rows))

    def _add(self) -> None:
        ranks = self._draft.rules.ranks
        last = ranks[-1] if ranks else Rank(name="", least=0, percent=100)
        named = (_("Silver"), _("Gold"), _("Platinum"))
        name = named[len(ranks)] if len(ranks) < len(named) else ""
        self._draft.change(ranks=(*ranks, replace(last, name=name, least=last.least + 20, percent=last.percent + 50)))
        if self.rows:
            self.rows[-1].name.setFocus()

    def _remove(self, at: int) -> None:
        ranks = self._draft.rules.ranks
        self._draft.change(ranks=(*ranks[:at], *ranks[at + 1 :]))


class LastingCard(w.Card):
    """The form of tab three: how long stamps live, and when it is told."""

    def __init__(self, draft: RulesDraft, clock: Clock) -> None:
        self._draft = draft
        ways = (
            ("never", _("They do not expire")),
            ("visit", _("Some time after the last visit")),
            ("earning", _("Some time after each was earned")),
        )
        self.ways = {key: w.Radio(words) for key, words in ways}
        self.months = NumberRule(draft, "expiry_months", "", _("months"), least=1, most=120)
        self.notice = SwitchRule(
            draft,
            "notice",
            _("Tell customers on LINE before stamps expire"),
            _(
                "Once for each date, between 10:00 and 20:00. Each is a broadcast in the list, where it can be seen and stopped."
            ),
        )
        self.notice_days = NumberRule(draft, "notice_days", "", _("days before"), least=1, most=365)
        self.cost, self.words = w.Prose(role="caption", tone="text_2"), NoticeWords(draft, clock)
        radios = w.holder(w.vbox(*self.ways.values(), gap="s2"))
        told = w.Prose(
            _("At midnight after the last day they are gone. Stamps that are there keep the day they were given."),
            role="caption",
            tone="text_3",
        )
        self._span = w.Field(_("How long"), self.months)
        self._days = w.Field(_("Customers are told"), self.notice_days)
        self._notice = w.holder(w.vbox(self.notice, self._days, self.words, self.cost, gap="s3"))
        form = w.vbox(w.Field(_("When stamps expire"), radios), self._span, told, self._notice, gap="form_gap")
        super().__init__(form, ..., pad="s5")
        for key, radio in self.ways.items():
            radio.toggled.connect(lambda on, key=key: draft.change(expiry=key) if on else None)
        draft.changed.connect(self.show_draft)
        self.setMinimumHeight(theme().px("side_column"))

    def show_draft(self) -> None:
        """Show how it is now."""
        expiry = self._draft.rules.expiry
        self.ways[expiry].setChecked(True)
        self._span.setVisible(expiry != "never")
        self._notice.setVisible(expiry != "never")
        for one in (self._days, self.words):
            one.setVisible(self._draft.rules.notice)

    def show_told(self, told: int, plan: Plan) -> None:
        """Say how many messages a month notices are, and what they cost once the month's own are used up."""
        if not told:
            self.cost.set_runs(_("Just now nobody who is on LINE would be told within 30 days."))
            return
        yen = plan.extra_yen(plan.free_messages, told)
        many = _n("About {n} message within 30 days.", "About {n} messages within 30 days.", told).format(
            n=number(told)
        )
        beyond = (
            _("They count towards the month's free messages; your plan allows none beyond these.")
            if yen is None
            else _("They count towards the month's free messages; beyond these they cost {yen} yen.").format(
                yen=number(yen)
            )
        )
        self.cost.set_runs(f"{many} {beyond}")
