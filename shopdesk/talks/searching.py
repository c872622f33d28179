"""Finding what was said: kana, width and case folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.search_index import SearchIndex

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

INDEX = SearchIndex("talk_search", "message_id")


def index(session: Session, message_id: int, words: str) -> None:
    """Put what a new message says into the index."""
    grams = japanese.grams(japanese.fold(words))
    if grams:
        INDEX.put(session, {message_id: grams})


def candidates(session: Session, words: str) -> Select[int] | None:
    """Return the query for the messages that may contain every word; None where there is nothing to look for."""
    folded = [(one,) for one in map(japanese.fold, words.split()) if one]
    return INDEX.candidates(session, folded) if folded else None


def contains(said: str, words: str) -> bool:
    """Say whether a text contains every word."""
    folded = japanese.fold(said)
    return all(japanese.fold(one) in folded for one in words.split())
