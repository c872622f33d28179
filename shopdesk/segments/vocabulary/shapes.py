"""Fields that look alike: numbers, dates, choices, and yes or no."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import N_, _
from shopdesk.segments.fields import CHOICES, DATES, NUMBERS, Field
from shopdesk.segments.reading import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

number = partial(Field, kind="number", comparisons=NUMBERS)
date = partial(Field, kind="date", comparisons=DATES, unit=N_("days"), of_product=True)
choice = partial(Field, kind="choice", comparisons=CHOICES)
flag = partial(Field, kind="flag", comparisons=("is",))


def listed(key: str, title: str, where: Any, say: Any, choices: tuple[tuple[str, str], ...], **more: Any) -> Field:
    """Return a field that takes these words only."""
    return choice(key, title, where=where, say=say, choices=choices, normal=one_of(choices), **more)


def one_of(choices: tuple[tuple[str, str], ...], also: dict[str, str] | None = None) -> Callable[[str], str]:
    """Return what reads one of these words, or another word for one of them."""
    known = {key: key for key, _title in choices} | (also or {})

    def normal(text: str) -> str:
        if text not in known:
            raise UnreadableError(_("one of {known} is expected").format(known=", ".join(known)))
        return known[text]

    return normal
