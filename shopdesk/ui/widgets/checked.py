"""Which rows are checked, when most of the rows are not here: all but some, or none but some."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable


class Checked:
    """A set of keys that can also be everything but a set of keys."""

    def __init__(self) -> None:
        self.every = False
        self.keys: frozenset[Hashable] = frozenset()

    def __contains__(self, key: Hashable) -> bool:
        return (key in self.keys) != self.every

    def toggle(self, key: Hashable) -> None:
        """Check a key, or take its check away."""
        self.keys ^= {key}

    def toggle_all(self) -> None:
        """Check everything; where anything is checked, nothing."""
        self.every, self.keys = not (self.every or self.keys), frozenset()

    def clear(self) -> None:
        """Check nothing."""
        self.every, self.keys = False, frozenset()

    def count(self, total: int) -> int:
        """Return how many of `total` rows are checked."""
        return total - len(self.keys) if self.every else len(self.keys)
