"""What comes in as JSON: every refusal is our own sentence with the number of its message; controls never go out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shopdesk.errors import ShopDeskError
from shopdesk.messages import actions, buttons, draft, image, look, rich, sent_as, tap_link, text, with_quick_replies
from shopdesk.messages.imagemaps import Area

PICTURE = "https://a.jp/a.png"
# What pydantic and the SDK say.
LIBRARY = re.compile(r"field required|expected|ensure this|discriminator|not a valid|enum|validation|\bstr\b|\bint\b")


def box(*parts: dict[str, Any], layout: str = "vertical") -> dict[str, Any]:
    body = {"type": "box", "layout": layout, "contents": list(parts)}
    return {"type": "flex", "altText": "a", "contents": {"type": "bubble", "body": body}}


def part(**fields: Any) -> dict[str, Any]:
    return {"type": "text", "text": "a", **fields}


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (with_quick_replies(text("a"), [actions.say("a", "a")] * 14), "14"),
        (sent_as(text("a"), "あ" * 21), "21"),
        (buttons("a", "a", [actions.postback("a", "d" * 301)]), "301"),
        ({"type": "poll"}, "textV2"),
        (box({"type": "slider"}), "separator"),
        (box(layout="diagonal"), "baseline"),
        ({"type": "image", "originalContentUrl": PICTURE}, "address of the preview"),
        ({"type": "location", "title": "a", "address": "a", "latitude": 1}, "longitude"),
        ({"type": "sticker", "packageId": 446, "stickerId": 1988}, "quotation marks"),
        ({"type": "text", "text": True}, "quotation marks"),
        ({"type": "text", "text": "a", "tekst": "a"}, "tekst"),
        (box(part(align="start"), part(align="middle"), part(align="middle")), r"body.contents\[1\].align.*center"),
        (box(part(wrap="yes")), r"body.contents\[0\].wrap"),
        (box(box(part(flex="x"))["contents"]["body"]), r"body.contents\[0\].contents\[0\].flex"),
        (box(part(maxLines="x")), r"body.contents\[0\].maxLines"),
        ({"type": "text", "text": "a", "quoteToken": 5}, "quoteToken"),
    ],
)
def test_a_refusal_is_our_own_sentence_with_number_and_place(message, says):
    with pytest.raises(ShopDeskError) as refused:
        draft([text("a"), message])
    said = refused.value.message
    assert said.startswith("Message 2: ")
    assert re.search(says, said)
    assert not LIBRARY.search(said)


@pytest.mark.parametrize(
    "message",
    [
        buttons("a", "a", [actions.open_link("a", "https://a.jp/?who={name}")]),
        buttons("a", "a", [actions.open_link("a", "https://a.jp/{name|you}")]),
        rich(PICTURE, "a", 100, [tap_link(Area(0, 0, 9, 9), "https://a.jp/{name}")]),
        image("https://a.jp/{name}.png", PICTURE),
    ],
)
def test_a_name_is_never_put_into_an_address(message):
    (problem,) = look([message]).problems
    assert (problem.code, "{name}" in problem.sentence) == ("placeholder", True)


@pytest.mark.parametrize(
    ("host", "taken"),
    [
        ("a.jp", True),
        ("a.jp:8443", True),
        ("xn--eckwd4c7c.jp", True),
        ("93.184.216.34", True),
        ("test.a.jp", True),
        ("localhost", False),
        ("shop.localhost", False),
        ("laptop", False),
        ("nas.local", False),
        ("NAS.LOCAL.", False),
        ("a.invalid", False),
        ("a.test", False),
        ("127.0.0.1", False),
        ("127.1", False),
        ("192.168.0.5", False),
        ("10.1.2.3:8080", False),
        ("169.254.169.254", False),
        ("[::1]", False),
        ("[fe80::1]", False),
    ],
)
def test_pictures_lie_where_every_phone_can_fetch_them(host, taken):
    problems = look([image(f"https://{host}/a.png", f"https://{host}/b.png")]).problems
    assert [one.code for one in problems] == ([] if taken else ["not_public"] * 2)


def test_controls_become_blanks_and_breaks_and_emoji_stay_in_their_places():
    emoji = {"index": 4, "productId": "a", "emojiId": "1"}
    said = {**text("a\x00\x0b\x85$\t\n\x1b"), "emojis": [emoji], "sender": {"name": "店\x07長"}}
    (made,) = draft([said]).messages
    assert made["text"] == "a \n\n$\t\n "
    assert made["sender"]["name"] == "店 長"
    assert made["emojis"] == [emoji]
