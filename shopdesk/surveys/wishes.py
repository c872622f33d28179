"""What a friend sends to answer a survey in the talk: its page types it for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.japanese import fold

if TYPE_CHECKING:
    from shopdesk.surveys.records import Survey

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
"""What stands in the address of a survey's page."""
POSTBACK = "survey"
_WORD = "アンケート"
_TYPED = re.compile(rf"{_WORD}[\s:：]+(.+)")


def starts(key: str) -> str:
    """Return the data of a button that begins a survey in the talk, or goes on; those of its questions add to it."""
    return f"{POSTBACK}={key}"


def typed(survey: Survey) -> str:
    """Return what a friend sends into the talk to begin a survey."""
    return survey.form.keyword or f"{_WORD} {survey.page_key}"


def asks_which(said: str) -> bool:
    """Say whether a friend wrote that they would like to answer a survey, and not which."""
    return fold(said) == fold(_WORD)


def key_in(said: str) -> str:
    """Return the key of a survey's page in what a friend wrote or tapped, '' where that is none."""
    found = named_in(said) or said
    return found if KEY.fullmatch(found) else ""


def named_in(said: str) -> str:
    """Return the survey's name, keyword or key in what a friend wrote, '' where they name none."""
    found = _TYPED.fullmatch(said.strip())
    return found[1] if found else ""
