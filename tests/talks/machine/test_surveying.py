"""A survey inside the talk: real webhooks, quick replies that are tapped, and what comes as the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shopdesk.cards import Rules
from shopdesk.coupons import Offer, typed
from shopdesk.customers import NewCustomer
from shopdesk.gateway.survey_parts import thanks
from shopdesk.menus import Action
from shopdesk.messages import draft, text
from shopdesk.rehearsal.talk import act
from shopdesk.surveys import Person, starts
from shopdesk.talks.machine.questions import Tap, tapped
from shopdesk.verify import verify
from tests.gateway.conftest import text as said_late
from tests.menus.menus import filled, plan, published as published_menu
from tests.surveys.conftest import SKIN, answer_all, published
from tests.talks.machine.conftest import Friend, rule, settled
from tests.until import until

MORE = [
    {"name": "生年月日", "title": "お誕生日は", "kind": "date", "required": False},
    {"name": "電話", "title": "お電話", "kind": "phone", "consent": "お届けの連絡"},
]


def buttons(friend: Friend) -> dict[str, dict[str, Any]]:
    """What can be tapped under the last message."""
    items = friend.received()[-1].get("quickReply", {}).get("items", [])
    return {one["action"]["label"]: one["action"] for one in items}


def tap(friend: Friend, label: str, **more: str) -> str:
    """Tap a button; return the last text that came."""
    return friend.does(tap={"action": buttons(friend)[label], **more})[-1]


def test_one_question_at_a_time_back_again_and_a_coupon_at_the_end(sqlite_line, sqlite_friend, clock):
    shop, friend = sqlite_line.shop, sqlite_friend
    shop.settings.set("public_url", "https://shop.example.jp")
    shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    survey = published(
        shop,
        questions=[*SKIN["questions"], *MORE],
        keyword="アンケート",
        poll=True,
        gift={"coupon": "お礼"},
        **{"from": "2026-11-22", "until": "2026-12-31"},
    )
    shop.talks.machine.rules.add(rule("営業時間", "contains", "時間"))
    assert friend.says("ほほ") == []  # nothing is being asked yet
    title, first = friend.says("ｱﾝｹｰﾄ")
    assert (title, first) == ("お肌について", "6 問中 1 問目\nお肌の悩みはどれですか")
    assert list(buttons(friend)) == ["乾燥", "べたつき", "ない", "ここでやめる"]
    early = buttons(friend)["べたつき"]
    assert tap(friend, "乾燥") == "6 問中 2 問目\nどこが気になりますか\n2 つまで選べます。"
    assert tap(friend, "目").endswith("選択中: 目")
    assert list(buttons(friend)) == ["これで決める", "ほほ", "口", "もどる", "ここでやめる"]
    assert tap(friend, "ほほ") == "6 問中 3 問目\nいつ使いますか"  # two are the most
    assert tap(friend, "もどる").endswith("2 つまで選べます。")
    assert friend.says("3、ほほ")[-1].endswith("いつ使いますか")
    assert friend.says("戻る")[-1].endswith("2 つまで選べます。")
    assert friend.does(tap={"action": early})[-1].endswith("いつ使いますか")  # an old button changes its answer
    assert friend.says("朝の時間に")[-1].startswith("6 問中 4 問目\nすすめたいですか\n1 いいえ\n5 はい")
    words = "ここまでのお答えは残しています。続きはいつでもどうぞ。"
    assert tap(friend, "ここでやめる") == words
    go_on = buttons(friend)["つづける"]
    assert friend.says("時間は") == ["営業時間です"]
    assert friend.does(tap={"action": go_on})[-1].startswith("6 問中 4 問目")
    assert friend.says("9") == ["1〜5 の数字でお答えください。", "6 問中 4 問目\nすすめたいですか\n1 いいえ\n5 はい"]
    assert tap(friend, "4") == "6 問中 5 問目\nお誕生日は"
    clock.move(timedelta(hours=30))
    assert friend.says("昨日はどうも") == []  # long ago: it is no answer any more
    assert friend.does(postback=starts(survey.page_key))[-1].startswith("6 問中 5 問目")
    assert tap(friend, "日付を選ぶ", picked="1990-12-03").endswith("お答えの使い道: お届けの連絡")
    first_agree, again = friend.says("090-1234-5678")
    assert ("同意" in first_agree, again.endswith("お届けの連絡")) == (True, True)
    agree = buttons(friend)["同意する"]
    assert friend.says("同意します")[-1] == "6 問中 6 問目\nお電話"  # where the buttons are not shown it is written
    assert friend.does(tap={"action": agree})[-1] == "6 問中 6 問目\nお電話"
    last = friend.says("090-1234-5678")
    assert last[0].startswith("ありがとうございました。\n\nお肌の悩みはどれですか\n乾燥 0%\nべたつき 100%")
    assert "「連携」" in last[0]
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    shop.friends.link(friend.user_id, hana)
    assert friend.says("アンケート")[0].startswith("ご回答は受け取りました")
    card = friend.received()[-1]["contents"]["footer"]["contents"][0]["action"]["uri"]
    assert card.startswith("https://shop.example.jp/coupon/")
    assert [one.coupon.offer.name for one in shop.coupons.held_by(hana)] == ["お礼"]
    found = shop.surveys.answering.look(survey.id, Person(hana))
    assert [found.answers[one["name"]].words for one in MORE] == [("1990-12-03",), ("090-1234-5678",)]
    assert (found.answers["肌の悩み"].picked, shop.surveys.outcome.of(survey.id).in_talk) == (("べたつき",), 1)
    assert friend.does(tap={"action": early})[0].startswith("ご回答は受け取りました")
    mine = {(one.author, one.way, one.state) for one in friend.talk() if one.by_machine and one.author != "営業時間"}
    assert mine == {("Survey", "reply", "accepted")}
    assert shop.talks.get(friend.id).waiting_since is not None  # for what they wrote that was no answer
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_a_person_may_take_over_and_an_anonymous_one_is_answered_on_its_page(sqlite_line, sqlite_friend):
    shop, friend = sqlite_line.shop, sqlite_friend
    days = [{"label": f"{day}日", "quota": 1 if day == 2 else None} for day in range(1, 15)]
    many = {"name": "日", "title": "いつ来ますか", "kind": "one", "options": days}
    survey = published(shop, questions=[many, SKIN["questions"][2]], keyword="予約")
    other = Person(shop.customers.add(NewCustomer(name="例示 太郎")).id)
    shop.surveys.answering.answer(survey.id, other, "日", ["2日"], version=1)
    asked = friend.says("予約")[-1]
    assert asked.startswith("2 問中 1 問目\nいつ来ますか\n1. 1日\n2. 2日\n")
    assert list(buttons(friend)) == ["ここでやめる"]
    stop = buttons(friend)["ここでやめる"]
    assert friend.says("2")[-1].endswith("いつ使いますか")
    shop.surveys.answering.answer(survey.id, other, "使い方", [], version=1)
    full, again = friend.does(tap={"action": buttons(friend)["とばす"]})
    assert full == "「2日」は定員に達しました。ほかをお選びください。"
    assert again.startswith("2 問中 1 問目")
    shop.talks.reply(friend.id, draft([text("はい")]))
    assert friend.says("3") == []  # a person has taken the talk over
    assert friend.does(tap={"action": stop})[-1].startswith("ここまでのお答えは")
    asked = friend.says("アンケート 肌のアンケート")[-1]  # by its name, as well
    assert ("\n2. " in asked, "\n3. 3日" in asked) == (False, True)  # what is taken up is not there to be chosen
    assert friend.says("アンケート 予約")[-1] == asked
    # Its own word begins it all the same, and what is asked is answered.
    assert friend.says("予約")[-1].startswith("2 問中 1 問目")
    assert friend.says("3日") == ["ありがとうございました。"]
    shop.talks.desk.take_over(friend.id, on=False)
    shop.surveys.close(survey.id)
    assert friend.does(postback=starts(survey.page_key)) == ["このアンケートは終了しました。ありがとうございました。"]
    hidden = published(shop, name="声", questions=[SKIN["questions"][3]], anonymous=True, keyword="声")
    assert friend.says("声") == ["このアンケートは終了しました。ありがとうございました。"]  # there is no page yet
    shop.settings.set("public_url", "https://shop.example.jp")
    friend.says("声")
    button = friend.received()[-1]["template"]["actions"][0]
    assert button["uri"] == f"https://shop.example.jp/survey/{hidden.page_key}"
    few = published(shop, name="先着", questions=SKIN["questions"][2:], keyword="先着", limit=1)
    assert friend.says("先着")[-1].endswith("いつ使いますか")
    answer_all(shop, few, other)
    assert friend.says("朝") == ["このアンケートは予定の数に達しました。ありがとうございました。"]
    assert friend.says("何時までですか") == []  # it is said once


WORDS: list[dict[str, Any]] = [
    {"name": "味", "title": "お味は", "kind": "one", "options": ["おいしい", "予約"]},
    {"name": "数", "title": "いくつ食べましたか", "kind": "number"},
    {"name": "声", "title": "ひとこと", "kind": "text"},
    {"name": "お名前", "title": "お名前は", "kind": "name", "consent": "お返事"},
]


def test_a_word_that_plainly_means_something_else_is_answered_and_a_button_leads_on(sqlite_line, sqlite_friend):
    shop, friend = sqlite_line.shop, sqlite_friend
    shop.settings.set("public_url", "https://shop.example.jp")
    shop.cards.design.publish(Rules())
    shop.talks.machine.rules.add(rule("営業時間", "contains", "時間", says="9時からです"))
    first = published(shop, name="味", questions=WORDS, keyword="味見")
    assert friend.says("アンケート")[-1] == "4 問中 1 問目\nお味は"  # there is only this one
    assert friend.says("営業時間は何時ですか")[0].startswith("表示されている中から")  # it only holds a keyword
    assert friend.says("時間") == ["9時からです"]
    assert list(buttons(friend)) == ["アンケートの続き"]
    assert tap(friend, "アンケートの続き") == "4 問中 1 問目\nお味は"
    friend.says("カード")
    assert list(buttons(friend)) == ["アンケートの続き"]
    assert friend.says("予約")[-1].endswith("食べましたか")  # an option is its answer before it is anything else
    assert friend.says("時間") == ["9時からです"]
    assert friend.says("もどる")[-1].endswith("お味は")
    assert friend.says("おいしい")[-1].endswith("食べましたか")
    assert friend.says("３個です")[-1].endswith("ひとこと")
    second = published(shop, name="髪のアンケート", questions=WORDS[:1], keyword="髪")
    published(shop, name="まだ", questions=WORDS[:1], **{"from": "2027-01-01"})
    assert "「連携」" in friend.says(typed("k" * 22))[0]  # what a page types is no free text
    assert friend.says(f"アンケート {second.page_key}")[-1].endswith("お味は")
    assert friend.says("やめる")[-1].startswith("ここまで")
    assert friend.does(postback=starts(first.page_key))[-1].endswith("ひとこと")
    friend.says("カード")  # free text: whatever it is
    assert tap(friend, "同意する").endswith("お名前は")
    assert friend.says("時間") == ["9時からです"]  # nobody is called that
    assert friend.says("見本 花子") == ["ありがとうございました。"]
    said = shop.surveys.answering.look(first.id, Person(friend_id=friend.id)).answers
    assert [one.words for one in said.values()] == [("おいしい",), ("3",), ("カード",), ("見本 花子",)]
    asked = friend.says("ｱﾝｹｰﾄ")[-1]
    assert asked == "どのアンケートにお答えになりますか。\n・髪のアンケート\n・味"
    assert tap(friend, "髪のアンケート").endswith("お味は")
    shop.talks.machine.rules.add(rule("入口", "exact", "アンケート", says="こちらです"))
    assert friend.says("アンケート") == ["こちらです"]  # the shop's own word
    shop.talks.machine.rules.remove(shop.talks.machine.rules.all()[-1].id)
    for number in range(12):
        published(shop, name=f"{number}", questions=WORDS[:1], keyword=f"番号{number}")
    friend.says("アンケート")
    assert list(buttons(friend)) == [
        *(f"{number}" for number in range(11, -1, -1)),
        "髪のアンケート",
    ]  # as many as LINE shows
    for one in shop.surveys.list():
        shop.surveys.close(one.id)
    assert friend.says("アンケート") == []


def test_a_question_that_was_not_put_is_put_again_and_a_late_answer_is_kept(sqlite_line, sqlite_friend, there, clock):
    shop, friend = sqlite_line.shop, sqlite_friend
    survey = published(shop, name="味", questions=WORDS[:3], keyword="味見")
    fault = there.rehearsal.faults
    for cut in ("before", "after"):  # LINE takes a reply token once: the question comes, and once
        fault.add({"endpoint": "reply", "cut": cut})
        assert friend.says("味見")[-1].endswith("お味は")
        assert friend.talk()[-1].state == "accepted"
        assert friend.says("やめる")[-1].startswith("ここまで")
    fault.add({"endpoint": "reply", "answer": 500, "times": 2})
    assert friend.says("味見") == []
    assert friend.talk()[-1].state == "unknown"
    again = "先ほどの質問が届いていないかもしれません。もう一度お送りします。"
    assert friend.says("おいしい") == [again, "3 問中 1 問目\nお味は"]
    answers = lambda: shop.surveys.answering.look(survey.id, Person(friend_id=friend.id)).answers  # noqa: E731
    assert answers() == {}
    assert tap(friend, "おいしい").endswith("食べましたか")
    late = said_late("3 個", "late", clock, after_s=-70, user=friend.user_id)
    sqlite_line.tell({**late, "replyToken": "0" * 32})
    settled(sqlite_line)
    assert answers()["数"].words == ("3",)
    unsaid = friend.talk()[-1]
    assert (unsaid.state, unsaid.words.splitlines()[-1]) == ("refused", "ひとこと")
    before = len(friend.talk())
    sqlite_line.tell({**late, "replyToken": "0" * 32})  # delivered again
    assert len(friend.talk()) == before
    shop.talks.again(unsaid.id)  # by push, as a person decides: then it was put
    assert friend.received()[-1]["text"].endswith("ひとこと")
    assert tap(friend, "もどる").endswith("食べましたか")
    two = [act(there.rehearsal, friend.user_id, {"text": said}) for said in ("4 個", "もしもし")]
    before = len(friend.received())
    sqlite_line.tell(
        *two
    )  # written one after the other while nobody answered: the second is no answer to what comes of the first
    settled(sqlite_line)
    assert [one["text"] for one in friend.received()[before:]] == ["3 問中 3 問目\nひとこと"]
    assert ([one.words for one in answers().values()]) == [("おいしい",), ("4",)]
    assert friend.says("おいしかったです") == ["ありがとうございました。"]


def test_what_is_said_of_a_gift_is_so(sqlite_line, sqlite_friend, clock):
    shop, friend = sqlite_line.shop, sqlite_friend
    shop.settings.set("shop_name", "みほん洋菓子店")
    shop.settings.set("public_url", "https://shop.example.jp")
    shop.cards.design.publish(Rules())
    shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    surveys = {
        "味": published(shop, name="味", questions=WORDS[:1], keyword="味見", gift={"points": 7}),
        "髪": published(shop, name="髪", questions=WORDS[:1], keyword="髪", gift={"coupon": "お礼"}),
    }
    for word in ("味見", "髪"):
        friend.says(word)
        assert "「連携」" in tap(friend, "おいしい")
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    clock.move(timedelta(minutes=2))
    friend.says(shop.friends.proofs.make_card(hana).code)
    until(lambda: len(friend.received()) and "連携解除" in str(friend.received()[-1].get("text")), "the gift is told")
    told = friend.received()[-1]["text"]
    assert "7" in told
    assert "https://shop.example.jp/coupon/" in told
    for name, word in (("味", "味見"), ("髪", "髪")):
        shop.surveys.answering.remove(surveys[name].id, hana)
        clock.move(timedelta(minutes=2))
        friend.says(word)
        tap(friend, "おいしい")
    texts = [str(one.get("text")) for one in friend.received()]
    assert "このアンケートのお礼の7ポイントは、すでにお渡ししています（お一人さま1回）。" in texts
    assert texts[-2] == "このアンケートのお礼のクーポンは、お一人さま1回です。すでにお渡ししたものはこちらです。"
    assert len(shop.coupons.held_by(hana)) == 1
    found = shop.surveys.answering.look(surveys["味"].id, Person(hana))
    assert (found.gift.before, "すでにお渡し" in thanks(found, "k", (), None)["gift"]) == (True, True)
    (held,) = shop.coupons.held_by(hana)
    shop.coupons.redeem(shop.coupons.code_again(held.ticket_id).code, till="1")
    assert "ご利用いただいています" in friend.says("髪")[-1]
    found = shop.surveys.answering.look(surveys["髪"].id, Person(hana))
    assert (found.gift.used, "ご利用いただいています" in thanks(found, "k", (), None)["gift"]) == (True, True)
    friend.says("連携解除")
    friend.says(shop.friends.proofs.make_card(hana).code)  # what is used is told nobody again
    until(lambda: "連携解除" in str(friend.received()[-1].get("text")), "they are linked again")
    assert "7" in friend.received()[-1]["text"]
    assert "/coupon/" not in friend.received()[-1]["text"]
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_an_area_of_a_rich_menu_begins_a_survey(sqlite_line, sqlite_friend, there):
    shop, friend = sqlite_line.shop, sqlite_friend
    survey = published(shop, name="味", questions=WORDS, keyword="味見")
    published_menu(shop, plan("ふだん", filled("a", Action("survey", str(survey.id)))))
    until(lambda: shop.menus.settle() and there.rehearsal.rich_menus.default, "the menu is up")
    menus = there.rehearsal.rich_menus
    area = menus.by_id[menus.default].wanted["areas"][0]
    assert friend.does(tap={"action": area["action"], "menu": menus.default, "area": 1})[-1].endswith("お味は")
    assert friend.says("おいしい")[-1].endswith("食べましたか")


def test_what_is_no_button_of_ours_is_none():
    key = "k" * 22
    there = Tap(key, 3, 2)
    assert tapped(there.data("o1", [0, 4])) == Tap(key, 3, 2, "o1", (0, 4))
    assert tapped(starts(key)) == Tap(key)
    for data in (
        None,
        "shopdesk=card",
        f"survey={key}&q=x",
        f"survey={key}&v=-1",
        f"survey={key}&q={'9' * 30}",
        "survey=",
    ):
        assert tapped(data) is None
