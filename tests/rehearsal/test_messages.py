"""The message objects LINE takes, and those it refuses, each with the place that is wrong."""

from __future__ import annotations

import copy
import json

import pytest

URL = "https://example.com/a.png"
LINK = {"type": "uri", "label": "開く", "uri": "https://example.com/"}
POSTBACK = {"type": "postback", "label": "予約する", "data": "a=1", "displayText": "予約する"}
CAMERA = {"type": "camera", "label": "撮る"}
AREA = {"x": 0, "y": 0, "width": 520, "height": 520}
TEXT = {"type": "text", "text": "a"}
V2 = {
    "type": "textV2",
    "text": "{{やあ}} {smile}",
    "substitution": {"smile": {"type": "emoji", "productId": "5ac1", "emojiId": "002"}},
}
EMOJI = {"index": 2, "productId": "5ac1", "emojiId": "001"}
BUTTONS = {"type": "buttons", "text": "選ぶ", "actions": [LINK, POSTBACK]}
COLUMN = {"text": "a", "actions": [LINK]}
BOX = {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "秋のご案内"}]}
BUBBLE = {"type": "bubble", "body": BOX}


def template(inner, alt="a"):
    return {"type": "template", "altText": alt, "template": inner}


def flex(contents, alt="a"):
    return {"type": "flex", "altText": alt, "contents": contents}


def boxed(component, **more):
    return flex({"type": "bubble", "body": {**BOX, "contents": [component], **more}})


IMAGEMAP = {
    "type": "imagemap",
    "baseUrl": "https://example.com/map",
    "altText": "地図",
    "baseSize": {"width": 1040, "height": 520},
    "actions": [{"type": "uri", "linkUri": "https://example.com/", "area": AREA}],
}

GOOD = [
    {"type": "text", "text": "a" * 5000},
    {"type": "text", "text": "😀" * 2500},
    {"type": "text", "text": "😀$", "emojis": [EMOJI]},
    V2,
    {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    {"type": "image", "originalContentUrl": URL, "previewImageUrl": URL},
    {"type": "video", "originalContentUrl": URL, "previewImageUrl": URL, "trackingId": "t"},
    {"type": "audio", "originalContentUrl": URL, "duration": 60000},
    {"type": "location", "title": "店", "address": "東京都", "latitude": 35.6, "longitude": 139.7},
    IMAGEMAP,
    {"type": "coupon", "couponId": "01JY", "deliveryTag": "autumn"},
    template(BUTTONS),
    template({**BUTTONS, "text": "👨‍👩‍👧‍👦" * 160}),
    template({"type": "confirm", "text": "よろしいですか", "actions": [LINK, POSTBACK]}),
    template({"type": "carousel", "columns": [COLUMN] * 10}),
    template(
        {
            "type": "image_carousel",
            "columns": [{"imageUrl": URL, "action": {"type": "uri", "uri": "https://example.com/"}}],
        }
    ),
    flex(BUBBLE),
    flex({"type": "carousel", "contents": [BUBBLE] * 12}),
    boxed({"type": "button", "action": LINK}),
    boxed({"type": "image", "url": URL}),
    boxed({"type": "separator"}),
    boxed({"type": "text", "contents": [{"type": "span", "text": "a"}]}),
    boxed({"type": "icon", "url": URL}, layout="baseline"),
    {**TEXT, "quickReply": {"items": [{"type": "action", "action": CAMERA}] * 13}},
    {**TEXT, "sender": {"name": "店長", "iconUrl": URL}},
]

BAD = [
    ({"type": "text", "text": ""}, "text"),
    ({"type": "text"}, "text"),
    ({"type": "text", "text": 5}, "text"),
    ({"type": "text", "text": "a" * 5001}, "text"),
    ({"type": "text", "text": "😀" * 2501}, "text"),
    ({"type": "text", "text": "a", "emojis": [EMOJI]}, "emojis[0].index"),
    ({"type": "text", "text": "$" * 21, "emojis": [{**EMOJI, "index": n} for n in range(21)]}, "emojis"),
    ({"type": "texts", "text": "a"}, "type"),
    ({"text": "a"}, "type"),
    ({**V2, "text": "{nobody} {smile}"}, "text"),
    ({**V2, "text": "{smile"}, "text"),
    ({**V2, "substitution": {"smile": {"type": "mention", "mentionee": {"type": "all"}}}}, "substitution.smile.type"),
    ({"type": "sticker", "packageId": "446"}, "stickerId"),
    ({"type": "sticker", "packageId": "446", "stickerId": "x"}, "stickerId"),
    (
        {"type": "image", "originalContentUrl": "http://example.com/a.png", "previewImageUrl": URL},
        "originalContentUrl",
    ),
    ({"type": "image", "originalContentUrl": URL, "previewImageUrl": "https://a/" + "a" * 2000}, "previewImageUrl"),
    ({"type": "image", "originalContentUrl": URL, "previewImageUrl": "https://例え.jp/"}, "previewImageUrl"),
    ({"type": "audio", "originalContentUrl": URL}, "duration"),
    ({"type": "location", "title": "a" * 101, "address": "a", "latitude": 1, "longitude": 1}, "title"),
    ({"type": "location", "title": "a", "address": "a", "latitude": "1", "longitude": 1}, "latitude"),
    ({**IMAGEMAP, "baseSize": {"width": 700, "height": 1}}, "baseSize.width"),
    ({**IMAGEMAP, "actions": IMAGEMAP["actions"] * 51}, "actions"),
    ({**IMAGEMAP, "altText": "a" * 1501}, "altText"),
    ({"type": "coupon"}, "couponId"),
    ({"type": "coupon", "couponId": "a", "deliveryTag": "秋"}, "deliveryTag"),
    (template({**BUTTONS, "text": "a" * 161}), "template.text"),
    (template({**BUTTONS, "text": "a" * 61, "title": "題"}), "template.text"),
    (template({**BUTTONS, "actions": [LINK] * 5}), "template.actions"),
    (template({**BUTTONS, "actions": [{**LINK, "label": "あ" * 21}]}), "template.actions[0].label"),
    (template({**BUTTONS, "actions": [{**LINK, "uri": "ftp://a"}]}), "template.actions[0].uri"),
    (template({**BUTTONS, "actions": [{**POSTBACK, "data": "a" * 301}]}), "template.actions[0].data"),
    (template({**BUTTONS, "actions": [{**POSTBACK, "text": "a"}]}), "template.actions[0].displayText"),
    (template({**BUTTONS, "actions": [CAMERA]}), "template.actions[0].type"),
    (template({"type": "confirm", "text": "a", "actions": [LINK]}), "template.actions"),
    (template({"type": "carousel", "columns": [COLUMN] * 11}), "template.columns"),
    (template({"type": "carousel", "columns": [COLUMN, {**COLUMN, "title": "題"}]}), "template.columns"),
    (
        template({"type": "image_carousel", "columns": [{"imageUrl": URL, "action": {**LINK, "label": "a" * 13}}]}),
        "template.columns[0].action.label",
    ),
    (flex(BUBBLE, alt=""), "altText"),
    (flex({"type": "bubble"}), "contents"),
    (flex({"type": "carousel", "contents": [BUBBLE] * 13}), "contents.contents"),
    (flex({"type": "carousel", "contents": [BUBBLE, {**BUBBLE, "size": "nano"}]}), "contents.contents"),
    (boxed({"type": "icon", "url": URL}), "contents.body.contents[0].type"),
    (boxed({"type": "button"}), "contents.body.contents[0].action"),
    (boxed({"type": "texts"}), "contents.body.contents[0].type"),
    (flex({"type": "bubble", "body": {**BOX, "contents": [{"type": "text", "text": "あ" * 9990}] * 2}}), "contents"),
    ({**TEXT, "quickReply": {"items": [{"type": "action", "action": LINK}] * 14}}, "quickReply.items"),
    ({**TEXT, "quickReply": {"items": []}}, "quickReply.items"),
    ({**TEXT, "sender": {"name": "a" * 21}}, "sender.name"),
]


def check(checker, messages, kind="push"):
    return checker.post(f"/v2/bot/message/validate/{kind}", {"messages": messages})


@pytest.mark.parametrize("message", GOOD, ids=lambda one: one["type"])
def test_taken(checker, message):
    reply = check(checker, [message])
    assert (reply.status, reply.json) == (200, {})


@pytest.mark.parametrize(("message", "place"), BAD, ids=lambda one: one if isinstance(one, str) else "")
def test_refused_with_its_place(checker, message, place):
    reply = check(checker, [TEXT, copy.deepcopy(message)])
    assert reply.status == 400
    assert reply.json["message"] == f"The request body has {len(reply.json['details'])} error(s)"
    if place:
        assert [one["property"] for one in reply.json["details"]] == [f"messages[1].{place}"]


@pytest.mark.parametrize("kind", ["push", "multicast", "broadcast", "narrowcast", "reply"])
@pytest.mark.parametrize(("count", "status"), [(0, 400), (1, 200), (5, 200), (6, 400)])
def test_one_to_five_messages(checker, kind, count, status):
    assert check(checker, [TEXT] * count, kind).status == status


def test_messages_must_be_there(checker):
    reply = checker.post("/v2/bot/message/validate/push", {})
    assert reply.json["details"] == [{"message": "May not be empty", "property": "messages"}]


def test_a_null_is_as_good_as_absent(checker):
    assert (
        checker.raw(
            "POST", "/v2/bot/message/validate/push", b'{"messages":[{"type":"text","text":"a","quickReply":null}]}'
        ).status
        == 200
    )


def test_boxes_in_boxes_without_end_are_refused(checker):
    box = {"type": "text", "text": "a"}
    for _depth in range(400):
        box = {"type": "box", "layout": "vertical", "contents": [box]}
    body = json.dumps({"messages": [flex({"type": "bubble", "body": box})]}).encode()
    assert checker.raw("POST", "/v2/bot/message/validate/push", body).status == 400


def test_half_a_character_does_not_break_what_is_told(caller):
    assert caller.push(0, {"type": "text", "text": "\ud83d"}).status == 200
    assert caller.received() == [{"type": "text", "text": "\ud83d"}]
