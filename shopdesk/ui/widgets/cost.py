"""What a message costs, before it can be sent; a rule said back; how a whole divides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import LEFT, RIGHT, Run
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.layouts import Item, hbox, holder, vbox
from shopdesk.ui.widgets.marks import Bar, Dot, Share
from shopdesk.ui.widgets.surfaces import Card, line
from shopdesk.ui.widgets.text import Label, Prose, elided, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent


class CostFigure(NamedTuple):
    """A name over its figure: 届く方 / 193 人. `wrong` draws it in danger."""

    name: str
    value: str
    wrong: bool = False


class CostBar(Card):
    """The bottom bar of the composer: people, messages, yen, quota before → after, then the buttons."""

    def __init__(self, *buttons: QWidget, figures: int = 3) -> None:
        self._figures = [(label("", "caption", "text_2"), label("", "cost")) for _n in range(figures)]
        self._quota_name, self._quota = label("", "caption", "text_2"), label("", "caption", bold=True, align=RIGHT)
        self._bar = Bar()
        parts: list[Item] = []
        for at, (name, value) in enumerate(self._figures):
            parts += [self._tall() if at else None, vbox(..., name, value, ...)]
        self._head = vbox(self._quota_name, self._quota)
        self._of_quota = holder(hbox(self._tall(), vbox(..., self._head, "s1", self._bar, ...), gap="s4"))
        parts += [self._of_quota, ..., hbox(*buttons)]
        self._why = Prose(tone="danger_text", role="small")
        self._why.hide()
        super().__init__(hbox(*parts, gap="s4"), self._why, pad=("s4", "s2", "s2", "s2"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.dress()

    def dress(self) -> None:
        """Take the sizes from the theme in use."""
        self._bar.setMaximumWidth(theme().px("bubble"))
        self.setMinimumHeight(theme().px("cost_bar"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        t = theme()
        narrow = self.width() < t.px("narrow_below") - t.px("sidebar_narrow") - 2 * t.px("page_side")
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(0 if narrow else t.px("s2"))
        self._quota.setAlignment(LEFT if narrow else RIGHT)
        self._bar.setMinimumWidth(t.px("s12") if narrow else t.px("bubble"))

    @staticmethod
    def _tall() -> QWidget:
        return holder(vbox(line(vertical=True), margin=("", "s1")))

    def show_cost(
        self, figures: Sequence[CostFigure], quota_name: str, quota: str, used: float, planned: float, why: str = ""
    ) -> None:
        """Show what it costs. `used` and `planned` are shares of the quota; `why` says why it cannot be sent.

        Without a `quota_name` no quota is touched, and none is shown.
        """
        for (name, value), figure in zip(self._figures, figures, strict=True):
            name.setText(figure.name)
            value.setText(figure.value)
            value.set_tone("danger_text" if figure.wrong else "text")
        self._of_quota.setVisible(bool(quota_name))
        self._quota_name.setText(quota_name)
        self._quota.setText(quota)
        self._quota.set_tone("danger_text" if used + planned > 1 else "text")
        over = "danger_solid" if used + planned > 1 else "accent"
        self._bar.set_shares(
            Share(min(used, 1.0), "chart_soft"), Share(min(planned, max(0.0, 1 - used)) or planned, over)
        )
        self._why.set_runs(why)
        self._why.setVisible(bool(why))


class SentenceBar(Card):
    """A rule said back as one sentence; what comes from the rules is bold and in the accent."""

    def __init__(self, *runs: Run | str) -> None:
        self.prose = Prose(*runs, role="lead")
        sign = vbox("s1", Icon("message-circle", "accent_text"), ...)
        super().__init__(hbox(sign, (self.prose, 1), gap="s3"), pad=("s4", "s3", "s4", "s3"), part="sentence")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def say(self, *runs: Run | str) -> None:
        """Say another sentence. `emphasis` makes the parts that come from rules."""
        self.prose.set_runs(*runs)


def emphasis(text: str) -> Run:
    """Return a part of a sentence that comes from a rule."""
    return Run(text, bold=True, tone="accent_text")


class Part(NamedTuple):
    """A part of a whole in a `ShareList`: its name, its number with unit, its share and colour, and what stands lighter after it."""

    name: str
    value: str
    share: float
    tone: str
    note: str = ""


class ShareList(QWidget):
    """One bar for a whole and a line for each of its parts."""

    def __init__(self, *parts: Part) -> None:
        super().__init__()
        self._bar = Bar()
        self._lines: list[tuple[Dot, Label, Label, Label]] = []
        for _part in parts:
            value, note = label("", bold=True, align=RIGHT), label("", "small", "text_2", align=RIGHT)
            self._lines.append((Dot("accent"), elided(""), value, note))
        rows = [hbox(dot, (name, 1), value, note) for dot, name, value, note in self._lines]
        self.setLayout(vbox(self._bar, "s2", vbox(*rows, gap="label_gap")))
        self.show_parts(*parts)

    def show_parts(self, *parts: Part) -> None:
        """Show other numbers; as many parts as it was made with."""
        for (dot, name, value, note), part in zip(self._lines, parts, strict=True):
            dot.set_tone(part.tone)
            name.setText(part.name)
            value.setText(part.value)
            note.setText(part.note)
            note.setVisible(bool(part.note))
        self._bar.set_shares(*(Share(part.share, part.tone) for part in parts))


class ShareBar(QWidget):
    """One answer among several: name, its bar, per cent and number beside it."""

    def __init__(self, name: str, share: float, value: str) -> None:
        super().__init__()
        percent = label(f"{share:.0%}", bold=True, align=RIGHT)
        self.setLayout(
            vbox(
                hbox((elided(name), 1), percent, label(value, "small", "text_2", align=RIGHT)),
                "s1",
                Bar(Share(share, "chart_1")),
            )
        )
