"""The mail beside a broadcast, as it is written: whether there is one, its subject and its text, whom it would reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.messages import Letter, MessageError, check_letter
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.mailings import MailPlan


class MailCard(w.Card):
    """`changed` when something else is to be mailed, `settings` when somebody wants to enter what is missing."""

    changed = Signal()
    settings = Signal()

    def __init__(self) -> None:
        title = _("Send it by mail too to those who are not on LINE")
        self.switch = w.Switch(title)
        about = w.Prose(
            _("Only people who agreed to mail get it. It costs nothing and does not count as a message."),
            role="caption",
            tone="text_2",
        )
        self.subject = Said(_("Subject"), "", _("For example: News of the week"))
        self.text = Said(
            _("Text of the mail"),
            "",
            _("Plain text. Your shop's name, its address and how to stop the mails are added below it."),
            lines=6,
            help_text=_("{name} becomes the customer's name.").format(name="{name}"),
        )
        self.counts = w.CheckBox(_("Count who opens the links"))
        self.only = w.CheckBox(_("Only by mail: nothing goes out on LINE, and everybody who agreed to mail gets it"))
        self._reach = w.Prose(role="small", tone="text_2")
        self._lacks = w.Banner("warning", "", action=_("Open the mail settings"), below=True)
        self._body = w.holder(
            w.vbox(
                *("s3", self.subject, "s3", self.text, "s3", self.counts, "s2", self.only),
                *("s3", self._reach, "s2", self._lacks),
                gap="",
            )
        )
        self._title = w.label(title, bold=True)
        head = w.hbox((w.vbox(self._title, about), 1), w.vbox(self.switch, ...), gap="s3")
        super().__init__(head, self._body, pad=("s4", "s3", "s4", "s3"))
        if self._lacks.action is not None:
            self._lacks.action.clicked.connect(self.settings)
        self.switch.toggled.connect(self._switched)
        for field in (self.subject, self.text):
            field.edited.connect(self._written)
        for box in (self.counts, self.only):
            box.toggled.connect(self.changed)
        self.show_letter(None)

    def show_letter(
        self, letter: Letter | None, *, counts: bool = False, only: bool = False, follow_up: bool = False
    ) -> None:
        """Show another one without saying so; None is no mail. A follow-up by mail is nothing else, so that is no choice."""
        for box, on in ((self.switch, letter is not None), (self.counts, counts), (self.only, only)):
            blocked = box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(blocked)
        self.switch.setVisible(not follow_up)
        self.only.setVisible(not follow_up)
        self._title.setText(_("The mail") if follow_up else self.switch.accessibleName())
        self.subject.show_text(letter.subject if letter else "")
        self.text.show_text(letter.text if letter else "")
        self._body.setVisible(letter is not None)
        self._lacks.hide()
        self.show_plan(None)
        self.check()

    def letter(self) -> Letter | None:
        """Return what is written, None where no mail is wanted."""
        return Letter(self.subject.text(), self.text.text()) if self.switch.isChecked() else None

    @property
    def alone(self) -> bool:
        """Whether nothing goes out on LINE."""
        return self.switch.isChecked() and self.only.isChecked()

    def show_plan(self, plan: MailPlan | None) -> None:
        """Show whom it would reach; None while that is being counted, during which what is missing stands still."""
        if plan is None:
            self._reach.set_runs(_("Counting …"))
            return
        get = w.Run(_("{people} get it by mail.").format(people=people(plan.planned)), bold=True, tone="text")
        self._reach.set_runs(get, w.Run(_left_out(plan)))
        self._lacks.say("\n".join(plan.lacks))
        self._lacks.setVisible(bool(plan.lacks))

    def check(self, *, insist: bool = False) -> QWidget | None:
        """Show what is wrong with it, with `insist` also what is not written yet; return the first such input."""
        first: QWidget | None = None
        for field, letter in (
            (self.subject, Letter(self.subject.text(), "–")),
            (self.text, Letter("–", self.text.text())),
        ):
            wanted = self.switch.isChecked() and (insist or bool(field.text().strip()))
            sentence = _problem(letter) if wanted else ""
            field.set_error(sentence)
            first = first or (field.control if sentence else None)
        return first

    def _switched(self, on: bool) -> None:
        self._body.setVisible(on)
        if on:
            self.subject.control.setFocus()
        self.changed.emit()

    def _written(self) -> None:
        self.check()
        self.changed.emit()


def _problem(letter: Letter) -> str:
    try:
        check_letter(letter)
    except MessageError as error:
        return error.message
    return ""


def _left_out(plan: MailPlan) -> str:
    why = (_("{reason} ({people})").format(reason=said, people=people(n)) for _code, said, n in plan.left_out)
    return "　" + _("Left out: {why}").format(why="、".join(why)) if plan.left_out else ""
