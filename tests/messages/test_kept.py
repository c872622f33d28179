"""Templates and pictures the shop keeps."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from shopdesk.at_rest import restore_shop
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.messages import Card, MessageError, addresses, cards, image, rich, text
from shopdesk.messages.kept_templates import UNDO_DAYS
from shopdesk.pictures import PictureError
from tests.openapi import check_request
from tests.surveys.conftest import published


def photo(colour: str = "teal", size: tuple[int, int] = (1200, 800)) -> bytes:
    into = BytesIO()
    Image.new("RGB", size, colour).save(into, "JPEG")
    return into.getvalue()


def names(shop, search: str = "") -> list[str]:
    return [one.name for one in shop.messages.templates.list(search)]


def test_a_template_is_kept_found_renamed_and_used(shop):
    templates = shop.messages.templates
    thanks = templates.save(" お礼 ", [text("{name}さま、ありがとうございました。")])
    templates.save("野菜", [cards("旬の野菜", [Card("product", {"title": "ミニトマト", "price_yen": 300})])])
    assert names(shop) == ["お礼", "野菜"]
    assert names(shop, "みにとまと") == ["野菜"]
    assert names(shop, "ありがとう お礼") == ["お礼"]
    assert names(shop, "ありがとう 野菜") == []
    assert templates.rename(thanks.id, "ご来店のお礼").name == "ご来店のお礼"
    again = templates.save("ご来店のお礼", [text("別の文")])
    assert (again.id, again.messages) == (thanks.id, (text("別の文"),))
    assert shop.messages.draft(templates.get(thanks.id).messages).messages == (text("別の文"),)
    recorded = {(entry.action, entry.ids) for entry in shop.staff.entries() if entry.object == "template"}
    assert {("rename", str(thanks.id)), ("save", str(thanks.id))} <= recorded


def test_a_deleted_template_comes_back_for_thirty_days(shop, clock):
    templates = shop.messages.templates
    first, second = templates.save("案内", [text("1")]), templates.save("別", [text("2")])
    templates.delete(first.id)
    assert names(shop) == ["別"]
    for act in (templates.get, templates.delete, lambda one: templates.rename(one, "x")):
        with pytest.raises(NotFoundError):
            act(first.id)
    templates.save("案内", [text("3")])
    assert templates.restore(first.id).name == "案内 (2)"
    with pytest.raises(NotFoundError):
        templates.restore(first.id)
    templates.delete(first.id)
    clock.move(UNDO_DAYS + timedelta(minutes=1))
    assert templates.restore(first.id).messages == (text("1"),)
    templates.delete(first.id)
    clock.move(UNDO_DAYS + timedelta(minutes=1))
    templates.delete(second.id)
    with pytest.raises(NotFoundError):
        templates.restore(first.id)


def test_what_cannot_be_kept_is_refused(shop):
    templates = shop.messages.templates
    kept = templates.save("a", [text("half written: {")])
    templates.save("b", [text("1")])
    for act, error in [
        (lambda: templates.save(" ", [text("a")]), InvalidInputError),
        (lambda: templates.save("c", []), MessageError),
        (lambda: templates.save("c", [text("\ud83d")]), MessageError),
        (lambda: templates.rename(kept.id, "b"), InvalidInputError),
        (lambda: templates.rename(kept.id, ""), InvalidInputError),
    ]:
        with pytest.raises(error):
            act()
    assert names(shop) == ["a", "b"]
    assert templates.rename(kept.id, "a").name == "a"


def test_a_picture_is_kept_once_in_every_width(shop):
    pictures = shop.messages.pictures
    kept = pictures.add(photo(), "店")
    assert pictures.add(photo(), "again") == kept
    square = pictures.add(photo(), "square", (1, 1))
    assert (kept.width, kept.height, square.height) == (1040, 693, 1040)
    assert {one.id for one in pictures.list()} == {kept.id, square.id}
    for width in (240, 300, 460, 700, 1040):
        media, data = pictures.read(kept.id, width)
        assert media == "image/jpeg"
        assert Image.open(BytesIO(data)).width == width
    tall = pictures.add(photo(size=(300, 600)), "tall")
    strip = pictures.add(photo(size=(100, 900)), "strip")
    assert [one.card_width for one in (kept, square, tall, strip)] == [700, 700, 460, 240]
    with pytest.raises(NotFoundError):
        pictures.read(kept.id, 500)
    with pytest.raises(PictureError):
        pictures.add(b"x", "x")


def test_a_picture_that_a_template_or_a_survey_shows_is_not_deleted(shop):
    pictures, templates = shop.messages.pictures, shop.messages.templates
    kept = pictures.add(photo(), "店")
    made = templates.save("店", [image(addresses.own(kept.id, 1040), addresses.own(kept.id, 460))])
    with pytest.raises(InvalidInputError, match="店"):
        pictures.delete(kept.id)
    templates.delete(made.id)
    labels = [{"label": one, "picture": kept.id} for one in ("栗", "桃")]
    cakes = {"name": "味", "title": "どちらですか", "kind": "picture", "options": labels}
    survey = published(shop, questions=[cakes])
    with pytest.raises(InvalidInputError, match="肌のアンケート"):
        pictures.delete(kept.id)
    shop.surveys.close(survey.id)
    pictures.delete(kept.id)
    for act in (pictures.get, pictures.delete, lambda one: pictures.read(one, 240)):
        with pytest.raises(NotFoundError):
            act(kept.id)


def test_own_pictures_need_a_public_address(shop):
    kept = shop.messages.pictures.add(photo(), "店")
    messages = [
        image(addresses.own(kept.id, 1040), addresses.own(kept.id, 460)),
        rich(addresses.own(kept.id), "店", kept.height, []),
        cards("店", [Card("product", {"title": "a"}, addresses.own(kept.id, 700))]),
    ]
    assert [addresses.used(one) for one in messages] == [{kept.id}] * 3
    missing = shop.messages.look(messages).problems
    assert {(one.bubble, one.field, one.code) for one in missing} == {
        (0, "originalContentUrl", "no_public_address"),
        (0, "previewImageUrl", "no_public_address"),
        (1, "baseUrl", "no_public_address"),
        (2, "contents.hero.url", "no_public_address"),
    }
    with pytest.raises(MessageError, match="Message 1: LINE cannot fetch this picture"):
        shop.messages.draft(messages)
    shop.settings.set("public_url", "https://shop.example.jp/")
    assert shop.messages.look(messages).good
    sent = shop.messages.draft(messages).messages
    base = f"https://shop.example.jp/media/{kept.id}"
    assert (sent[0]["previewImageUrl"], sent[1]["baseUrl"]) == (f"{base}/460", base)
    assert sent[2]["contents"]["hero"]["url"] == f"{base}/700"
    check_request("POST", "/v2/bot/message/push", {"to": "U" + "0" * 32, "messages": list(sent)})


@pytest.mark.parametrize(
    ("said", "says"),
    [
        *((one, "https://") for one in ("http://shop.jp", "shop.jp", "https://", "https://a b", "https://店.jp")),
        *((f"https://{one}", "your own network") for one in ("localhost", "nas.local", "192.168.0.5", "a.test", "pc")),
    ],
)
def test_a_public_address_is_one_that_everybody_can_open(sqlite_shop, said, says):
    with pytest.raises(InvalidInputError, match=says):
        sqlite_shop.settings.set("public_url", said)
    assert sqlite_shop.settings.set("public_url", " ") == ""
    assert sqlite_shop.messages.public_url() == ""


def test_templates_and_pictures_are_in_the_backup(make_shop, tmp_path):
    shop = make_shop()
    kept = shop.messages.pictures.add(photo(), "店")
    shop.messages.templates.save("a", [text("a")])
    file, _rows = shop.back_up(tmp_path / "backup.db")
    restore_shop(file, tmp_path / "other")
    other = make_shop("other")
    assert names(other) == ["a"]
    assert other.messages.pictures.read(kept.id, 240) == shop.messages.pictures.read(kept.id, 240)
