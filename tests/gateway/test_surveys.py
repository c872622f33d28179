"""The pages of surveys over HTTP: what only a button changes, answered again and again, gone, and what nobody else sees."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest

from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.gateway.limiting import Limit
from shopdesk.surveys import Person
from tests.gateway.test_wallet import BASE, visit
from tests.surveys.conftest import SKIN, published

if TYPE_CHECKING:
    from tests.gateway.test_wallet import Visit

__all__ = ["visit"]


@pytest.fixture
def shop(sqlite_shop):
    sqlite_shop.settings.set("public_url", BASE)
    sqlite_shop.settings.set("line_basic_id", "@mihon")
    return sqlite_shop


def own(shop, survey, name: str = "見本 花子") -> tuple[str, int]:
    """The path of somebody's own page, and who they are."""
    customer = shop.customers.add(NewCustomer(name=name)).id
    return shop.surveys.addresses.of_person(survey.id, customer).removeprefix(BASE), customer


def test_every_question_posts_its_own_answer_and_opening_changes_nothing(shop, visit: Visit):
    shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    title = "<b>肌</b> {{7*7}} $title"
    questions = [{**SKIN["questions"][0], "note": title}, *SKIN["questions"][1:]]
    survey = published(shop, title=title, questions=questions, gift={"coupon": "お礼"}, poll=True)
    path, customer = own(shop, survey)
    hana, look = Person(customer), shop.surveys.answering.look
    status, headers, first = visit(path)
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert "&lt;b&gt;肌&lt;/b&gt; {{7*7}} $title" in first
    assert "<b>" not in first
    assert "LINE で答える" not in first  # they are known here
    assert look(survey.id, hana) is None
    assert visit(f"{path}/begin", "POST")[0] == 303
    assert "4 問中 1 問目" in visit(path)[2]
    answer = {"v": 1, "q": "肌の悩み", "a": "乾燥"}
    for _ in range(3):
        status, headers, _said = visit(f"{path}/answer", "POST", **answer)
        assert (status, headers["location"]) == (303, path)
    status, _headers, said = visit(
        f"{path}/answer", "POST", v=1, q="困る所", **{"a.0": "ほほ", "a.1": "口", "a.2": "目"}
    )
    assert status == 200
    assert "お選びいただけるのは 2 個までです。" in said
    assert said.count(" checked>") == 3  # what they chose still stands there
    assert visit(f"{path}/answer", "POST", v=1, q="困る所", **{"a.2": "目"})[0] == 303
    back = visit(f"{path}/back", "POST", q="使い方")[2]
    assert "4 問中 2 問目" in back
    assert back.count(" checked>") == 1
    assert "4 問中 3 問目" in visit(path)[2]
    assert visit(f"{path}/answer", "POST", v=1, q="使い方", a="字" * 1000)[0] == 303
    assert visit(f"{path}/answer", "POST", v=1, q="すすめ", a="あ" * 9000)[0] == 413
    for version in ("x", "9" * 5000):
        assert visit(f"{path}/answer", "POST", v=version, q="すすめ", a="5")[0] == 303
    assert not look(survey.id, hana).finished
    visit(f"{path}/answer", "POST", v=1, q="すすめ", a="5")
    done = visit(path)[2]
    assert "ありがとうございました。" in done
    assert "100%" in done
    status, headers, _said = visit(f"{path}/gift", "POST")
    assert headers["location"].startswith("/coupon/")
    assert "お礼" in visit(headers["location"])[2]
    assert len(shop.coupons.held_by(customer)) == 1
    assert visit(f"{path}/answer", "POST", **answer, agree=1)[0] == 303  # a page that was left open
    assert shop.surveys.outcome.of(survey.id).answers == 1
    assert look(survey.id, hana).answers["使い方"].text == "字" * 1000


def test_a_page_for_everybody_knows_phones_apart_and_says_when_it_is_over(shop, visit: Visit):
    free = shop.coupons.publish(shop.coupons.create(Offer("粗品", "gift", per_person=None, by_link=True)).id)
    only = {"name": "声", "title": "ひとこと", "kind": "text", "required": False}
    survey = published(shop, questions=[only], limit=2, gift={"coupon": "粗品"})
    path = f"/survey/{survey.page_key}"
    first, other = (visit(f"{path}/begin", "POST", who=who)[1]["location"] for who in ("a" * 22, "kurz"))
    assert first == f"{path}.{'a' * 22}"
    assert re.fullmatch(rf"{path}\.[\w-]{{22}}", other)
    assert "line.me/R/oaMessage/%40mihon/?" in visit(path)[2]
    assert visit(path)[2] == visit(path)[2]
    assert "1 問中 1 問目" in visit(first)[2]
    assert shop.surveys.get(survey.id).begun == 0  # nothing is written before the first answer
    assert "回答を送る" in visit(first)[2]  # it is the last question
    both = {"v": 1, "q": "声", "a": "<i>はい</i>"}
    taps = [threading.Thread(target=visit, args=(f"{first}/answer", "POST"), kwargs=both) for _ in range(8)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert shop.surveys.get(survey.id).answers == 1
    assert visit(f"{other}/answer", "POST", **both)[0] == 303
    for page in (first, other):
        assert f'href="/coupon/{free.page_key}"' in visit(page)[2]
    assert visit(f"{first}/gift", "POST")[0] == 404
    assert "予定の数に達しました" in visit(path)[2]
    assert "予定の数に達しました" in visit(f"{path}.{'n' * 22}/answer", "POST", **both)[2]
    assert visit(f"{path}/answer", "POST", **both)[0] == 404
    assert visit(f"/survey/{'n' * 22}")[0] == 404
    assert visit(f"/survey/{'n' * 22}/answer", "POST", v=1, q="声", a="x")[0] == 404
    later = published(shop, name="春", questions=[only], **{"from": "2027-03-01"})
    assert "3月1日 00:00 に始まります" in visit(f"/survey/{later.page_key}")[2]
    draft = shop.surveys.create(survey.form.__class__(name="下書き", title="", questions=survey.form.questions))
    assert visit(f"/survey/{draft.page_key}")[0] == 404
    shop.surveys.close(survey.id)
    assert "終了しました" in visit(path)[2]
    assert "ありがとうございました" in visit(first)[2]


def test_what_is_taken_up_cannot_be_chosen_and_what_was_agreed_to_stays_so(shop, visit: Visit):
    days = [{"label": "土曜", "quota": 1}, {"label": "日曜"}]
    day = {"name": "日", "title": "どの日に来ますか", "kind": "one", "options": days}
    phone = {"name": "電話", "title": "お電話", "kind": "phone", "consent": "ご連絡"}
    survey = published(shop, questions=[day, phone])
    (hana, _id), (taro, _other) = own(shop, survey), own(shop, survey, "例示 太郎")
    number = {"v": 1, "q": "電話", "a": "090-1234-5678"}
    for path in (hana, taro):
        assert 'value="土曜">' in visit(path.replace("/begin", ""))[2] or visit(f"{path}/begin", "POST")[0] == 303
        assert visit(f"{path}/answer", "POST", v=1, q="日", a="土曜")[0] == 303
    wrong = visit(f"{taro}/answer", "POST", **{**number, "a": "12"}, agree=1)[2]
    assert 'name="agree" value="1" checked>' in wrong
    assert 'name="agree" value="1">' in visit(f"{taro}/answer", "POST", **number)[2]
    assert visit(f"{hana}/answer", "POST", **number, agree=1)[0] == 303
    full = visit(f"{taro}/answer", "POST", **number, agree=1)[2]
    assert "「土曜」は定員に達しました。" in full
    for said in (full, visit(f"{taro}/back", "POST", q="電話")[2]):
        assert ('value="土曜" disabled>' in said, "受付終了" in said, 'value="日曜">' in said) == (True, True, True)


def test_all_together_are_limited_where_nobody_is_told_apart(clock):
    limit = Limit(clock, 30)
    assert [limit.allows("") for _ in range(31)] == [True] * 30 + [False]
    each = Limit(clock, 30)
    assert [each.allows("192.0.2.1") for _ in range(21)] == [True] * 20 + [False]
