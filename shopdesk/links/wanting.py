"""What a shop may say of a source."""

from __future__ import annotations

import re
from dataclasses import replace

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.japanese import clean, tidy
from shopdesk.links.records import COLOURS, WAYS, Wanted

LONGEST_NAME, LONGEST_WORDS = 20, 60
"""Letters: of the name and the note, and of each text that is printed."""
MOST_LINES = 3
_PICTURE = re.compile(r"|[A-Za-z0-9_-]{22}")


def checked(wanted: Wanted) -> Wanted:
    """Return it tidied. Raises InvalidInputError."""
    name, note = tidy(wanted.name), tidy(wanted.note)
    if not name or max(len(name), len(note)) > LONGEST_NAME:
        raise InvalidInputError(
            _("Name the place of the code in up to {n} letters, and its note too.").format(n=LONGEST_NAME)
        )
    if wanted.way not in WAYS:
        raise InvalidInputError(_("A code opens one of {ways}. Choose one of them.").format(ways=", ".join(WAYS)))
    if wanted.colour not in COLOURS:
        raise InvalidInputError(_("The colour is one of {colours}.").format(colours=", ".join(COLOURS)))
    if not (_PICTURE.fullmatch(wanted.picture) and _PICTURE.fullmatch(wanted.logo)):
        raise InvalidInputError(_("Choose a picture that the shop keeps."))
    return replace(wanted, name=name, note=note, headline=_words(wanted.headline), offer=_words(tidy(wanted.offer)))


def _words(said: str) -> str:
    lines = [tidy(line) for line in clean(said).strip().split("\n")]
    if len(lines) > MOST_LINES or sum(map(len, lines)) > LONGEST_WORDS:
        sentence = _("What is printed has at most {n} letters in {lines} lines. Say it shorter.")
        raise InvalidInputError(sentence.format(n=LONGEST_WORDS, lines=MOST_LINES))
    return "\n".join(lines)
