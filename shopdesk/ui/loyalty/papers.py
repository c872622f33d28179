"""The papers that cards are printed on: where each card lies, in millimetres from the corner of the paper."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.i18n import N_


@dataclass(frozen=True)
class Paper:
    """A sheet. `lines`: it is no label sheet, so lines are drawn to cut along; `small`: a card has room for one QR code only."""

    key: str
    title: str
    width: float
    height: float
    across: int
    down: int
    card: tuple[float, float]
    lines: bool = False
    small: bool = False

    @property
    def places(self) -> int:
        """How many cards lie on a sheet."""
        return self.across * self.down

    def corner(self, place: int) -> tuple[float, float]:
        """Return the left and top of a place, counted from 0 row by row; the cards lie in the middle of the sheet."""
        width, height = self.card
        left, top = (self.width - self.across * width) / 2, (self.height - self.down * height) / 2
        return left + place % self.across * width, top + place // self.across * height


_A4 = (210.0, 297.0)
NAME_CARD = (91.0, 55.0)
PLAIN = Paper("plain", N_("Plain A4, 10 on a sheet, with lines to cut"), *_A4, 2, 5, NAME_CARD, lines=True)
PAPERS = (
    Paper("labels-10", N_("A4 name cards, 10 on a sheet (91 × 55 mm)"), *_A4, 2, 5, NAME_CARD),
    Paper("labels-24", N_("A4 labels, 24 on a sheet (66 × 33.9 mm)"), *_A4, 3, 8, (66.0, 33.9), small=True),
    PLAIN,
    Paper("single", N_("One card a page (91 × 55 mm)"), *NAME_CARD, 1, 1, NAME_CARD),
)
