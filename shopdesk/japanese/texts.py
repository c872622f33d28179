"""Texts and names: cleaned, in one width, folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from operator import add

DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\u2500\uff0d\uff70~\u301c]")
_DIRTY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_SPACES = re.compile(r"\s+")
UNSEEN = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_PLAIN_NAME = re.compile("[ \u30a1-\u30fa\u30fc\u4e00-\u9fff]+")
"""Katakana and kanji of full width: folding takes their spaces and joins their shapes, and that is all."""
_WIDTHS = re.compile("[\u3000\uff01-\uffef\u3099\u309a]+")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
# Shapes of one and the same kanji that people type either way when they look for a name.
_SAME_KANJI = {ord(shape): plain for shape, plain in zip("髙﨑𠮷德", "高崎吉徳", strict=True)}


def clean(text: str) -> str:
    """Return `text` without what databases and screens choke on: NUL, controls but newline and tab, lone surrogates."""
    if text.isprintable() or _DIRTY.search(text) is None:
        return text
    return _DIRTY.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def nfkc(text: str) -> str:
    """Return the cleaned text in one width: ＡＢＣ１２３ → ABC123, ｶﾅ → カナ."""
    return clean(text) if text.isascii() else unicodedata.normalize("NFKC", clean(text))


def tidy(text: str) -> str:
    """Return the text to show: one width for letters and kana, single spaces, the kanji as the person writes them."""
    if text.isprintable() and "  " not in text and not _WIDTHS.search(text):  # only the plain space is printable
        return text.strip(" ")
    text = clean(text)
    if not text.isascii():
        text = _WIDTHS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return the text for comparing and searching: one width, katakana, lower case, no spaces. Idempotent."""
    if text.isascii():
        return UNSEEN.sub("", clean(text).lower())
    if _PLAIN_NAME.fullmatch(text):  # nearly all names, five times faster
        return text.replace(" ", "").translate(_SAME_KANJI)
    for _ in range(3):  # composing kana and folding case can each open a new step: a few letters need a second round
        before = text
        text = unicodedata.normalize("NFKC", UNSEEN.sub("", clean(text))).casefold()
        text = unicodedata.normalize("NFKC", text.translate(_TO_KATAKANA).translate(_SAME_KANJI))
        if text == before:
            break
    return text


def grams(text: str) -> tuple[str, ...]:
    """Return the distinct single and paired characters of a folded text, for the search index."""
    return tuple(dict.fromkeys((*text, *map(add, text, text[1:]))))


def kana(text: str) -> str:
    """Return a reading in full-width katakana with single spaces."""
    return unicodedata.normalize("NFKC", tidy(nfkc(text)).translate(_TO_KATAKANA)) if text else ""


def name(text: str) -> str:
    """Return a person's name to show: 「見本　太郎 様」 → 「見本 太郎」."""
    tidied = tidy(text)
    while len(tidied) > 1 and tidied.endswith("様"):
        tidied = tidied[:-1].rstrip()
    return tidied


def family_first(text: str) -> str:
    """Return a name written given name first in Japanese order. Names in Latin letters stay as they are."""
    tidied = name(text)
    parts = tidied.split(" ")
    if len(parts) != 2 or tidied.isascii():  # noqa: PLR2004 - a given and a family name
        return tidied
    return f"{parts[1]} {parts[0]}"


_SEXES = {"男": "male", "男性": "male", "m": "male", "male": "male", "女": "female", "女性": "female", "f": "female"}


def sex(text: str) -> str:
    """Return `male`, `female`, or '' where it is not said."""
    return _SEXES.get(fold(text), "female" if fold(text) == "female" else "")
