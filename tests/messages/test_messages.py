"""Drafts: their form, placeholders and limits."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from shopdesk.line import RefusedByLineError
from shopdesk.messages import (
    Card,
    MessageError,
    actions,
    buttons,
    cards,
    check_lengths,
    draft,
    for_person,
    graphemes,
    image,
    location,
    parse,
    readable,
    restored,
    sticker,
    stored,
    text,
    units,
    with_quick_replies,
)
from shopdesk.messages.placeholders import filled


def shown(said: str, name: str) -> str:
    return readable(for_person(draft([text(said)]), name))[0]


@pytest.mark.parametrize(
    ("said", "name", "reads"),
    [
        ("{name}さん、こんにちは", "田中", "田中さん、こんにちは"),
        ("{name}、こんにちは", "", "お客さま、こんにちは"),
        ("{name}、こんにちは", " \u3000", "お客さま、こんにちは"),
        ("{name|みなさま}へ", "", "みなさまへ"),
        ("{name|}へ", "", "へ"),
        ("{ name }へ", "A", "Aへ"),
        ("{{name}}", "A", "{name}"),
        ("{{{name}}}", "A", "{A}"),
        ("{name}", "{name|x}", "{name|x}"),
        ("{name}", "A\x00\ud83dB", "AB"),
    ],
)
def test_placeholders(said: str, name: str, reads: str):
    assert shown(said, name) == reads


@pytest.mark.parametrize("said", ["{nmae}", "{point}さん", "a { b", "a } b", "{name", "{}", "{name{x}}"])
def test_what_is_no_placeholder_is_refused(said: str):
    with pytest.raises(MessageError):
        draft([text(said)])


@given(st.text(), st.text())
def test_filling_never_fails_and_keeps_any_name(before: str, name: str):
    escaped = before.replace("{", "{{").replace("}", "}}")
    assert filled(escaped, {"name": name}) == before


def test_texts_in_every_kind_are_filled_and_addresses_are_not():
    flex = {
        "type": "flex",
        "altText": "{name}さんへ",
        "contents": {
            "type": "bubble",
            "body": {
                "type": "box",
                "layout": "vertical",
                "contents": [
                    {"type": "text", "text": "{name}"},
                    {
                        "type": "button",
                        "action": {"type": "uri", "label": "{name}の店", "uri": "https://example.com/%7Bname%7D"},
                    },
                ],
            },
        },
    }
    made = draft([flex])
    assert made.personal
    filled = json.dumps(for_person(made, "花子"), ensure_ascii=False)
    assert filled.count("花子") == 3
    assert "%7Bname%7D" in filled


def test_textv2_keeps_what_is_lines_own():
    message = {
        "type": "textV2",
        "text": "{name}さん {smile} {{x}}",
        "substitution": {
            "smile": {"type": "emoji", "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"},
        },
    }
    assert for_person(draft([message]), "a{b")[0]["text"] == "a{{bさん {smile} {{x}}"


def test_lengths_are_counted_as_line_counts():
    assert units("a😀") == 3
    draft([text("😀" * 2500)])
    with pytest.raises(MessageError, match="5,001"):
        draft([text("😀" * 2500 + "a")])


def test_the_longest_name_counts():
    made = draft([text("{name}" + "あ" * 4995)])
    check_lengths(made, "12345", public=False)
    with pytest.raises(MessageError, match="Shorten it by 1"):
        check_lengths(made, "123456", public=False)


@pytest.mark.parametrize("default", ["", "お客"])
@pytest.mark.parametrize(
    ("make", "room"),
    [
        (lambda said: buttons("a", "a", [actions.say(said, "a")]), 20),
        (lambda said: buttons("a", said, [actions.say("a", "a")], title="a"), 60),
        (lambda said: with_quick_replies(text("a"), [actions.send_place(said)]), 20),
        (lambda said: cards("a", [Card("event", {}, "", (actions.say(said, "a"),))]), 40),
        (lambda said: location(said, "a", 0, 0), 100),
    ],
)
def test_no_name_breaks_a_limit_unseen(make, room: int, default: str):
    """Where the placeholder's default fits, the longest name of the audience may still not."""
    made = draft([make(f"{{name|{default}}}様")])
    fits = "あ" * (room - 1)
    check_lengths(made, fits, public=False)
    check_lengths(made, "", public=False)
    with pytest.raises(MessageError, match="Shorten it by 1"):
        check_lengths(made, fits + "い", public=False)
    with pytest.raises(MessageError, match="Shorten it by 2"):
        draft([make(f"{{name|{fits}い}}様い")])


def test_messages_without_words_are_named():
    shown = [sticker("446", "1988"), image("https://a.jp/a.png", "https://a.jp/a.png"), location("店", "東京都", 0, 0)]
    assert readable(shown) == ("(sticker)", "(picture)", "店")
    assert readable([{"type": "poll"}, {}]) == ("", "")


@pytest.mark.parametrize(
    ("said", "seen_as", "counted_as"),
    [
        ("", 0, 0),
        ("aé", 2, 2),
        ("e\u0301", 1, 2),
        ("👍🏽", 1, 4),
        ("👨\u200d👩\u200d👧", 1, 8),
        ("🇯🇵🇯🇵", 2, 8),
        ("🇯🇵🇯", 2, 6),
        ("1\ufe0f\u20e3", 1, 3),
        ("ｶﾞ", 1, 2),
        ("a\u200db", 2, 3),
        ("葛\U000e0100", 1, 3),
        ("\r\n", 1, 2),
        ("\u0301", 1, 1),
    ],
)
def test_signs_are_counted_as_a_reader_sees_them(said: str, seen_as: int, counted_as: int):
    assert (graphemes(said), units(said)) == (seen_as, counted_as)


@pytest.mark.parametrize(
    ("messages", "says"),
    [
        ([], "no message"),
        ([text("x")] * 6, "6 messages"),
        ([text("  ")], "empty"),
        (["x"], "JSON list"),
        ([text("a\ud83d")], "broken character"),
        (
            [
                {
                    "type": "flex",
                    "altText": "x",
                    "contents": {
                        "type": "bubble",
                        "body": {
                            "type": "box",
                            "layout": "vertical",
                            "contents": [{"type": "text", "text": "あ" * 11000}],
                        },
                    },
                }
            ],
            "30 KB",
        ),
    ],
)
def test_bad_drafts_are_one_sentence(messages: list[object], says: str):
    with pytest.raises(MessageError, match=says):
        draft(messages)


def test_drafts_in_json():
    made = parse(json.dumps([text("はい")]))
    assert readable(made.messages) == ("はい",)
    assert parse(stored(made)) == restored(stored(made)) == made
    for broken in ("", "{}", "[", "[" * 100_000):
        with pytest.raises(MessageError):
            parse(broken)
    with pytest.raises(RefusedByLineError):
        parse('[{"type": "text", "text": "a", "x": 1}]')
