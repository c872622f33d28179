"""Which order numbers went by, in four megabytes whatever their count."""

from __future__ import annotations

_BITS = 1 << 25


class Seen:
    """A Bloom filter: never forgets a number it met; says "maybe" for one in 250 that it did not, at a million.

    A false "maybe" does no harm: the importer looks the number up among what it staged.
    """

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def maybe(self, number: str) -> bool:
        """Say whether the number may have been added."""
        first, second = _places(number)
        return bool(self._bits[first >> 3] >> (first & 7) & 1 and self._bits[second >> 3] >> (second & 7) & 1)

    def add(self, number: str) -> bool:
        """Add the number; return whether it may have been there."""
        first, second = _places(number)
        bits = self._bits
        there = bits[first >> 3] >> (first & 7) & 1 and bits[second >> 3] >> (second & 7) & 1
        bits[first >> 3] |= 1 << (first & 7)
        bits[second >> 3] |= 1 << (second & 7)
        return bool(there)


def _places(number: str) -> tuple[int, int]:
    hashed = hash(number)
    return hashed % _BITS, (hashed >> 25) % _BITS
