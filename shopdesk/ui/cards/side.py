"""Beside the design: the rules said back, what the shop owes, how phones show it, and what publishing would mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.cards import NO_ADDRESS
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.loyalty.words import said, stamps
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from shopdesk.cards import PublishPreview, Totals
    from shopdesk.ui.cards.draft import RulesDraft


class Side(QWidget):
    """The column at the right."""

    def __init__(self, draft: RulesDraft) -> None:
        super().__init__()
        self._draft = draft
        self.rules = w.Prose(role="small")
        self.owed = w.Figure("", "")
        self._about = w.Prose(role="caption", tone="text_3")
        self.phones = w.Prose(role="small")
        self.meaning = w.Banner("warning", "")
        self.meaning.hide()
        rules = w.Card(w.label(_("The rules"), "section"), "s2", self.rules)
        owed = w.Card(w.label(_("What the shop owes"), "section"), "s1", self.owed, self._about)
        phones = w.Card(w.label(_("On customers' phones"), "section"), "s2", self.phones)
        self.setLayout(w.vbox(rules, owed, self.meaning, phones, ..., gap="card_gap"))
        draft.changed.connect(self.show_draft)
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("side_column") - theme().px("s5"))

    def show_draft(self) -> None:
        """Say the rules back."""
        rules = self._draft.rules
        full = rules.goal_reward
        self.rules.set_runs(*said(rules, self._draft.reward_name(full.coupon_id) if full else ""))
        if not self._draft.dirty:
            self.meaning.hide()

    def show_totals(self, totals: Totals) -> None:
        """Say what is on all cards."""
        self.owed.show_number(number(totals.owed_yen), _("yen worth"))
        about = _("{people} hold {stamps}, valued by the reward for a full card.")
        self._about.set_runs(about.format(people=people(totals.holders), stamps=stamps(totals.points)))

    def show_phones(self, *, reached: bool) -> None:
        """Say how a customer opens the card, or what that needs: whether the shop has an address that stays."""
        said = _(
            "Friends who send カード in the talk get their card. Its code changes every 30 seconds and can use points."
        )
        self.phones.set_runs(said if reached else _(NO_ADDRESS))

    def show_preview(self, preview: PublishPreview) -> None:
        """Say what publishing means for those who have a card."""
        advice = _("Stamps that are there stay, until the day they were given.")
        if preview.full:
            advice += " " + _n(
                "{n} card is full by these rules: its next visit brings the reward.",
                "{n} cards are full by these rules: their next visit brings the reward.",
                preview.full,
            ).format(n=number(preview.full))
        fact = _("Publishing changes the card of {people}.").format(people=people(preview.holders))
        if not preview.holders:
            fact, advice = _("Nobody has a card yet."), _("Publish, and give the first ones.")
        self.meaning.say(fact, advice)
        self.meaning.setVisible(self._draft.dirty)
