"""Messages of every kind within LINE's limits, made by our own builders."""

from __future__ import annotations

from hypothesis import strategies as st

from shopdesk.messages import (
    DESIGNS,
    EMOJI_SIGN,
    LAYOUTS,
    Card,
    Column,
    Emoji,
    RichVideo,
    actions,
    areas,
    audio,
    buttons,
    cards,
    carousel,
    confirm,
    image,
    image_carousel,
    line_coupon,
    location,
    rich,
    sent_as,
    sticker,
    tap_copy,
    tap_link,
    tap_say,
    text,
    video,
    with_quick_replies,
)

# Letters of one, two and three bytes, of one and two UTF-16 units, marks, joiners and flags; no braces.
SIGNS = 'aZ 0$"\\/<>&%\n漢字かなｶﾞ。é\u0301\u200d\ufe0f👨👩👍🏽🇯🇵𠮷'
ADDRESSES = ["https://shop.example.jp/", "https://shop.example.jp/a.jpg?x=1&y=%E3%81%82", "https://a.jp/" + "p" * 900]


def said(most: int) -> st.SearchStrategy[str]:
    """A text that is not blank; of `most` signs at most half, for a sign has up to two units."""
    return st.text(SIGNS, min_size=1, max_size=min(most, 60) // 2).filter(str.strip)


media = st.sampled_from(ADDRESSES)
maybe_media = st.one_of(st.just(""), media)
links = st.sampled_from([*ADDRESSES, "http://a.jp", "tel:0312345678", "line://ti/p/@shop"])


def taps(label: int) -> st.SearchStrategy[dict]:
    word = said(label)
    return st.one_of(
        st.builds(actions.open_link, word, links),
        st.builds(actions.call, word, st.just("03-1234-5678")),
        st.builds(actions.say, word, said(300)),
        st.builds(actions.postback, word, said(300), said(300)),
        st.builds(actions.pick_moment, word, said(300), st.sampled_from(["date", "time", "datetime"])),
        st.builds(actions.copy, word, said(1000)),
    )


quick = st.one_of(
    taps(20),
    st.builds(actions.take_photo, said(20)),
    st.builds(actions.choose_photo, said(20)),
    st.builds(actions.send_place, said(20)),
)
emoji = st.builds(Emoji, st.just("5ac1bfd5040ab15980c9b435"), st.from_regex(r"[0-9]{3}", fullmatch=True))


@st.composite
def texts(draw) -> dict:
    parts = draw(st.lists(said(100), min_size=1, max_size=6))
    return text(EMOJI_SIGN.join(parts), [draw(emoji) for _between in parts[1:]])


@st.composite
def carousels(draw) -> dict:
    """Columns of one cut, as LINE wants them."""
    n, titled, pictured = draw(st.integers(1, 3)), draw(st.booleans()), draw(st.booleans())
    column = st.builds(
        Column,
        said(60),
        st.lists(taps(20), min_size=n, max_size=n).map(tuple),
        said(40) if titled else st.just(""),
        media if pictured else st.just(""),
        st.one_of(st.none(), taps(20)),
    )
    return carousel(draw(said(1500)), draw(st.lists(column, min_size=1, max_size=10)))


@st.composite
def riches(draw) -> dict:
    height = draw(st.integers(40, 3000))
    tap = st.sampled_from([tap_link, tap_say, tap_copy])
    fields = areas(draw(st.sampled_from(sorted(LAYOUTS))), height)
    tapped = [
        made(area, draw(links) if made is tap_link else draw(said(400)), draw(st.one_of(st.just(""), said(100))))
        for area in fields
        for made in [draw(tap)]
    ]
    film = st.builds(RichVideo, media, media, st.just(fields[0]), st.one_of(st.just(""), links), said(30))
    return rich(draw(media), draw(said(1500)), height, tapped, draw(st.one_of(st.none(), film)))


@st.composite
def card_of(draw) -> Card:
    design = draw(st.sampled_from(DESIGNS))
    by_form = {
        "line": said(60),
        "text": said(60),
        "yen": st.integers(-9_999_999, 9_999_999),
        "amounts": st.lists(st.tuples(said(40), st.integers(0, 99_999)), min_size=1, max_size=6).map(tuple),
    }
    chosen = draw(st.lists(st.sampled_from(design.slots), min_size=1, unique=True))
    values = {slot.name: draw(by_form[slot.form]) for slot in design.slots if slot in chosen}
    pressed = tuple(draw(st.lists(taps(40), max_size=3)))
    return Card(design.code, values, draw(maybe_media) if design.ratio else "", pressed)


plain = st.one_of(
    texts(),
    st.builds(sticker, st.just("446"), st.just("1988")),
    st.builds(image, media, media),
    st.builds(video, media, media, st.one_of(st.just(""), said(100))),
    st.builds(audio, media, st.integers(1, 10**9)),
    st.builds(location, said(100), said(100), st.floats(-90, 90), st.floats(-180, 180)),
    st.builds(line_coupon, st.just("01JABC"), st.sampled_from(["", "autumn_1"])),
    riches(),
    st.builds(
        lambda alt, words, pressed, title, picture: buttons(alt, words, pressed, title=title, picture=picture),
        said(1500),
        said(60),
        st.lists(taps(20), min_size=1, max_size=4),
        st.one_of(st.just(""), said(40)),
        maybe_media,
    ),
    st.builds(confirm, said(1500), said(240), taps(20), taps(20)),
    carousels(),
    st.builds(image_carousel, said(1500), st.lists(st.tuples(media, taps(12)), min_size=1, max_size=10)),
    st.builds(cards, said(1500), st.lists(card_of(), min_size=1, max_size=6)),
)


@st.composite
def messages(draw) -> dict:
    """One message, perhaps with quick replies and from another sender."""
    made = draw(plain)
    replies = draw(st.lists(quick, max_size=13))
    name = draw(st.one_of(st.just(""), st.just("店長 さくら")))
    return sent_as(
        with_quick_replies(made, replies, draw(st.lists(media, max_size=len(replies)))), name, draw(maybe_media)
    )
