"""Every limit: what is at its edge is taken, one more is refused at the right place, by us as by the rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from shopdesk.messages import (
    Area,
    Card,
    Column,
    Emoji,
    RichVideo,
    actions,
    audio,
    bubble,
    buttons,
    cards,
    carousel,
    confirm,
    flex,
    image,
    image_carousel,
    line_coupon,
    location,
    look,
    rich,
    sent_as,
    tap_copy,
    tap_link,
    tap_say,
    text,
    video,
    with_quick_replies,
)

PICTURE = "https://a.jp/a.png"
GO = actions.open_link("開く", "https://a.jp")
AREA = Area(0, 0, 1040, 100)


def units(n: int) -> str:
    """`n` UTF-16 units, most of them in signs of two."""
    return "😀" * (n // 2) + "a" * (n % 2)


def seen(n: int) -> str:
    """`n` signs as a reader sees them, each of four units."""
    return "👍🏽" * n


def address(n: int) -> str:
    return "https://a.jp/" + "a" * (n - 13)


def of(kind: str, **fields: Any) -> dict[str, Any]:
    """A button of any kind whose other fields are good."""
    return {"type": kind, "label": "押す", **fields}


def on_button(action: dict[str, Any]) -> dict[str, Any]:
    return buttons("a", "本文", [action])


def on_rich(*taps: dict[str, Any], height: int = 100, film: RichVideo | None = None) -> dict[str, Any]:
    return rich("https://a.jp/b", "a", height, taps, film)


def in_body(part: dict[str, Any]) -> dict[str, Any]:
    return flex("a", {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [part]}})


@dataclass(frozen=True)
class Edge:
    """`make(most)` is taken and `make(most + 1)` refused at `place`; `least` likewise downwards, where there is one."""

    place: str
    most: int
    make: Callable[[int], dict[str, Any]]
    code: str = "too_long"
    least: int = 1


EMOJI = {"type": "emoji", "productId": "a", "emojiId": "001"}
TEXTS = [
    Edge("text", 5000, lambda n: text(units(n))),
    Edge("text", 5000, lambda n: {"type": "textV2", "text": units(n)}),
    Edge(
        "quickReply.items[0].action.label", 20, lambda n: with_quick_replies(text("a"), [actions.take_photo(seen(n))])
    ),
    Edge("sender.name", 20, lambda n: sent_as(text("a"), units(n))),
    Edge("sender.iconUrl", 2000, lambda n: sent_as(text("a"), "店", address(n)), least=13),
    Edge("originalContentUrl", 2000, lambda n: image(address(n), PICTURE), least=13),
    Edge("previewImageUrl", 2000, lambda n: image(PICTURE, address(n)), least=13),
    Edge("originalContentUrl", 2000, lambda n: audio(address(n), 1), least=13),
    Edge("trackingId", 100, lambda n: video(PICTURE, PICTURE, units(n))),
    Edge("title", 100, lambda n: location(units(n), "a", 0, 0)),
    Edge("address", 100, lambda n: location("a", units(n), 0, 0)),
    Edge("deliveryTag", 30, lambda n: line_coupon("a", "a" * n)),
    Edge("altText", 1500, lambda n: cards(units(n), [Card("event", {"title": "a"})])),
    Edge("altText", 1500, lambda n: rich("https://a.jp/b", units(n), 100, [])),
    Edge("altText", 1500, lambda n: confirm(units(n), "a", GO, GO)),
    Edge("template.text", 160, lambda n: buttons("a", seen(n), [GO])),
    Edge("template.text", 60, lambda n: buttons("a", seen(n), [GO], title="a")),
    Edge("template.text", 60, lambda n: buttons("a", seen(n), [GO], picture=PICTURE)),
    Edge("template.title", 40, lambda n: buttons("a", "a", [GO], title=seen(n))),
    Edge("template.thumbnailImageUrl", 2000, lambda n: buttons("a", "a", [GO], picture=address(n)), least=13),
    Edge("template.text", 240, lambda n: confirm("a", seen(n), GO, GO)),
    Edge("template.columns[0].text", 120, lambda n: carousel("a", [Column(seen(n), (GO,))])),
    Edge(
        "template.columns[1].text", 60, lambda n: carousel("a", [Column("a", (GO,), "t"), Column(seen(n), (GO,), "t")])
    ),
    Edge("template.columns[0].title", 40, lambda n: carousel("a", [Column("a", (GO,), seen(n))])),
    Edge("template.actions[0].label", 20, lambda n: on_button(of("message", text="a") | {"label": seen(n)})),
    Edge("template.columns[0].action.label", 12, lambda n: image_carousel("a", [(PICTURE, actions.say(seen(n), "a"))])),
    Edge("template.actions[0].uri", 1000, lambda n: on_button(of("uri", uri=address(n))), least=13),
    Edge("template.actions[0].text", 300, lambda n: on_button(of("message", text=seen(n)))),
    Edge("template.actions[0].data", 300, lambda n: on_button(of("postback", data=units(n)))),
    Edge("template.actions[0].displayText", 300, lambda n: on_button(actions.postback("a", "d", seen(n)))),
    Edge("template.actions[0].fillInText", 300, lambda n: on_button(of("postback", data="d", fillInText=seen(n)))),
    Edge("template.actions[0].clipboardText", 1000, lambda n: on_button(actions.copy("a", units(n)))),
    Edge("template.actions[0].data", 300, lambda n: on_button(actions.pick_moment("a", units(n)))),
    Edge(
        "contents.footer.contents[0].action.label",
        40,
        lambda n: cards("a", [Card("event", {}, "", (actions.say(seen(n), "a"),))]),
    ),
    Edge("contents.body.contents[0].url", 2000, lambda n: in_body({"type": "image", "url": address(n)}), least=13),
    Edge("actions[0].linkUri", 1000, lambda n: on_rich(tap_link(AREA, address(n))), least=13),
    Edge("actions[0].text", 400, lambda n: on_rich(tap_say(AREA, units(n)))),
    Edge("actions[0].clipboardText", 1000, lambda n: on_rich(tap_copy(AREA, units(n)))),
    Edge("actions[0].label", 100, lambda n: on_rich(tap_say(AREA, "a", units(n)))),
    Edge(
        "video.externalLink.label",
        30,
        lambda n: on_rich(film=RichVideo(PICTURE, PICTURE, AREA, "https://a.jp", units(n))),
    ),
]
NUMBERS = [
    Edge("emojis", 20, lambda n: text("\ufffc" * n, [Emoji("a", "001")] * n), "too_many"),
    Edge("quickReply.items", 13, lambda n: with_quick_replies(text("a"), [GO] * n), "too_many"),
    Edge("actions", 50, lambda n: on_rich(*[tap_say(AREA, "a")] * n), "too_many"),
    Edge("template.actions", 4, lambda n: buttons("a", "a", [GO] * n), "too_many"),
    Edge("template.columns", 10, lambda n: carousel("a", [Column("a", (GO,))] * n), "too_many"),
    Edge("template.columns[0].actions", 3, lambda n: carousel("a", [Column("a", (GO,) * n)]), "too_many"),
    Edge("template.columns", 10, lambda n: image_carousel("a", [(PICTURE, GO)] * n), "too_many"),
    Edge("contents.contents", 12, lambda n: flex("a", {"type": "carousel", "contents": [bubble(Card("event", {"title": "a"}))] * n}), "too_many"),
]  # fmt: skip


def places(message: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in look([message]).problems]


@pytest.mark.parametrize("edge", [*TEXTS, *NUMBERS], ids=lambda one: f"{one.place}-{one.most}")
def test_the_edge_is_taken_and_one_more_refused(refused, edge: Edge):
    for n in (edge.least, edge.most):
        assert places(edge.make(n)) == []
        assert refused([edge.make(n)]) == set()
    over = edge.make(edge.most + 1)
    assert places(over) == [(edge.place, edge.code)]
    assert refused([over]) == {f"messages[0].{edge.place}"}


@pytest.mark.parametrize("edge", TEXTS, ids=lambda one: f"{one.place}-{one.most}")
def test_a_counter_says_how_much_room_there_is(edge: Edge):
    length = look([edge.make(edge.most)]).length(0, edge.place)
    assert (length.used, length.most) == (edge.most, edge.most)


@pytest.mark.parametrize(
    ("message", "place", "code"),
    [
        (image("", PICTURE), "originalContentUrl", "empty"),
        (image("http://a.jp/a.png", PICTURE), "originalContentUrl", "not_https"),
        (image("https://a.jp/絵.png", PICTURE), "originalContentUrl", "not_https"),
        (on_button(actions.open_link("a", "")), "template.actions[0].uri", "empty"),
        (on_button(actions.open_link("a", "www.a.jp")), "template.actions[0].uri", "bad_link"),
        (on_button(actions.open_link("a", "javascript:alert(1)")), "template.actions[0].uri", "bad_link"),
        (on_button(actions.open_link("a", "https://a.jp/a b")), "template.actions[0].uri", "bad_link"),
        (on_button(actions.call("a", "でんわ")), "template.actions[0].uri", "bad_link"),
        (on_button(actions.take_photo("a")), "template.actions[0].type", "unknown"),
        (on_button(of("datetimepicker", data="a", mode="week")), "template.actions[0].mode", "unknown"),
        (on_button(of("datetimepicker", data="a", mode="date", max="soon")), "template.actions[0].max", "signs"),
        (on_button({"type": "message", "text": "a"}), "template.actions[0].label", "empty"),
        (buttons("a", "a", []), "template.actions", "too_few"),
        (buttons("a", "", [GO]), "template.text", "empty"),
        (carousel("a", [Column("a", (GO,)), Column("a", (GO, GO))]), "template.columns", "unlike"),
        (carousel("a", [Column("a", (GO,), "t"), Column("a", (GO,))]), "template.columns", "unlike"),
        (carousel("a", []), "template.columns", "too_few"),
        (location("a", "a", 90.5, 0), "latitude", "number"),
        (location("a", "a", 0, -181), "longitude", "number"),
        (audio(PICTURE, 0), "duration", "number"),
        ({"type": "sticker", "packageId": "a", "stickerId": "1"}, "packageId", "signs"),
        (line_coupon("a", "秋"), "deliveryTag", "signs"),
        (rich("https://a.jp/b", "a", 0, []), "baseSize.height", "number"),
        (in_body({"type": "text", "text": ""}), "contents.body.contents[0].text", "empty"),
        (in_body({"type": "icon", "url": PICTURE}), "contents.body.contents[0]", "place"),
        (flex("a", {"type": "bubble"}), "contents", "empty"),
        ({"type": "textV2", "text": "a", "substitution": {"k k": EMOJI}}, "substitution.k k", "signs"),
        ({"type": "textV2", "text": "a", "substitution": {"k": {"type": "emoji", "productId": "a"}}}, "substitution.k.emojiId", "empty"),
        ({"type": "textV2", "text": "a", "substitution": {f"k{n}": EMOJI for n in range(21)}}, "substitution.emojis", "too_many"),
    ],
)  # fmt: skip
def test_what_line_refuses_is_found_at_its_place(refused, message, place, code):
    assert places(message) == [(place, code)]
    assert refused([message])


@pytest.mark.parametrize(
    ("message", "place", "code"),
    [
        (text(" \n"), "text", "empty"),
        (sent_as(text("a"), "LINEの店"), "sender.name", "forbidden"),
        (sent_as(text("a"), "ＬＩＮＥ公式"), "sender.name", "forbidden"),
        (on_rich(tap_say(Area(0, 1, 1040, 100), "a")), "actions[0].area", "outside"),
        (on_rich(tap_say(Area(1, 0, 1040, 100), "a")), "actions[0].area", "outside"),
        (on_rich(film=RichVideo(PICTURE, PICTURE, Area(0, 0, 1040, 101))), "video.area", "outside"),
        (on_rich(tap_say(Area(0, 0, 0, 100), "a")), "actions[0].area.width", "number"),
        ({**text("a$"), "emojis": [{"index": 0, "productId": "a", "emojiId": "1"}]}, "emojis[0].index", "emoji"),
        ({**text("{name|$}"), "emojis": [{"index": 6, "productId": "a", "emojiId": "1"}]}, "emojis", "emoji"),
        (text("{nmae}"), "text", "placeholder"),
        (image(f"media:{'a' * 22}/500", PICTURE), "originalContentUrl", "form"),
        (image(f"media:{'a' * 22}", PICTURE), "originalContentUrl", "form"),
        (rich(f"media:{'a' * 22}/240", "a", 1, []), "baseUrl", "form"),
        ({"type": "poll"}, "type", "unknown"),
        ({"type": "imagemap", "baseUrl": PICTURE, "altText": "a", "baseSize": "x", "actions": 1}, "baseSize", "form"),
    ],
)
def test_what_only_we_know_is_found_at_its_place(message, place, code):
    assert (place, code) in places(message)


def test_a_word_that_only_holds_those_letters_is_a_good_name(refused):
    message = sent_as(text("a"), "Online オンライン店")
    assert places(message) == []
    assert refused([message]) == set()


def test_a_report_is_asked_by_bubble_and_field():
    report = look([text("a"), buttons("", "a", [actions.say("", "a")] * 5), text("")])
    assert not report.good
    assert {one.field for one in report.of(1, "template.actions")} == {
        "template.actions",
        *(f"template.actions[{n}].label" for n in range(5)),
    }
    assert (
        report.of(1, "altText")[0].whole
        == "Message 2: The text for notifications is empty. Write something or take it out."
    )
    assert report.of(0, "text") == ()
    assert report.length(0, "text").used == 1
    assert report.length(0, "title") is None
    assert [one.code for one in look([]).problems] == ["empty"]
    assert [(one.bubble, one.whole) for one in look([text("a")] * 6).problems] == [
        (None, "These are 6 messages; LINE takes at most 5 at once. Take some out.")
    ]
    huge = flex("a", bubble(Card("event", {"title": "a"}))) | {"altText": "a"}
    huge["contents"]["footer"] = {"type": "box", "layout": "vertical", "contents": [], "x": "あ" * 800_000}
    assert (None, "too_large") in [(one.bubble, one.code) for one in look([huge]).problems]


def test_sizes_of_flex_and_of_a_whole_request(refused):
    def card(signs: int) -> dict[str, Any]:
        return bubble(Card("announcement", {"text": "あ" * (signs // 2), "note": "あ" * (signs // 2)}))

    assert places(flex("a", card(10_000))) == []
    assert places(flex("a", card(10_200))) == [("contents", "too_large")]
    assert refused([flex("a", card(10_200))]) == {"messages[0].contents"}
    row = flex("a", {"type": "carousel", "contents": [card(8000), card(9000)]})
    assert places(row) == [("contents", "too_large")]
    assert refused([row]) == {"messages[0].contents"}
    widths = flex("a", {"type": "carousel", "contents": [card(2), {**card(2), "size": "kilo"}]})
    assert places(widths) == [("contents.contents", "unlike")]


def test_boxes_without_end_are_one_sentence():
    part: dict[str, Any] = {"type": "text", "text": "a"}
    for _depth in range(400):
        part = {"type": "box", "layout": "vertical", "contents": [part]}
    assert [one.code for one in look([in_body(part)]).problems] == ["too_deep"]


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [1], {"type": 1}, True])
@pytest.mark.parametrize(
    "key", ["type", "text", "emojis", "quickReply", "sender", "template", "contents", "actions", "baseSize", "video"]
)
def test_nothing_that_is_written_half_or_wrongly_breaks_the_look(key, value):
    for kind in ("text", "template", "flex", "imagemap", "video", "textV2"):
        look([{"type": kind, key: value}])
    look([{"type": "flex", "contents": {"type": "carousel", "contents": [{key: value}, value]}}])
    look([{"type": "template", "template": {"type": "carousel", "columns": [value, {key: value}]}}])
