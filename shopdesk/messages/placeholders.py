"""`{name}` and `{name|default}` in texts: read, checked and filled in. `{{` and `}}` stand for the signs themselves.

Besides the name there is what stands on a person's shop card: its points, how many expire next, and on which day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.japanese import clean
from shopdesk.messages.records import MessageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

NAME = "name"
CARD_POINTS, EXPIRING_POINTS, EXPIRES_ON = "card_points", "expiring_points", "expires_on"
DEFAULTS = {NAME: "お客さま", CARD_POINTS: "0", EXPIRING_POINTS: "0", EXPIRES_ON: "なし"}
KNOWN = tuple(DEFAULTS)
# The longest that can be filled in of what stands on a card.
LONGEST = {CARD_POINTS: "1,000,000", EXPIRING_POINTS: "1,000,000", EXPIRES_ON: "12月31日"}
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}|]*)(?:\|([^{}]*))?\}|[{}]")


def used(text: str, foreign: Collection[str] = ()) -> set[str]:
    """Return the placeholders a text uses; `foreign` are names that are LINE's own (textV2's substitutions).

    Raises:
        MessageError: one is not known, or a brace stands alone.
    """
    found: set[str] = set()

    def note(name: str, _default: str | None) -> str:
        found.add(name)
        return ""

    _replaced(text, note, foreign, keep_escapes=True)
    return found


def filled(text: str, values: Mapping[str, str], foreign: Collection[str] | None = None) -> str:
    """Return the text as one person reads it: a value that is missing or blank becomes the default.

    Args:
        text: With placeholders, checked before by `used`.
        values: What is known of this person; never read as placeholders themselves.
        foreign: Given for a textV2: names left to LINE; escapes stay, and values are escaped, for LINE reads them again.
    """

    def value(name: str, default: str | None) -> str:
        known = clean(values.get(name, "")).strip()
        shown = known or (DEFAULTS[name] if default is None else default)
        return shown if foreign is None else shown.replace("{", "{{").replace("}", "}}")

    return _replaced(text, value, foreign or (), keep_escapes=foreign is not None)


def _replaced(
    text: str, value: Callable[[str, str | None], str], foreign: Collection[str], *, keep_escapes: bool
) -> str:
    if "{" not in text and "}" not in text:
        return text

    def one(found: re.Match[str]) -> str:
        whole, name = found[0], (found[1] or "").strip()
        if whole in {"{{", "}}"}:
            return whole if keep_escapes else whole[0]
        if whole in {"{", "}"}:
            raise MessageError(
                _("A “{brace}” stands alone in the text. Write it twice to show the sign itself.").format(brace=whole)
            )
        if name in foreign:
            return whole
        if name not in KNOWN:
            raise MessageError(
                _("There is no placeholder {placeholder}. There are {known}; write {{{{ for the sign itself.").format(
                    placeholder=whole, known=", ".join(f"{{{one}}}" for one in KNOWN)
                )
            )
        return value(name, found[2])

    return _TOKEN.sub(one, text)
