"""How like two questions are: the cosine of their single and paired characters, folded, without what only asks politely."""

from __future__ import annotations

import re
from functools import lru_cache
from math import sqrt

from shopdesk.japanese import fold, grams, nfkc

_MOST_LETTERS, _MOST_SENTENCES = 300, 8
"""Of a long letter the beginning is compared: nobody may keep the machine busy."""
_SENTENCES = re.compile(r"[。．.!！?？\n]+")
_SIGNS = re.compile(r"[\W_]+")
# Greetings, requests, the endings of verbs, particles: they stand in every question and tell none from another. Cut before
# kana are folded, where words of content are mostly kanji and katakana; the same is cut from both sides.
_POLITE = re.compile(
    "すみませんが?|すいませんが?|こんにちは|こんばんは|おはようございます|はじめまして|お世話に(?:なります|なっております)|"
    "よろしくお願い(?:いた)?します|教えて|おしえて|聞きたい|知りたい|伺いたい|お願い(?:し|いたし)?(?:たい|ます)?|"
    "(?:下さ|くださ)い|いただけ|頂け|もらえ|でき|出来|可能|(?:あり|ござい)(?:ませ|まし|ます)?|ある|でしょう|"
    "ますよ?ね?|ませんか?|です(?:よね|が)?|します|する|したい|たい|について|くらい|ぐらい|ごろ|って|ので|んで|けど|から|"
    "[はがをのにでともやかねよ]"
)


def likeness(said: str, question: str) -> float:
    """Return how like a text is to a question, 0 to 1; of a text of several sentences the likest one counts."""
    wanted, said = _grams(question), said[:_MOST_LETTERS]
    parts = (said, *_SENTENCES.split(said, maxsplit=_MOST_SENTENCES))
    return max(_cosine(_grams(one), wanted) for one in parts)


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


@lru_cache(maxsize=4096)
def _grams(text: str) -> frozenset[str]:
    plain = _SIGNS.sub("", nfkc(text))
    return frozenset(grams(fold(_POLITE.sub("", plain) or plain)))
