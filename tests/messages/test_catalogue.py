"""What ships for writing messages: stickers and emoji by number, ready templates."""

from __future__ import annotations

import pytest

from shopdesk import i18n
from shopdesk.messages import DESIGNS, draft, emoji_sets, for_person, readable, ready, sticker, stickers, text
from tests.messages.strategies import EMOJI_SIGN


def test_stickers_and_emoji_can_be_sent(refused):
    numbers = [number for one in stickers() for number in one.numbers]
    assert len(stickers()) == 15
    assert len(numbers) == len(set(numbers)) == 456
    assert refused([sticker(one.package, str(one.numbers[-1])) for one in stickers()[:5]]) == set()
    first = emoji_sets()[0].emoji
    assert (first[0].number, len(first)) == ("001", emoji_sets()[0].count)
    assert refused([text(EMOJI_SIGN * 20, first[-20:])]) == set()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_has_a_title_in_each_language(language):
    i18n.set_language(language)
    titles = [one.title for one in (*stickers(), *emoji_sets(), *ready())]
    assert all(title.strip() for title in titles)
    assert [title.isascii() for title in (one.title for one in ready())] == [language == "en"] * len(ready())


@pytest.mark.parametrize("one", ready(), ids=lambda one: one.code)
def test_a_ready_template_can_be_sent_as_it_is(refused, one):
    assert refused(for_person(draft(one.messages), "")) == set()
    said = "".join(map(str, for_person(draft(one.messages), "")))
    assert "お客さまさま" not in said
    assert all(readable(one.messages))


def test_designs_are_named_once():
    assert len({one.code for one in DESIGNS}) == len(DESIGNS) == 8
