"""Names for the people of the rehearsal, the same ones at every start."""

from __future__ import annotations

import hashlib

_FAMILY_WORDS = (
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 "
    "山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 "
    "斉藤 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 髙橋"
)
_GIVEN_WORDS = (
    "美咲 陽菜 さくら 結衣 葵 凛 七海 美優 彩花 千尋 真由美 恵子 由美子 久美子 裕子 智子 直美 香織 麻衣 愛 "
    "ひなた 莉子 優奈 琴音 楓 翔太 大輔 健太 拓也 直樹 誠 健一 浩 和也 隆 蓮 悠斗 大翔 陽翔 湊 "
    "樹 蒼 颯太 悠真 秀樹 清 茂 実 勝 博 洋子 幸子 節子 文子 京子 春香 詩織 舞 遥 あゆみ"
)
_NICK_WORDS = "みさき ゆい さくら♪ ひな なな kenta Yuki あおい takuya Mami しょうちゃん ちひろ RIN haru* まこと"
_FAMILY, _GIVEN, _NICK = _FAMILY_WORDS.split(), _GIVEN_WORDS.split(), _NICK_WORDS.split()
_NICK_EVERY = 5


def friend_id(number: int) -> str:
    """Return the LINE user id of the rehearsal's friend of that number: `U` and 32 hex digits."""
    return "U" + hashlib.sha256(f"rehearsal friend {number}".encode()).hexdigest()[:32]


def display_name(user_id: str) -> str:
    """Return the name that person shows on LINE: mostly family and given name, some a nickname."""
    seed = int.from_bytes(hashlib.sha256(f"name of {user_id}".encode()).digest()[:8])
    seed, nick = divmod(seed, _NICK_EVERY)
    if nick == 0:
        return _NICK[seed % len(_NICK)]
    seed, family = divmod(seed, len(_FAMILY))
    return f"{_FAMILY[family]} {_GIVEN[seed % len(_GIVEN)]}"
