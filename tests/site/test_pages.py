"""The shop's own pages: written, published, hidden, liked, commented on; on both databases."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.gateway import site_parts
from shopdesk.messages import draft, image, text
from shopdesk.site import (
    NOBODY,
    Content,
    FormError,
    Guest,
    Part,
    TooManyError,
    excerpt,
    feedback,
    parts,
    read_content,
    split_links,
)
from shopdesk.staff import PAGE
from shopdesk.verify import verify
from tests.site.conftest import BASE, news, nonce


def sound(shop) -> None:
    assert [one for one in verify(shop) if not one.ok] == []


def test_a_page_is_written_published_hidden_and_deleted(shop, clock):
    site = shop.site
    made = site.write("announcement", Content(" 年末の ご予約 ", (Part("text", "12 月 1 日から"), Part("text", "  "))))
    assert (made.content.title, len(made.content.parts), made.live, made.state) == ("年末の ご予約", 1, False, "draft")
    with pytest.raises(NotFoundError):
        site.live("announcement", made.key)
    with pytest.raises(NoFixedAddressError):
        site.address(made)
    began = clock.now()
    site.publish(made.id)
    clock.move(timedelta(hours=1))
    with shop.staff.acting(PAGE):
        site.saw("announcement", made.key)
        assert site.live("announcement", made.key).content == made.content
    changed = site.write("announcement", Content("年末のご予約", made.content.parts), made.id)
    assert (changed.at, changed.seen, changed.state) == (began, 1, "published")
    assert not site.hide(made.id).live
    assert site.publish(made.id).at == began  # where it stood
    shop.settings.set("public_url", BASE)
    assert site.address(made) == f"{BASE}/page/{made.key}"
    with pytest.raises(InvalidInputError):
        site.write("news", Content("x"), made.id)
    site.delete(made.id)
    assert site.list() == []
    first, second = (site.write("shop", Content(said)) for said in ("", "二つ目"))  # there is one shop page
    assert (first.id, [one.content.title for one in site.list("shop")]) == (second.id, ["二つ目"])
    with pytest.raises(InvalidInputError):
        site.write("news", Content(""))
    sound(shop)


def test_news_comes_in_pages_newest_first(shop, clock):
    made = []
    for number in range(5):
        clock.move(timedelta(minutes=1 if number != 3 else 0))  # two of the same moment
        made.append(news(shop, f"お知らせ {number}"))
    shop.site.write("news", Content("下書き"))
    first = shop.site.news(limit=2)
    rest = shop.site.news(first[-1].key, limit=9)
    assert [one.content.title for one in [*first, *rest]] == [f"お知らせ {one}" for one in (4, 3, 2, 1, 0)]
    assert shop.site.news("no-such-key") == []


def test_a_like_counts_once_a_person_and_a_comment_waits_for_the_shop(shop, there):
    shop.friends.sync()
    page, friend = news(shop), Guest(1, "はなこ")
    site = shop.site.feedback
    with shop.staff.acting(PAGE):
        for guest, browser in [
            (friend, ""),
            (friend, nonce(9)),
            (NOBODY, nonce(1)),
            (NOBODY, nonce(1)),
            (NOBODY, nonce(2)),
        ]:
            site.like(page.key, guest, browser)
        assert site.article(page.key).page.likes == 3
        assert (site.article(page.key).liked, site.article(page.key, friend).liked) == (False, True)
        site.like(page.key, friend, "", on=False)
        site.like(page.key, friend, "", on=False)
        assert site.article(page.key, friend).page.likes == 2
        with pytest.raises(FormError):
            site.like(page.key, NOBODY, "<script>")
        for _again in range(2):
            site.comment(page.key, friend, name="はな", text="おいしそう\n<b>です</b>", nonce=nonce(3))
        site.comment(page.key, NOBODY, name="", text="いらない", nonce=nonce(4))
        for wrong in ("", " ", "あ" * 501):
            with pytest.raises(FormError):
                site.comment(page.key, NOBODY, name="", text=wrong, nonce=nonce(5))
        assert site.article(page.key).comments == ()
    assert shop.site.waiting().comments == 2
    hers = next(one for one in site.comments("waiting") if one.friend_id == 1)
    other = next(one for one in site.comments("waiting") if one.friend_id is None)
    site.decide(hers.id, show=True)
    site.decide(other.id, show=False)
    assert [(one.name, one.text) for one in site.article(page.key).comments] == [("はな", "おいしそう\n<b>です</b>")]
    site.decide(hers.id, show=False)  # it can be taken away again
    assert site.article(page.key).comments == ()
    assert shop.site.waiting().comments == 0
    closed = news(shop, "返事なし", answers=False)
    with pytest.raises(NotFoundError):
        site.like(closed.key, NOBODY, nonce(1))
    sound(shop)


def test_no_more_comments_wait_than_somebody_can_read(sqlite_shop, monkeypatch):
    monkeypatch.setattr(feedback, "MOST_WAITING", 2)
    page = news(sqlite_shop)
    for number in range(2):
        sqlite_shop.site.feedback.comment(page.key, NOBODY, name="", text="また", nonce=nonce(number))
    with pytest.raises(TooManyError):
        sqlite_shop.site.feedback.comment(page.key, NOBODY, name="", text="また", nonce=nonce(7))


def test_a_broadcast_is_news_once_it_goes_out(line, there):
    shop = line.shop
    shop.settings.set("public_url", BASE)
    shop.friends.sync()
    picture = shop.messages.pictures.add(_photo(), "栗").id
    said = draft(
        [
            text("{name|皆}さま、栗の季節です。\nお待ちしています。"),
            image(f"{BASE}/media/{picture}/1040", f"{BASE}/media/{picture}/240"),
        ]
    )
    made = shop.broadcasts.draft(said, everyone=True, name="栗")
    for on in (True, True):
        shop.site.follow(made, on=on)
    assert shop.site.follows(made)
    assert shop.site.news() == []
    heard: list[frozenset[Topic]] = []
    deaf = shop.changes.listen(heard.append)
    shop.site.follow(made, on=False)
    deaf()
    assert (heard, shop.site.follows(made)) == ([{Topic.SITE}], False)
    shop.site.follow(made, on=True)
    shop.broadcasts.send(made)
    (found,) = shop.site.news()
    assert found.content.title == "皆さま、栗の季節です。"
    assert [(one.kind, one.target) for one in found.content.parts] == [("text", ""), ("picture", picture)]
    shop.site.follow(made, on=False)  # it is out: what people have seen stays
    assert [one.content.title for one in shop.site.news()] == ["皆さま、栗の季節です。"]
    written = shop.site.write("news", Content("書き直し", found.content.parts), found.id)
    assert (written.at, written.content.title) == (found.at, "書き直し")
    with pytest.raises(InvalidInputError, match="書き直し"):
        shop.messages.pictures.delete(picture)
    shop.site.hide(found.id)
    shop.messages.pictures.delete(picture)
    sound(shop)


def _photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (1100, 700), "orange").save(made, "JPEG")
    return made.getvalue()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https:evil",
        "https://a@evil.example/",
        "http://",
        "tel:",
        "https://a.example:x/",
        "https://a b/",
        "https://evil.example\\@a/",
        "JaVaScRiPt:x",
        "\tjavascript:x",
        "https://" + "a" * 1001,
    ],
)
def test_only_sound_addresses_stand_behind_a_button(address):
    with pytest.raises(InvalidInputError):
        parts.checked(Content("x", (Part("link", "押す", address),)), named=True)
    if address:
        with pytest.raises(InvalidInputError):
            parts.checked(Content("x", menu=address), named=True)


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["https://a.example/x", "javascript:x", "。", "http://b.example?", " ", "あ"]), max_size=6
    ),
)
def test_a_text_in_pieces_is_the_text(said, more):
    whole = said + "".join(more)
    pieces = list(split_links(whole))
    assert "".join(one for one, _address in pieces) == whole
    assert all(not address or (address == one and parts.safe_link(address)) for one, address in pieces)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(Part, st.just("text"), st.text(alphabet="あ&<https://ab.example \n", max_size=3000)), max_size=8)
)
def test_what_is_kept_is_not_too_heavy_for_a_phone(listed):
    try:
        content = parts.checked(Content("重さ", tuple(listed)), named=True)
    except InvalidInputError:
        return
    assert len(site_parts.said(content.parts).encode()) < 45_000
    assert parts.kept(parts.written(content.parts)) == content.parts
    assert len(excerpt(content, 90)) <= 90


def test_a_file_says_what_is_wrong_with_it():
    whole = {"title": "秋", "parts": [{"kind": "text", "text": "栗"}], "answers": False}
    assert read_content(whole) == Content("秋", (Part("text", "栗"),), answers=False)
    for wrong in ([], {"titel": "x"}, {"parts": ["x"]}, {"parts": [{"says": "x"}]}, {"reserves": "yes"}):
        with pytest.raises(InvalidInputError):
            read_content(wrong)
