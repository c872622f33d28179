"""What the form of every kind of bubble is: a message in LINE's own form in, the same or a changed one out."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.messages import Problem, Report
    from shopdesk.ui import widgets as w

Message = dict[str, Any]


class Editor(QWidget):
    """One form. `changed` when its message is another one.

    What it cannot write it must not lose: whoever makes it compares `message()` with what it was given.
    """

    changed = Signal()

    @abstractmethod
    def message(self) -> Message:
        """Return the message in LINE's form, as far as it is written."""

    def places(self) -> Iterator[tuple[str, w.Field]]:
        """Yield each field with its place in the message, in LINE's words; problems inside a place stand there too."""
        yield from ()

    def first(self) -> QWidget | None:
        """Return what the caret goes to."""
        return next((field.control for _place, field in self.places()), None)

    def bring(self, place: str) -> None:
        """Make the field of a place visible, where the form shows only a part of the message."""

    def own_problems(self, _bubble: int) -> tuple[Problem, ...]:
        """Return what is wrong with what is written beyond what its message shows."""
        return ()

    def show_report(self, report: Report, bubble: int, *, insist: bool) -> list[Problem]:
        """Show counters and problems at their fields and return the problems that have none.

        What is only empty yet is not said before somebody wants to go on (`insist`).
        """
        wanted = [one for one in report.problems if one.bubble == bubble and (insist or one.code != "empty")]
        for place, field in self.places():
            here = [one for one in report.of(bubble, place) if one in wanted]
            wanted = [one for one in wanted if one not in here]
            field.set_error(here[0].sentence if here else "")
            length = report.length(bubble, place)
            if length is not None and isinstance(field, Said):
                field.set_count(f"{length.used:,} / {length.most:,}", over=length.used > length.most)
        return wanted

    def problem_place(self, report: Report, bubble: int) -> QWidget | None:
        """Return the input of the first problem."""
        found = next((one for one in report.problems if one.bubble == bubble), None)
        if found is None:
            return None
        self.bring(found.field)
        for place, field in self.places():
            if found in report.of(bubble, place):
                return field.control
        return self.first()
