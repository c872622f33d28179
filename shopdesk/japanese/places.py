"""The prefectures, whatever way they are named."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from shopdesk.japanese.texts import UNSEEN, nfkc

_NAMES = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県
東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県
滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県
香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
_ROMAN = """
hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa niigata
toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara wakayama tottori shimane
okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita miyazaki kagoshima okinawa
"""
PREFECTURES = tuple(_NAMES.split())
"""The 47 by their JIS numbers, from 1."""
_PREFECTURES: dict[str, str] = {
    word: full
    for number, (full, roman) in enumerate(zip(PREFECTURES, _ROMAN.split(), strict=True), 1)
    for word in (
        full,
        full if number == 1 else full[:-1],
        roman,
        f"jp-{number:02}",
        f"jp{number:02}",
        str(number),
        f"{number:02}",
    )
}
_IN_ADDRESS = re.compile("|".join(PREFECTURES))


def prefecture(value: str | float | None) -> str | None:
    """Return 北海道 … 沖縄県 for a name, ISO 3166-2 code (`JP-01`), JIS number or Latin spelling; else None."""
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, str):
        return _PREFECTURES.get(f"{value:g}")
    return _prefecture_text(value)


@lru_cache(maxsize=1024)
def _prefecture_text(value: str) -> str | None:
    letters = unicodedata.normalize("NFKD", value.casefold())
    word = "".join(letter for letter in letters if not unicodedata.combining(letter))
    word = UNSEEN.sub("", unicodedata.normalize("NFKC", word)).strip("'")
    return _PREFECTURES.get(word) or _PREFECTURES.get(re.sub("-?(ken|fu|to|prefecture)$", "", word))


def prefecture_of(address: str) -> str | None:
    """Return the prefecture an address begins with, or None."""
    found = _IN_ADDRESS.match(nfkc(address).lstrip("〒0123456789- "))
    return found[0] if found else None
