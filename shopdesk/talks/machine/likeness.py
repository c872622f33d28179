"""How like two questions are: the cosine of their pairs of characters, folded, without the polite words around them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from shopdesk.japanese import fold

_SENTENCES = re.compile(r"[。．.!！?？\n]+")
_SIGNS = re.compile(r"[\W_]+")
# What a question says beside what it asks, folded; the same goes from both sides, so a word that is cut stays comparable.
_POLITE = re.compile(
    "スミマセンガ?|スイマセンガ?|コンニチハ|コンバンハ|オハヨウゴザイマス|ハジメマシテ|オ世話ニナリマス|"
    "(?:ヲ|ニツイテ|カ)?(?:教エテ|オシエテ|聞キタイ|知リタイ|伺イタイ)(?:クダサイ|下サイ|ホシイ|イタダケマスカ|モラエマスカ)?|"
    "オ願イ(?:シマス|デキマスカ)|デショウカ|デスカ|マスカ|マセンカ|デスヨネ|デス|マス|ノデ|ンデ|デスガ|カナ"
)


def likeness(said: str, question: str) -> float:
    """Return how like a text is to a question, 0 to 1; of a text of several sentences the likest one counts."""
    wanted = _pairs(question)
    parts = (said, *_SENTENCES.split(said)) if _SENTENCES.search(said.strip()) else (said,)
    return max(_cosine(_pairs(one), wanted) for one in parts)


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    """The distinct pairs of characters; of a text of one character that one."""
    core = _SIGNS.sub("", fold(text))
    core = _POLITE.sub("", core) or core
    return frozenset(map("".join, pairwise(core))) or frozenset(core)
