"""The phone of the preview draws every kind of message as LINE lays it out, and any text as plain text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from shopdesk.ui.phone import BubbleView, Phone
from shopdesk.ui.phone.blocks import Look
from shopdesk.ui.phone.flex import component, flex
from shopdesk.ui.phone.messages import block_of, quick_replies
from shopdesk.ui.phone.templates import template

HOSTILE = '<img src="file:///etc/passwd" width=900 height=900> <b>x</b> \u202e' + "a\u0301" * 500
ACTION = {"type": "uri", "label": HOSTILE, "uri": "https://example.jp"}
PICTURE = "https://example.jp/a.jpg"
BUBBLE = {
    "type": "bubble",
    "hero": {"type": "image", "url": PICTURE, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"},
    "body": {
        "type": "box",
        "layout": "vertical",
        "contents": [
            {"type": "text", "text": HOSTILE, "wrap": True, "maxLines": 2},
            {"type": "separator", "margin": "md"},
            {"type": "text", "contents": [{"type": "span", "text": "a"}, {"type": "span", "text": HOSTILE}]},
            {"type": "box", "layout": "baseline", "contents": [{"type": "icon", "url": PICTURE}, {"type": "filler"}]},
        ],
    },
    "footer": {
        "type": "box",
        "layout": "vertical",
        "contents": [
            {"type": "button", "style": style, "action": ACTION} for style in ("primary", "secondary", "link")
        ],
    },
}
COLUMN = {"thumbnailImageUrl": PICTURE, "title": HOSTILE, "text": HOSTILE, "actions": [ACTION]}
KINDS = {
    "text": {"type": "text", "text": HOSTILE, "emojis": [{"index": 0, "productId": "a", "emojiId": "1"}]},
    "textV2": {"type": "textV2", "text": "{a}" + HOSTILE, "substitution": {"a": {"type": "emoji"}}},
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "image": {"type": "image", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
    "video": {"type": "video", "originalContentUrl": PICTURE, "previewImageUrl": PICTURE},
    "audio": {"type": "audio", "originalContentUrl": PICTURE, "duration": 61_000},
    "location": {"type": "location", "title": HOSTILE, "address": HOSTILE, "latitude": 35.0, "longitude": 135.0},
    "imagemap": {"type": "imagemap", "baseUrl": PICTURE, "baseSize": {"width": 1040, "height": 520}, "altText": "a"},
    "buttons": {"type": "template", "template": {"type": "buttons", **COLUMN}},
    "confirm": {"type": "template", "template": {"type": "confirm", "text": HOSTILE, "actions": [ACTION, ACTION]}},
    "carousel": {
        "type": "template",
        "template": {"type": "carousel", "columns": [COLUMN, {"text": "a", "actions": []}]},
    },
    "image_carousel": {
        "type": "template",
        "template": {"type": "image_carousel", "columns": [{"imageUrl": PICTURE, "action": ACTION}]},
    },
    "flex": {"type": "flex", "altText": "a", "contents": BUBBLE},
    "flex carousel": {"type": "flex", "altText": "a", "contents": {"type": "carousel", "contents": [BUBBLE, BUBBLE]}},
    "coupon": {"type": "coupon", "couponId": "c"},
    "what LINE may add": {"type": "hologram", "altText": HOSTILE},
}
# Raw JSON may be anything.
BROKEN = [
    {},
    {"type": "flex"},
    {"type": "template", "template": {"type": "carousel", "columns": "x"}},
    {"type": "imagemap"},
]


def _no_picture(_address):
    return None


def _a_picture(_address):
    found = QImage(40, 20, QImage.Format.Format_RGB32)
    found.fill(QColor("red"))
    return found


@pytest.fixture
def look(appearance):
    return Look.of("light", _no_picture)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pictures", [_no_picture, _a_picture])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_is_drawn(qtbot, appearance, kind, pictures, scheme):
    phone = Phone("みほん", [KINDS[kind]], scheme=scheme, pictures=pictures)
    qtbot.addWidget(phone)
    phone.resize(300, 600)
    empty = Phone("みほん", [], scheme=scheme)
    qtbot.addWidget(empty)
    empty.resize(300, 600)
    assert phone.grab().toImage() != empty.grab().toImage()


@pytest.mark.parametrize("message", BROKEN)
def test_what_is_written_wrong_is_no_crash(look, message):
    canvas = QImage(300, 300, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    block_of(look, message).paint(painter, 0, 0)
    painter.end()


def test_markup_is_text_and_loads_nothing(qtbot, appearance):
    asked = []
    phone = Phone("みほん", [KINDS["text"], KINDS["flex"]], pictures=asked.append)
    qtbot.addWidget(phone)
    phone.grab()
    assert set(asked) == {PICTURE}
    assert HOSTILE in phone.accessibleName()


def test_parts_of_a_row_share_its_width_by_weight(look):
    part = {"type": "box", "layout": "vertical", "height": "10px", "contents": []}
    row = {"type": "box", "layout": "horizontal", "contents": [{**part, "flex": 1}, {**part, "flex": 3}]}
    for part, colour in zip(row["contents"], ("#FF0000", "#0000FF"), strict=True):
        part["backgroundColor"] = colour
    canvas = QImage(200, 10, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    component(look, row, 200).paint(painter, 0, 0)
    painter.end()
    drawn = [canvas.pixelColor(x, 5).name() for x in (2, 48, 52, 198)]
    assert drawn == ["#ff0000", "#ff0000", "#0000ff", "#0000ff"]


def test_a_text_ends_after_its_lines(look):
    text = {"type": "text", "text": "あ" * 200, "wrap": True, "size": "md"}
    whole, two = component(look, text, 200), component(look, {**text, "maxLines": 2}, 200)
    one = component(look, {**text, "wrap": False}, 200)
    assert whole.height > two.height == 2 * one.height


def test_bubbles_have_the_width_their_size_says(look):
    for size, width in (("nano", 120), ("kilo", 260), ("giga", 386)):
        assert flex(look, {"contents": {**BUBBLE, "size": size}}).width == width


def test_columns_are_equally_high(look):
    wide = template(look, KINDS["carousel"])
    assert wide.width == 2 * 260 + 10


def test_quick_replies_stand_under_the_last_message(look):
    assert quick_replies(look, KINDS["text"]) is None
    items = [{"type": "action", "action": {"type": "message", "label": one, "text": one}} for one in ("はい", "いいえ")]
    shown = quick_replies(look, {**KINDS["text"], "quickReply": {"items": items}})
    assert shown is not None
    assert shown.width > shown.height > 0


def test_what_is_wider_than_the_screen_can_be_reached(qtbot, appearance):
    phone = Phone("みほん", [KINDS["flex carousel"]])
    qtbot.addWidget(phone)
    phone.resize(300, 600)
    before = phone.grab().toImage()
    qtbot.keyClick(phone, Qt.Key.Key_Right)
    after = phone.grab().toImage()
    assert before != after
    at, none = QPointF(5, 5), Qt.MouseButton.NoButton
    still = (Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    up = QWheelEvent(at, at, QPoint(), QPoint(240, 0), none, *still)
    QApplication.sendEvent(phone, up)
    assert phone.grab().toImage() == before


def test_a_dark_phone_is_dark(qtbot, appearance):
    phone = Phone("みほん", [KINDS["location"]])
    qtbot.addWidget(phone)
    light = phone.grab().toImage()
    phone.show_scheme("dark")
    assert phone.grab().toImage() != light


def test_bubbles_without_the_phone_are_as_high_as_their_messages(qtbot, appearance):
    one, two = BubbleView(KINDS["location"]), BubbleView(KINDS["location"], KINDS["location"])
    qtbot.addWidget(one)
    qtbot.addWidget(two)
    assert two.height() > 1.7 * one.height() - 20
