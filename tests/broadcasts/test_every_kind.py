"""Every kind of message on its way: from templates and kept pictures to what each person's phone holds."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from shopdesk.messages import (
    EMOJI_SIGN,
    Area,
    Card,
    Emoji,
    actions,
    addresses,
    buttons,
    cards,
    rich,
    sent_as,
    sticker,
    tap_link,
    text,
    with_quick_replies,
)


def picture(shop) -> str:
    into = BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(into, "JPEG")
    return shop.messages.pictures.add(into.getvalue(), "店").id


def test_each_person_gets_what_was_kept_as_a_template(sqlite_shop, there, linked):
    shop = sqlite_shop
    linked(shop, 0, "田中𠮷子")
    kept = picture(shop)
    visit = actions.open_link("{name|お客}様の予約", "https://a.jp")
    template = shop.messages.templates.save(
        "秋",
        [
            text(f"{{name}}さん{EMOJI_SIGN}", [Emoji("5ac1bfd5040ab15980c9b435", "001")]),
            rich(addresses.own(kept), "{name}さんへ", 693, [tap_link(Area(0, 0, 1040, 693), "https://a.jp")]),
            sticker("446", "1988"),
            cards(
                "{name}さんに", [Card("coupon", {"title": '"{name}" \\ さん'}, addresses.own(kept, 700), (visit,))] * 2
            ),
            sent_as(with_quick_replies(buttons("a", "b", [visit]), [actions.send_place("場所")]), "店長"),
        ],
    )
    shop.settings.set("public_url", "https://shop.example.jp")
    made = shop.broadcasts.draft(shop.messages.draft(template.messages), everyone=True)
    assert shop.broadcasts.send(made).accepted == 30
    first, second = (person.received() for person in list(there.rehearsal.people)[:2])
    other = list(there.rehearsal.people)[1].display_name
    for name, got in (("田中𠮷子", first), (other, second)):
        assert got[0]["text"] == f"{name}さん$"
        assert got[0]["emojis"][0]["index"] == len(got[0]["text"].encode("utf-16-le")) // 2 - 1
        assert got[1]["baseUrl"] == f"https://shop.example.jp/media/{kept}"
        assert got[1]["altText"] == f"{name}さんへ"
        assert got[3]["contents"]["contents"][1]["body"]["contents"][0]["text"] == f'"{name}" \\ さん'
        assert got[4]["template"]["actions"][0]["label"] == f"{name}様の予約"
        assert got[4]["sender"] == {"name": "店長"}
    assert shop.broadcasts.broken_hashes() == []
