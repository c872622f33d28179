"""How the mail beside a broadcast goes, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import N_, _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts.outcomes import ReasonTable

if TYPE_CHECKING:
    from shopdesk.mailings import MailSums
    from shopdesk.ui.broadcasts.seen import Seen

STATES = {
    "draft": (N_("Not sent yet"), "plain", ""),
    "waiting": (N_("Sending"), "accent", "send"),
    "paused": (N_("Paused"), "warning", "pause"),
    "finished": (N_("Sent"), "success", "check"),
    "cancelled": (N_("Stopped"), "plain", ""),
    "unclear": (N_("Unclear"), "warning", "circle-question-mark"),
    "no_mailer": (N_("Stopped in the middle"), "warning", "triangle-alert"),
}


class MailPanel(w.Card):
    """Hidden where there is no mail. Its signals are what the buttons ask for; `settle` says what the unclear ones were."""

    resume = Signal()
    pause = Signal()
    stop = Signal()
    settle = Signal(str)

    def __init__(self) -> None:
        self._badge, self._subject = w.Badge(""), w.elided("", "small", "text_2")
        self.pause_button = w.Button(_("Pause"), icon="pause", size="control_small")
        self.stop_button = w.Button(_("Stop here"), "danger", size="control_small")
        self.resume_button = w.Button(_("Go on"), "primary", "send", "control_small")
        head = w.card_head(
            w.label(_("Mail"), "section"),
            self._badge,
            (self._subject, 1),
            self.pause_button,
            self.stop_button,
            self.resume_button,
        )
        names = (_("Taken by the mail server"), _("To go"), _("Unclear"), _("Not sent"), _("Left out"))
        self.numbers = [w.label("0", "cost") for _name in names]
        self._columns = [
            w.holder(w.vbox(w.label(name, "caption", "text_2"), number))
            for name, number in zip(names, self.numbers, strict=True)
        ]
        self._said = w.Prose(role="small", tone="text_2")
        took = w.Button(_("Count these mails as sent"), size="control_small", does=lambda: self.settle.emit("accepted"))
        lost = w.Button(
            _("Count these mails as not sent"), size="control_small", does=lambda: self.settle.emit("failed")
        )
        self._unclear = w.Banner("warning", "")
        self.deciding = w.holder(w.vbox(self._unclear, w.hbox(..., lost, took), gap="s2", margin=("", "s3", "", "")))
        body = w.vbox(
            w.hbox(*((column, 1) for column in self._columns), gap="s4"),
            self._said,
            self.deciding,
            gap="s2",
            margin=("s4", "s3"),
        )
        self._reasons = ReasonTable(_("Who does not get the mail, and why"), "")
        self._left_out = w.holder(w.vbox(self._reasons, margin=("s4", "", "s4", "s4")))
        super().__init__(head, body, self._left_out, pad="")
        self.pause_button.clicked.connect(self.pause)
        self.stop_button.clicked.connect(self.stop)
        self.resume_button.clicked.connect(self.resume)
        self.hide()

    def show_mail(self, seen: Seen) -> None:
        """Show how it goes."""
        mail = seen.mail
        self.setVisible(mail is not None)
        if mail is None:
            return
        words, tone, icon = STATES[_look(mail, seen)]
        self._badge.show_mark(w.Mark(_(words), tone, icon=icon))
        self._subject.setText(seen.letter.subject if seen.letter else "")
        numbers = (mail.accepted, mail.remaining, mail.unknown, mail.failed, mail.excluded)
        for label, number in zip(self.numbers, numbers, strict=True):
            label.setText(f"{number:,}")
        for column in self._columns:
            column.setVisible(mail.state != "draft")
        for shown in (self._columns[-1], self._left_out):
            shown.setVisible(bool(mail.excluded))
        self._reasons.show_left_out(mail.left_out)
        self._show_buttons(mail, seen)
        self._say(mail, seen)

    def _show_buttons(self, mail: MailSums, seen: Seen) -> None:
        going = mail.alive or seen.alive
        line_over = seen.status.state in {"finished", "draft"}
        self.pause_button.setVisible(mail.state == "waiting" and going)
        self.stop_button.setVisible(mail.state in {"waiting", "paused"} and line_over)
        held = mail.state in {"draft", "waiting", "paused"} and not going and seen.status.state == "finished"
        self.resume_button.setVisible(held or (seen.mail_alone and mail.state in {"waiting", "paused"} and not going))
        self.resume_button.set_words(_("Send the mails") if mail.state == "draft" else _("Go on"))

    def _say(self, mail: MailSums, seen: Seen) -> None:
        said = mail.sentence if mail.reason != "no_mailer" or not seen.alive else ""
        if mail.state == "draft" and not seen.status.mail_only:
            said = _("They go out after the messages on LINE; no charge.")
        elif mail.failed and not said:
            said = _("The mail server refused some: mostly addresses that exist no more.")
        self._said.set_runs(said)
        self._said.setVisible(bool(said))
        self.deciding.setVisible(bool(mail.unknown))
        fact = _n(
            "For {n} mail it is unclear whether it went out.",
            "For {n} mails it is unclear whether they went out.",
            mail.unknown,
        )
        self._unclear.say(fact.format(n=f"{mail.unknown:,}"), _("Nobody is mailed again by itself. You decide."))


def _look(mail: MailSums, seen: Seen) -> str:
    """The key of its badge: what a person must look at takes the place of the state."""
    if mail.reason == "no_mailer" and not seen.alive:
        return "no_mailer"
    return "unclear" if mail.unknown and mail.state == "finished" else mail.state
