"""Trying the scanner: what came in, how fast, what it was taken for, and what to set on the scanner where it is wrong."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk import scancodes
from shopdesk.i18n import N_, _
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CENTER, Card, Prose, QrCode, elided, hbox, label, line, vbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.ui.counter.scanner import Scan

SLOW_MS = 20
"""A character takes a good scanner less; slower ones work, and make the queue wait."""
_SHOWN = 60
_KINDS = {
    "card": N_("A card"),
    "passing": N_("A card on a phone"),
    "coupon": N_("A coupon"),
    "staff": N_("A badge of the staff"),
}
_ENDS = {
    "enter": N_("Enter"),
    "tab": N_("Tab"),
    "pause": N_("nothing; the pause ended it"),
    "conversion": N_("the end of a Japanese conversion"),
}


class Trying(Screen):
    """Shows a code to scan, and what became of it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.expected = scancodes.new("card").digits
        self._facts = {name: elided("–", "lead", bold=True) for name in ("text", "length", "speed", "end", "taken")}
        self._verdict = Prose(role="counter_m")
        self._advice = Prose(role="lead", tone="text_2")
        code = Card(
            ...,
            hbox(..., QrCode(self.expected, "qr_counter"), ...),
            "s4",
            label(_("Scan this code"), "counter_s", bold=True, align=CENTER),
            Prose(_("It belongs to nobody and counts nothing."), role="lead", tone="text_2", align=CENTER),
            ...,
            pad="s6",
            part="panel",
        )
        code.setFixedWidth(theme().px("counter_side"))
        names = (
            ("text", N_("What came in")),
            ("length", N_("Length")),
            ("speed", N_("Speed")),
            ("end", N_("Ended by")),
            ("taken", N_("Taken for")),
        )
        rows = [hbox(_name(_(words)), (self._facts[name], 1)) for name, words in names]
        back = KeyButton(_("Back to the counter"), icon="x", key="Esc", does=self.back)
        found = Card(
            self._verdict,
            "s2",
            self._advice,
            "s5",
            line(),
            "s4",
            vbox(*rows, gap="s3"),
            ...,
            hbox(back, ...),
            pad="s6",
            part="panel",
        )
        self.setLayout(hbox(code, (found, 1), gap="s6", margin="s6"))
        self.wait()

    def wait(self) -> None:
        """Begin anew."""
        for value in self._facts.values():
            value.setText("–")
        self._verdict.set_runs(_("Waiting for the scanner"))
        self._advice.set_runs(
            _(
                "Where nothing happens: look whether the scanner is plugged in or paired, and is set to work as a keyboard (HID)."
            )
        )

    def show_scan(self, scan: Scan) -> None:
        """Show what was scanned and judge it."""
        text = _kept_secret(scan.text)
        each = scan.ms / max(1, len(scan.text) - 1)
        code = scancodes.read(scan.text)
        self._facts["text"].setText(text)
        self._facts["length"].setText(_("{n} characters").format(n=len(scan.text)) + (" +" if scan.cut else ""))
        self._facts["speed"].setText(_("{ms} ms a character").format(ms=f"{each:.1f}"))
        self._facts["end"].setText(_(_ENDS[scan.ended]))
        self._facts["taken"].setText(_(_KINDS[code.kind]) if code else _("Nothing of this shop"))
        verdict, advice = judge(scan, self.expected)
        self._verdict.set_runs(verdict)
        self._advice.set_runs("\n".join(advice))

    def values(self) -> dict[str, str]:
        """Return what stands in the rows, by their names."""
        return {name: value.text() for name, value in self._facts.items()}

    def verdict(self) -> str:
        """Return what is said of the last scan."""
        return f"{self._verdict.text()} {self._advice.text()}"

    def back(self) -> None:
        """Go back to the counter."""
        self.closed.emit()


def _name(words: str) -> QWidget:
    made = label(words, "lead", "text_2")
    made.setFixedWidth(theme().px("name_column"))
    return made


def judge(scan: Scan, expected: str) -> tuple[str, list[str]]:
    """Return how good a scan of the code `expected` was, and what to set on the scanner."""
    folded = unicodedata.normalize("NFKC", scan.text)
    advice = []
    if scan.cut:
        advice.append(
            _(
                "Far too much came in. Switch off everything that the scanner adds, and that it reads several codes at once."
            )
        )
    if folded != scan.text:
        advice.append(_("The digits came full-width. It works; Japanese input switched off makes it quicker."))
    if scan.ended == "pause":
        advice.append(_("Set the scanner to send Enter after each code: the answer then comes at once."))
    if scan.ms > SLOW_MS * max(1, len(scan.text) - 1):
        advice.append(_("The scanner types slowly. Set the pause between characters (inter-character delay) to 0."))
    if folded.strip() == expected:
        good = _("The scanner works well") if not advice else _("The scanner works")
        return good, advice or [_("Nothing needs to be changed.")]
    if scancodes.read(scan.text) is not None:
        return _("The scanner works; this was another code"), advice
    if expected in folded:
        advice.insert(
            0,
            _("The scanner adds something before or after the code. Switch off its prefix and suffix, but for Enter."),
        )
    elif not folded.strip().isdecimal():
        advice.insert(
            0, _("Letters came instead of digits. Set the scanner's keyboard to Japanese or US, and Caps Lock off.")
        )
    else:
        advice.insert(
            0, _("Digits are missing or wrong. Set a longer pause between characters, or plug the scanner in directly.")
        )
    return _("The code did not come in as it is"), advice


def _kept_secret(text: str) -> str:
    """Return a text for the screen; of a code only its ends, since whoever knows a code can use it."""
    if scancodes.read(text) is not None:
        return f"{text[:4]} … {text[-4:]}"
    return text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
