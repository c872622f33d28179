"""What a friend-add code is printed as: the paper, and how many pieces of which size lie on it. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.i18n import N_

_A4 = (210.0, 297.0)
_A6 = (105.0, 148.0)


@dataclass(frozen=True)
class Form:
    """A kind of print. `wide` pieces have the code at the left and the words beside it; `lines` are there to cut along."""

    key: str
    title: str
    paper: tuple[float, float]
    across: int
    down: int
    piece: tuple[float, float]
    wide: bool = False
    lines: bool = False

    @property
    def places(self) -> int:
        """How many pieces lie on a sheet."""
        return self.across * self.down

    def corner(self, place: int) -> tuple[float, float]:
        """Return the left and top of a piece, counted from 0 row by row; all of them lie in the middle of the sheet."""
        (width, height), (whole, high) = self.piece, self.paper
        left, top = (whole - self.across * width) / 2, (high - self.down * height) / 2
        return left + place % self.across * width, top + place // self.across * height


POSTER = Form("a4", N_("Poster A4"), _A4, 1, 1, _A4)
FORMS = (
    POSTER,
    Form("a6", N_("Stand A6"), _A6, 1, 1, _A6),
    Form("stickers", N_("Seals"), _A4, 3, 8, (66.0, 33.9), wide=True),
    Form("cards", N_("Shop cards"), _A4, 2, 5, (91.0, 55.0), wide=True, lines=True),
    Form("insert", N_("Parcel card"), _A4, 2, 2, _A6, lines=True),
)
