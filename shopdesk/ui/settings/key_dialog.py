"""鍵をかける: what it means, the recovery code on paper, two groups of it asked back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from shopdesk.encryption import recovery_code, same_group
from shopdesk.i18n import _
from shopdesk.ui.icons import Icon
from shopdesk.ui.settings.key_paper import IN_ROW
from shopdesk.ui.widgets import Button, Card, Dialog, Field, Prose, Sheets, Steps, TextField, hbox, holder, label, vbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.widgets.layouts import Item

_ASKED = 2


class CodeCard(QWidget):
    """A recovery code in numbered groups, with its ways to paper."""

    def __init__(self, code: str, on_paper: Callable[[str], bool]) -> None:
        super().__init__()
        self._code, self._on_paper = code, on_paper
        self.done = label("", "small", "success_text")
        groups = [_group(at, group) for at, group in enumerate(code.split("-"), start=1)]
        rows = [groups[at : at + IN_ROW] for at in range(0, len(groups), IN_ROW)]
        lines: list[Item] = []
        for row in rows:
            room: list[Item] = [(QWidget(), 1) for _missing in range(IN_ROW - len(row))]
            lines += ["s3" if lines else None, hbox(*[(one, 1) for one in row], *room, gap="s3")]
        acts = hbox(
            Button(_("Print"), icon="printer", does=self._print),
            Button(_("Copy"), icon="copy", does=self._copy),
            (self.done, 1),
        )
        self.setLayout(vbox(Card(*lines, part="sunken", pad="s4"), "s3", acts))

    def _print(self) -> None:
        if self._on_paper(self._code):
            self.done.setText(_("Sent to the printer."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.done.setText(_("Copied."))


def _group(place: int, group: str) -> QWidget:
    signs = label(group, "title", bold=True)
    signs.setAccessibleName(_("Group {n}: {signs}").format(n=place, signs=" ".join(group)))
    return holder(vbox(label(str(place), "caption", "text_3"), signs))


_WIDER = 3
"""A code is read from across the desk."""


class CodeDialog(Dialog):
    """The recovery code once more."""

    wider = _WIDER

    def __init__(self, parent: QWidget, code: str, on_paper: Callable[[str], bool]) -> None:
        kept = Prose(_("Keep it where only you get at it, away from this computer."), tone="text_2")
        super().__init__(
            parent, _("Recovery code"), kept, "s3", CodeCard(code, on_paper), verb=_("Close"), back=_("Back")
        )
        self.back.hide()


class KeyDialog(Dialog):
    """Three steps; accepted once the code has been asked back. Esc and the second button go one step back."""

    wider = _WIDER

    def __init__(self, parent: QWidget, key: str, on_paper: Callable[[str], bool]) -> None:
        code = recovery_code(key)
        groups = code.split("-")
        self.asked = sorted(random.SystemRandom().sample(range(len(groups)), _ASKED))
        self.fields = [_field(at + 1, groups[at]) for at in self.asked]
        self.steps, self.sheets = Steps(_("What it is"), _("The code"), _("Check"), now=0), Sheets()
        for sheet in (self._meaning(), self._paper(code, on_paper), self._asking()):
            self.sheets.addWidget(sheet)
        super().__init__(parent, _("Set a key on the data"), "s2", self.steps, "s4", self.sheets, verb=_("Next"))
        self._turn(0)

    @staticmethod
    def _meaning() -> QWidget:
        said = (
            ("lock", _("Whoever gets this computer's disk or a backup from now on cannot read names and addresses.")),
            ("check", _("Nothing changes for you: this computer keeps the key and opens the data by itself.")),
            ("printer", _("If this computer breaks, only the recovery code opens the data. Lost, nobody can help.")),
        )
        lines: list[Item] = []
        for icon, words in said:
            sign = vbox("tiny", Icon(icon, "accent_text"), ...)
            lines += ["s3" if lines else None, hbox(sign, (Prose(words), 1), gap="s3")]
        return holder(vbox(*lines, ...))

    @staticmethod
    def _paper(code: str, on_paper: Callable[[str], bool]) -> QWidget:
        said = _("Print this code or write it down by hand. Keep the paper away from this computer.")
        return holder(vbox(Prose(said, tone="text_2"), "s3", CodeCard(code, on_paper), ...))

    def _asking(self) -> QWidget:
        said = _("Read these two groups from the paper. Then ShopDesk closes, sets the key and opens again.")
        both = [(vbox(field, ...), 1) for field in self.fields]
        return holder(vbox(Prose(said, tone="text_2"), "s4", hbox(*both, gap="s4"), ...))

    def accept(self) -> None:
        """Go on, or end with the code asked back."""
        if self.sheets.currentIndex() < self.sheets.count() - 1:
            self._turn(self.sheets.currentIndex() + 1)
            return
        wrong = [field for field in self.fields if not field.valid()]
        if not wrong:
            super().accept()

    def reject(self) -> None:
        """Go one step back, at the first one out of the dialog."""
        if self.sheets.currentIndex():
            self._turn(self.sheets.currentIndex() - 1)
        else:
            super().reject()

    def _turn(self, step: int) -> None:
        self.sheets.setCurrentIndex(step)
        self.steps.show_step(step)
        last = step == self.sheets.count() - 1
        self.verb.set_words(_("Set the key") if last else _("Next"))
        self.back.set_words(_("Back") if step else _("Not now"))
        if last:
            self.fields[0].control.setFocus()


def _field(place: int, group: str) -> Field:
    typed = TextField()
    wrong = _("Not as on the paper. Look again, or go back to the code.")
    return Field(_("Group {n}").format(n=place), typed, check=lambda: "" if same_group(typed.text(), group) else wrong)
