"""What a site builds in to send its members here and to read the answer: ready to copy, in the languages sites are written in."""

from __future__ import annotations

from typing import Literal, get_args

from shopdesk.paths import resources

Language = Literal["php", "python", "node"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_FILES: dict[Language, str] = {"php": "sign_in.php", "python": "sign_in.py", "node": "sign_in.mjs"}


def written(language: Language, address: str, back: str) -> str:
    """Return the program with the address to which the site sends its members, and the one to which they come back."""
    text = (resources() / "sign_in" / _FILES[language]).read_text(encoding="utf-8")
    # In PHP an apostrophe, which may stand in an address, would end the text; before it a backslash is read alike in all three.
    return text.replace("%ADDRESS%", address).replace("%RETURN%", back.replace("'", "\\'"))
