"""What came of one question, as a card: bars for choices, one bar for a scale, an average; and a table that compares people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.directions import isolated
from shopdesk.ui.surveys.words import group_name, kind_name
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.surveys import CrossRow, Dimension, QuestionResult

_SCALE = ("chart_5", "chart_2", "chart_6", "chart_3", "chart_1")
_NEVER_CUT = 2
"""The group and how many people it has: names and numbers that are always whole."""
MOST_COLUMNS = 5
"""So many answers a table shows side by side; of more, the one that most people of a group gave."""


def head(at: int, result: QuestionResult) -> QWidget:
    """Return the head of a question's card: its number, its words, its kind, and the average where there is one."""
    average = None
    if result.average is not None:
        average = w.hbox(
            w.label(_("average"), "small", "text_2"), w.label(f"{result.average:.1f}", "section"), gap="s1"
        )
    number = w.label(_("Q{n}").format(n=at), "body_bold", "accent_text")
    kind = w.Badge(kind_name(result.question.kind))
    title = w.elided(isolated(result.question.title.replace("\n", " ")), "body_bold")
    return w.holder(w.hbox(number, (title, 1), kind, average))


def chart(result: QuestionResult) -> QWidget:
    """Return the figure of a question."""
    if not result.answered:
        return w.label(_("Nobody has answered this yet."), "small", "text_2")
    if result.question.kind == "rating":
        return _scale(result)
    if result.counts:
        bars = (w.ShareBar(isolated(one.label), one.share, people(one.people)) for one in result.counts)
        return w.holder(w.vbox(*bars, gap="s3"))
    return w.label(_("{people} answered").format(people=people(result.answered)), "small", "text_2")


def _scale(result: QuestionResult) -> QWidget:
    last = max(1, len(result.counts) - 1)
    parts = [
        w.Part(one.label, f"{one.share:.0%}", one.share, _SCALE[round(place * 4 / last)], people(one.people))
        for place, one in enumerate(result.counts)
    ]
    low, high = (isolated(one) for one in (result.question.low, result.question.high))
    ends = w.hbox(w.label(low, "caption", "text_3"), ..., w.label(high, "caption", "text_3")) if low or high else None
    return w.holder(w.vbox(w.ShareList(*parts), ends, gap="s2"))


def table(result: QuestionResult, by: Dimension, rows: Sequence[CrossRow]) -> QWidget:
    """Return how each group of people answered."""
    made, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px("s4"))
    grid.setVerticalSpacing(theme().px("s2"))
    labels = [one.label for one in result.counts]
    titles = _titles(result, labels)
    lines = [(_("Group"), _("Number of people"), *titles)]
    lines += [(group_name(by, row.label), people(row.people), *_cells(result, labels, row)) for row in rows]
    for at, cells in enumerate(lines):
        for column, words in enumerate(cells):
            kind = w.label if column < _NEVER_CUT else w.elided
            shown = kind(isolated(words), "small", bold=at == 0, align=w.RIGHT if column else w.LEFT)
            grid.addWidget(shown, at, column)
    for column in range(_NEVER_CUT, _NEVER_CUT + len(titles)):
        grid.setColumnStretch(column, 1)
    made.setLayout(grid)
    return made


def _titles(result: QuestionResult, labels: Sequence[str]) -> list[str]:
    if result.average is not None:
        return [_("Average"), *([_("Gave {n}").format(n=labels[-1])] if labels else [])]
    return [*labels] if len(labels) <= MOST_COLUMNS else [_("Most gave")]


def _cells(result: QuestionResult, labels: Sequence[str], row: CrossRow) -> list[str]:
    def share(many: int) -> str:
        return f"{many / row.people:.0%}" if row.people else "–"

    if result.average is not None:
        average = "–" if row.average is None else f"{row.average:.1f}"
        return [average, *([share(row.counts[-1])] if labels else [])]
    if len(labels) <= MOST_COLUMNS:
        return [share(many) for many in row.counts]
    most = max(range(len(labels)), key=lambda place: row.counts[place])
    return [f"{isolated(labels[most])} {share(row.counts[most])}"]
