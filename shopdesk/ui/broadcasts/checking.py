"""Step 3, the dry run: who gets it, who does not and why, what it costs and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.broadcasts import EmptyAudienceError
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import messages, number, people, yen
from shopdesk.ui.broadcasts.mail_summary import MailSummary
from shopdesk.ui.broadcasts.outcomes import ReasonTable
from shopdesk.ui.broadcasts.when import When
from shopdesk.ui.days import clock_time, next_month, when

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.broadcasts import Note, Preview
    from shopdesk.clock import Clock
    from shopdesk.mailings import MailPlan
    from shopdesk.settings import QuietHours


def why_not(preview: Preview | None, mail: MailPlan | None, now: datetime) -> str:
    """Return why it cannot be sent with its mail, empty when it can or that is not known yet."""
    if preview is None:
        return ""
    if mail is not None and mail.problems:
        return mail.problems[0]
    if not preview.planned and not (mail and mail.planned):
        mailed = _("Nobody would get this mail. It goes to those who agreed to mail.")
        return mailed if preview.mail_only else _("Nobody would get this. Choose other people, or link friends first.")
    if preview.quota_problem:
        return preview.quota_problem
    left = preview.quota_left
    if left is None or left >= preview.messages_counted:
        return next((one.sentence for one in stopping(preview, mail)), "")
    return _(
        "This takes {n} messages and {left} are left this month. "
        "Send to fewer people, change the plan, or wait until {day}."
    ).format(n=number(preview.messages_counted), left=number(left), day=next_month(now))


def stopping(preview: Preview, mail: MailPlan | None) -> list[Note]:
    """Return what stops it; that nobody is on LINE does not where people get a mail."""
    alone = mail is not None and mail.planned and not preview.planned
    return [one for one in preview.problems if not alone or one.code != EmptyAudienceError.code]


def show_cost(bar: w.CostBar, preview: Preview | None, mail: MailPlan | None, reached: int | None, why: str) -> None:
    """Show what is known of people, messages, yen and quota, and why it cannot be sent."""
    by_mail = mail.planned if mail else 0
    alone = preview is not None and preview.mail_only
    split = _("People who get it ({n} by mail)").format(n=f"{by_mail:,}")
    names = (split if by_mail and not alone else _("People who get it"), _("Messages counted"), _("Extra charge"))
    left_name = "" if alone else _("Left this month")
    if preview is None:
        first = people(reached) if reached is not None else "–"
        figures = [w.CostFigure(name, value) for name, value in zip(names, (first, "–", "–"), strict=True)]
        bar.show_cost(figures, left_name, "–", 0, 0)
        return
    n, left = preview.messages_counted, preview.quota_left
    over = left is not None and n > left
    values = (_all(preview, mail), messages(n), yen(preview.cost_yen))
    wrong = (not preview.planned and not by_mail, over, False)
    figures = [w.CostFigure(*one) for one in zip(names, values, wrong, strict=True)]
    if left is None:
        bar.show_cost(figures, left_name, "–" if preview.quota_problem else _("no limit"), 0, 0, why)
        return
    whole = max(1, left + (preview.quota_used or 0))
    said = _("{before} → {after}").format(before=f"{left:,}", after=f"{max(0, left - n):,}")
    if over:
        said = _("{left} left, {n} needed").format(left=f"{left:,}", n=f"{n:,}")
    bar.show_cost(figures, left_name, said, (preview.quota_used or 0) / whole, n / whole, why)


def button_words(preview: Preview | None, mail: MailPlan | None, at: datetime | None, now: datetime) -> str:
    """Return what the button of the last step says; `at` is when it is to begin, None at once."""
    if preview is None:
        return _("Counting …")
    if at is not None:
        return _("Send {when}").format(when=when(at, now))
    return _("Send to {people}").format(people=_all(preview, mail))


def _all(preview: Preview, mail: MailPlan | None) -> str:
    """How many get it: each once, on LINE or by mail."""
    return people(preview.planned + (mail.planned if mail else 0))


def asked(parent: QWidget, preview: Preview, mail: MailPlan | None) -> bool:
    """Ask before what cannot be taken back, with people, messages, yen and mails."""
    said = _("It counts as {n} messages and costs {yen} extra. It cannot be taken back.").format(
        n=number(preview.messages_counted), yen=yen(preview.cost_yen)
    )
    by_mail = _("{people} of them get it by mail.").format(people=people(mail.planned)) if mail and mail.planned else ""
    many = _all(preview, mail)
    return w.confirm(
        parent,
        _("Send to {people}?").format(people=many),
        *filter(None, (by_mail, said)),
        verb=_("Send to {people}").format(people=many),
    )


class CheckingStep(QWidget):
    """The dry run in words, after when it begins: what stops it, what to think of, who gets it and who does not.

    `news` stands below all. `settings` when somebody wants to enter what the mail lacks.
    """

    settings = Signal()

    def __init__(self, clock: Clock, news: QWidget) -> None:
        super().__init__()
        self.when = When(clock)
        self._quiet: QuietHours | None = None
        self._notes = w.vbox(gap="s2")
        self._who, self._name = w.Figure("–", "", "figure_xl"), w.Prose(tone="text_2")
        self._note = w.Prose(tone="text_2")
        facts = [w.label("", bold=True, align=w.RIGHT) for _n in range(3)]
        self._messages, self._yen, self._left = facts
        names = (_("Messages counted"), _("Extra charge"), _("Left this month"))
        lines = [w.fact(name, value) for name, value in zip(names, facts, strict=True)]
        money = w.vbox(*lines, ..., gap="label_gap")
        self._get = w.label(_("People who get it"), "small", "text_2")
        who = w.vbox(self._get, self._who, self._name, ...)
        self._reasons = ReasonTable(_("Who does not get it, and why"), _("Nobody is left out."))
        self._on_line = w.Card(w.hbox((who, 3), w.line(vertical=True), (money, 4), gap="s5"), "s3", self._note)
        self.mail = MailSummary()
        self.setLayout(
            w.vbox(self.when, self._notes, self._on_line, self._reasons, self.mail, news, ..., gap="card_gap")
        )

    def show_quiet(self, hours: QuietHours | None) -> None:
        """Know the quiet hours, which a chosen time may fall into."""
        self._quiet = hours

    def show_preview(self, preview: Preview | None, audience: str, mail: MailPlan | None, *, mailed: bool) -> None:
        """Show the dry run of the messages and, where it is `mailed` too, of the mail; None while it is being counted."""
        self._name.set_runs(audience)
        self.mail.show_plan(mail, wanted=mailed, alone=preview is not None and preview.mail_only)
        self._get.setText(_("People who get it on LINE") if mailed else _("People who get it"))
        self._show_notes(preview, mail)
        if preview is None:
            self._who.show_number("–")
            self._note.set_runs(_("Counting …"))
            return
        self._who.show_number(f"{preview.planned:,}", _n("person", "people", preview.planned))
        self._messages.setText(messages(preview.messages_counted))
        self._yen.setText(yen(preview.cost_yen))
        left = preview.quota_left
        self._left.setText(
            _("no limit")
            if left is None and not preview.quota_problem
            else "–"
            if left is None
            else _("{before} → {after}").format(
                before=f"{left:,}", after=f"{max(0, left - preview.messages_counted):,}"
            )
        )
        self._note.set_runs("\n".join(filter(None, (preview.note, preview.cost_problem))))
        self._reasons.show_reasons(preview.excluded)
        for part in (self._on_line, self._reasons):
            part.setVisible(not preview.mail_only)

    def _show_notes(self, preview: Preview | None, mail: MailPlan | None) -> None:
        """Everything that stops it or is to be thought of, before the button."""
        w.clear(self._notes)
        for said in mail.problems if mail else ():
            action = _("Open the mail settings") if mail and said in mail.lacks else ""
            self._notes.addWidget(w.Banner("danger", said, action=action, does=self.settings.emit))
        if preview is None:
            return
        for one in stopping(preview, mail):
            self._notes.addWidget(w.Banner("danger", one.sentence))
        at = self.when.moment()
        for one in preview.warnings:
            if at is None or one.code != "quiet_hours":
                self._notes.addWidget(w.Banner("warning", one.sentence))
        until = self._quiet.over_at(at) if self._quiet and at else None
        if until is not None:
            said = _("This falls into the shop's quiet hours: it waits and goes on by itself at {time}.")
            self._notes.addWidget(w.Banner("warning", said.format(time=clock_time(until))))
        if preview.larger_plan and not any(preview.larger_plan in one.sentence for one in preview.problems):
            self._notes.addWidget(w.Banner("info", preview.larger_plan))
