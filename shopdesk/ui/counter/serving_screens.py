"""All the screens on which somebody is served."""

from __future__ import annotations

from shopdesk.ui.counter.choosing import Choosing
from shopdesk.ui.counter.person import Person
from shopdesk.ui.counter.result import Result
from shopdesk.ui.counter.undoing import Undoing
from shopdesk.ui.counter.waiting import Waiting
from shopdesk.ui.counter.walk_in import WalkIn


class Screens:
    """The screens of serving somebody."""

    def __init__(self, *, only_notes: bool) -> None:
        self.waiting, self.choosing, self.person = Waiting(only_notes=only_notes), Choosing(), Person()
        self.result, self.undoing, self.walk_in = Result(), Undoing(), WalkIn()

    def all(self) -> tuple[Waiting | Choosing | Person | Result | Undoing | WalkIn, ...]:
        """Return each of them."""
        return self.waiting, self.choosing, self.person, self.result, self.undoing, self.walk_in
