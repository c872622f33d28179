"""The mail in the dry run: who gets it, who does not and why, and what one of them reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts.outcomes import ReasonTable

if TYPE_CHECKING:
    from shopdesk.mailings import MailPlan


class MailSummary(w.Card):
    """Hidden where there is no mail."""

    def __init__(self) -> None:
        self._number, self._note = w.Figure("–", ""), w.Prose(role="small", tone="text_2")
        self._sample = w.Prose()
        self._well = w.Card(
            w.label(_("What the first of them reads"), "caption", "text_2"),
            "s1",
            self._sample,
            pad=("s4", "s3"),
            part="well",
        )
        self._reasons = ReasonTable(_("Who does not get the mail, and why"), _("Nobody is left out."))
        self._title = w.label("", "section")
        head = w.hbox(self._title, ..., self._number)
        super().__init__(head, self._note, "s3", self._well, "s3", self._reasons)
        self.hide()

    def show_plan(self, plan: MailPlan | None, *, wanted: bool, alone: bool) -> None:
        """Show it; None is being counted. `alone`: nothing goes out on LINE."""
        self.setVisible(wanted)
        self._title.setText(_("The mail") if alone else _("Mail to those who are not on LINE"))
        self._well.setVisible(plan is not None and bool(plan.sample))
        self._reasons.setVisible(plan is not None)
        self._note.set_runs(
            _("Counting …")
            if plan is None
            else _("There is no charge for mails.")
            if alone
            else _("They go out after the messages on LINE; no charge.")
        )
        if plan is None:
            self._number.show_number("–", "")
            return
        self._number.show_number(f"{plan.planned:,}", _n("mail", "mails", plan.planned))
        self._sample.set_runs(plan.sample)
        self._reasons.show_left_out(plan.left_out)
