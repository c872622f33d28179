"""A survey as it is after some days: answered by the regulars, on its page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.surveys import Form, Option, Person, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.shop import Shop

ANSWERED, BEGUN = 28, 3
_DAYS = 9
_CAKES = ("いちごの生クリーム", "栗のモンブラン", "チョコレート", "チーズケーキ", "そのほか")
_TIMES = ("午前", "12〜14 時", "14〜16 時", "16〜18 時", "夜")
_SAID = (
    "卵を使わないケーキがあるとうれしいです。",
    "モンブランの甘さがちょうどよかったです。",
    "小さいサイズも作ってほしい。",
    "",
)
# What each of the regulars says, by their turn.
_LIKES = (0, 0, 1, 2, 0, 1, 3, 0, 2, 1, 0, 2, 4)
_GIVES = (5, 5, 4, 3, 5, 4, 5, 2, 4, 5, 3, 4, 5, 1)


def bring_survey(shop: Shop, people: Sequence[int]) -> int:
    """Ask regulars about winter's cakes and let them answer; return the survey's number."""
    cakes = tuple(Option(label, tag="いちごが好き" if place == 0 else "") for place, label in enumerate(_CAKES))
    questions = (
        Question("ケーキ", "冬に食べたいケーキはどれですか", "one", options=cakes),
        Question("受け取り", "受け取りの時間", "several", options=tuple(map(Option, _TIMES))),
        Question("すすめたいか", "お店をすすめたいですか", "rating", low="すすめない", high="ぜひすすめたい"),
        Question("ひとこと", "ひとこと", "text", required=False),
    )
    form = Form(
        "冬のケーキについて",
        "冬のケーキについて",
        questions,
        intro="これからの商品づくりの参考にします。",
        thanks="ありがとうございました。",
        closes=start_of_japan_day(japan_day(shop.clock.now()) + timedelta(days=_DAYS)),
        keyword="冬のケーキ",
    )
    survey = shop.surveys.publish(shop.surveys.create(form).id)
    for turn, who in enumerate(people[: ANSWERED + BEGUN]):
        said = (
            [_CAKES[_LIKES[turn % len(_LIKES)]]],
            [_TIMES[turn * 3 % 5], _TIMES[2]] if turn % 3 else [_TIMES[turn % 5]],
            [str(_GIVES[turn % len(_GIVES)])],
            [_SAID[turn % len(_SAID)]],
        )
        for question, texts in zip(questions[: len(said) if turn < ANSWERED else 1], said, strict=False):
            shop.surveys.answering.answer(survey.id, Person(who), question.name, texts, version=survey.version)
    return survey.id
