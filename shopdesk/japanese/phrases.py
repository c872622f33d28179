"""Where a line of Japanese may end: between two phrases, not inside a word as `くだ|さい` or `500|円`."""

from __future__ import annotations

import re

_JOINER = "\N{WORD JOINER}"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_KANA, _OTHER = r"\u3041-\u309f", r"\u30a0-\u30ff\u3400-\u9fff\uf900-\ufaff々〆"
_KATAKANA = r"\u30a0-\u30ff"
_OPENING, _CLOSING = "「『（“", "、。！？」』）”・…"
_PARTICLES = "はがをにでともやのへ"
_UNIT, _COUNTED = rf"(?<=\d) (?=[{_KANA}{_OTHER}])", rf"(?<=[{_OTHER}]) (?=\d)"
_AFTER_LATIN = rf"(?<=[A-Za-z]) (?=[{_PARTICLES}])"  # LINE で
# No line ends between two signs of which one is Japanese, but:
_INSIDE = re.compile(
    rf"(?<=[{_KANA}{_OTHER}])(?=[^\s{_OPENING}])|(?<=[^\s{_CLOSING}])(?=[{_KANA}{_OTHER}])",
)
_PHRASE_BEGINS = re.compile(
    rf"(?<=[{_KANA}])(?<![おご])(?<!もう)(?<![{_OTHER}][^{_PARTICLES}])(?=[^{_KANA}\sー方{_CLOSING}])"  # after kana, but 焼き菓子
    rf"|(?<=[{_KANA}])(?=[おご][{_OTHER}])"  # before what is honoured: に|お会計
    rf"|(?<=[{_CLOSING}])"
)


_WORD_BEGINS = re.compile(
    rf"(?<=[{_KATAKANA}])(?=[^{_KATAKANA}\s])|(?<=[^{_KATAKANA}\s{_OPENING}])(?=[{_KATAKANA}])|(?<=[円%％])(?=引)"
)


def phrased(text: str, *, narrow: bool = False) -> str:
    """Return a text that breaks between its phrases only; a phrase that is longer than a line breaks as before.

    `narrow` lets it break within a phrase too, where katakana begin or end before a number, and before what comes off: コーヒー|1杯|サービス,
    500円|引き.
    """
    held = f"{_UNIT}|{_AFTER_LATIN}"
    said = re.sub(held if narrow else f"{held}|{_COUNTED}", _NO_BREAK, text)
    free = {found.start() for found in _PHRASE_BEGINS.finditer(said)}
    if narrow:
        free |= {found.start() for found in _WORD_BEGINS.finditer(said)}
    at = [found.start() for found in _INSIDE.finditer(said) if found.start() not in free]
    parts = [said[begin:end] for begin, end in zip([0, *at], [*at, len(said)], strict=True)]
    return _JOINER.join(parts)
