"""Whatever the builders make is good: for our own table, LINE's description, its SDK, and the rehearsal over HTTP."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings, strategies as st

from shopdesk.messages import draft, for_person, look, restored, stored, text, units, written
from tests.messages import strategies
from tests.openapi import check_request

CALM = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@CALM
@given(st.lists(strategies.messages(), min_size=1, max_size=5))
def test_whatever_is_built_is_taken_by_all_who_judge(refused, messages):
    assert look(messages).problems == ()
    made = draft(messages)
    assert restored(stored(made)) == made
    bodies = for_person(made, "田中")
    check_request("POST", "/v2/bot/message/push", {"to": "U" + "0" * 32, "messages": bodies})
    assert refused(bodies) == set()


@CALM
@given(strategies.texts())
def test_a_text_with_emoji_is_read_back_for_editing(message):
    assert text(*written(message)) == message


@CALM
@given(
    st.lists(st.sampled_from(["{name}", "{name|みなさま}", "{{", "}}", "あ", "👍", "$"]), max_size=8),
    st.lists(st.sampled_from(["{name}", "!", "𠮷"]), max_size=4),
    st.sampled_from(["", "a", "👨‍👩‍👧 $ {name}", "田中太郎" * 10]),
)
def test_an_emoji_stays_at_its_place_whatever_is_filled_in(before, after, name):
    emoji = strategies.Emoji("5ac1bfd5040ab15980c9b435", "001")
    made = text("".join(before) + strategies.EMOJI_SIGN + "".join(after), [emoji])
    (sent,) = for_person(draft([made]), name)
    at = 2 * sent["emojis"][0]["index"]
    assert sent["text"].encode("utf-16-le")[at : at + 2] == b"$\0"
    (alone,) = for_person(draft([text("".join([*before, "x"]))]), name)
    assert sent["emojis"][0]["index"] == units(alone["text"]) - 1
    assert look([made], name).problems == ()
