"""The form of each kind of bubble gives back what it was given, and what a person types into it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from shopdesk import messages
from shopdesk.coupons import Offer
from shopdesk.messages import Card, Emoji, actions
from shopdesk.messages.imagemaps import WIDTH
from shopdesk.ui.messages.bubbles import Bubbles
from shopdesk.ui.messages.editors import KINDS, Studio, editor_for
from shopdesk.ui.messages.editors.cards import CardsEditor
from shopdesk.ui.messages.editors.code import CodeEditor
from shopdesk.ui.messages.editors.place import degrees
from shopdesk.ui.messages.editors.slots import amounts_read
from shopdesk.ui.messages.message_set import MessageSet
from shopdesk.ui.moment import MomentField

OPEN = actions.open_link("見る", "https://example.jp/")
SAY = actions.say("予約", "予約したい")
PHOTO = "https://example.jp/photo.jpg"
TAPS = [messages.tap_link(one, "https://example.jp/") for one in messages.areas("one_over_two", 700)]
FORMED = [
    messages.text(
        "{name|常連}さん \N{OBJECT REPLACEMENT CHARACTER}{{印}}🍰", [Emoji("5ac1bfd5040ab15980c9b435", "001")]
    ),
    messages.sticker("446", "1988"),
    messages.image(PHOTO, "https://example.jp/small.jpg"),
    messages.video("https://example.jp/v.mp4", PHOTO, "autumn"),
    messages.location("お店", "東京都千代田区1-1", 35.68123, -139.76712),
    messages.rich("https://example.jp/rich", "週末", 700, TAPS),
    messages.rich(
        "https://example.jp/rich", "週末", 700, [messages.tap_say(messages.Area(3, 4, 50, 60), "はい", "端")]
    ),
    messages.cards("秋", [Card("product", {"label": "新商品", "title": "栗", "price_yen": 580}, PHOTO, (OPEN, SAY))]),
    messages.cards("明細", [Card("receipt", {"label": "お買い上げ明細", "amounts": (("栗", 580), ("茶 大", 1200))})]),
    messages.cards("二枚", [Card.new("event"), Card("place", {"label": "店舗", "title": "本店", "phone": "03"})]),
    messages.buttons("通知", "本文", [OPEN, actions.postback("裏", "x=1", "見えます")], title="題", picture=PHOTO),
    messages.confirm("来ますか", "来ますか", actions.say("はい", "はい"), actions.call("電話", "03-1234-5678")),
    messages.line_coupon("01ABC", "shop"),
]
UNFORMED = [
    messages.audio("https://example.jp/a.mp3", 5000),
    messages.carousel("列", [messages.Column("一", (OPEN,)), messages.Column("二", (OPEN,))]),
    messages.flex("素", {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": []}}),
    {"type": "text", "text": "引用", "quoteToken": "q"},
]


@pytest.fixture
def studio(qtbot, desk):
    """What editors work with, over an empty shop."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Studio(parent, desk.shop, desk.tasks, desk.notices)
    made.host = parent  # else it goes with the name
    return made


@pytest.fixture
def form(qtbot, studio):
    """Make the form of a message and show it."""

    def made(message):
        editor = editor_for(message, studio)
        qtbot.addWidget(editor)
        editor.show()
        return editor

    return made


@pytest.fixture
def photo(tmp_path):
    """A picture file of 800 to 600."""
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("orange"))
    bytes_ = QBuffer()
    bytes_.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(bytes_, "JPEG")
    file = tmp_path / "写真.jpg"
    file.write_bytes(bytes_.data().data())
    return file


@pytest.mark.parametrize("message", FORMED, ids=lambda one: one["type"])
def test_a_form_gives_back_what_it_was_given(form, message):
    editor = form(message)
    assert not isinstance(editor, CodeEditor)
    assert editor.message() == message


@pytest.mark.parametrize("message", UNFORMED, ids=lambda one: one["type"])
def test_what_has_no_form_is_json_and_stays_as_it_is(form, message):
    editor = form(message)
    assert isinstance(editor, CodeEditor)
    assert editor.message() == message


@pytest.mark.parametrize("kind", [one for one in KINDS if one.code != "flex"], ids=lambda one: one.code)
def test_every_kind_that_can_be_added_begins_with_its_form(form, kind):
    assert not isinstance(form(kind.begin()), CodeEditor)


def test_every_ready_template_has_forms(form):
    said = [one for template in messages.ready() for one in template.messages]
    bare = [{key: value for key, value in one.items() if key != "quickReply"} for one in said]
    assert [type(form(one)) for one in bare if isinstance(form(one), CodeEditor)] == []


def test_json_that_cannot_be_read_says_where(form):
    editor = form(UNFORMED[2])
    editor.area.setPlainText('{\n  "type": "flex",\n}')
    [problem] = editor.own_problems(0)
    assert problem.sentence == "Line 3, sign 1: this is no JSON."
    assert editor.message() == UNFORMED[2]
    editor.area.setPlainText('{"type": "sticker", "packageId": "1", "stickerId": "2"}')
    assert editor.own_problems(0) == ()
    assert editor.message()["stickerId"] == "2"


def test_a_coupon_of_the_shops_own_is_chosen_by_name(qtbot, studio, desk):
    bubbles = Bubbles(studio)
    qtbot.addWidget(bubbles)
    bubbles.show_messages([])
    bubbles.show()
    coupons = desk.shop.coupons
    made = coupons.publish(coupons.create(Offer("<b>コーヒー</b>", "free_item")).id)
    coupons.create(Offer("まだ", "free_item"))
    bubbles.coupon.click()
    desk.tasks.settle()
    assert [one.text() for one in bubbles._shown.actions()] == ["<b>コーヒー</b>"]
    bubbles._shown.actions()[0].trigger()
    (_text, card) = bubbles.bubbles
    assert isinstance(card.editor, CardsEditor)
    assert card.message() == desk.shop.messages.coupon_card(made.offer, messages.addresses.coupon(made.id))
    (button,) = card.editor.form.buttons.forms
    assert button.choice.currentText() == "Open each reader's own coupon"
    report = messages.look(bubbles.messages())
    assert "fixed public address" in next(one.sentence for one in report.problems if one.bubble == 1)
    assert messages.look(bubbles.messages()[1:], public=True).good
    bubbles._shown.close()


def test_what_stands_on_a_card_is_a_mark_in_the_text(form):
    said = "{card_points|まだ}個、{expiring_points}個は{expires_on}まで"
    editor = form(messages.text(said))
    assert editor.message() == messages.text(said)
    editor.edit.insert_from_card("{card_points}")
    assert editor.message()["text"] == said + "{card_points}"


def test_emoji_of_lines_stand_where_they_were_put(form):
    editor = form(messages.text("🍰とお茶"))
    editor.edit.insert_emoji(Emoji("5ac1bfd5040ab15980c9b435", "012"))
    editor.edit.insertPlainText("！")
    assert editor.message()["text"] == "🍰とお茶$！"
    assert editor.message()["emojis"] == [{"index": 5, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "012"}]


def test_a_sticker_is_chosen_by_keys(form):
    editor = form(messages.sticker("", ""))
    editor.grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(editor.grid, key)
    first = messages.stickers()[0]
    assert editor.message() == messages.sticker(first.package, str(first.numbers[1]))


def test_cards_are_added_moved_and_redesigned(form):
    editor = form(FORMED[7])
    editor.form.slots["title"].control.setText("栗のモンブラン")
    editor.add.click()
    editor.form.slots["title"].control.setText("いちごタルト")
    editor.form.slots["price_yen"].control.setText("￥１,２００")
    editor.left.click()
    shown = messages.read_cards(editor.message())
    assert [one.values["title"] for one in shown] == ["いちごタルト", "栗のモンブラン"]
    assert shown[0].values["price_yen"] == 1200
    editor.form.redesigned.emit("coupon")
    first, second = messages.read_cards(editor.message())
    assert (first.design, first.values["label"], first.values["title"]) == ("coupon", "クーポン", "いちごタルト")
    assert second.buttons == (OPEN, SAY)
    editor.remove.click()
    assert messages.read_cards(editor.message()) == (second,)


def test_notifications_say_the_title_until_something_else_is_written(form):
    editor = form(messages.cards("栗", [Card("product", {"title": "栗"})]))
    editor.form.slots["title"].control.setText("栗のケーキ")
    assert editor.message()["altText"] == "栗のケーキ"
    editor.alt.control.setText("秋の新作")
    assert editor.message()["altText"] == "秋の新作"


def test_a_rich_message_is_divided_and_each_place_does_its_thing(form):
    editor = form(messages.rich(PHOTO, "週末", WIDTH, []))
    editor.layouts.tiles["two_beside"].click()
    editor.doing.chosen.emit("open")
    editor.value.control.setText("https://example.jp/left")
    editor.shown.chosen.emit(1)
    editor.doing.chosen.emit("call")
    editor.value.control.setText("03-1234-5678")
    left, right = messages.areas("two_beside", WIDTH)
    assert editor.message()["actions"] == [
        messages.tap_link(left, "https://example.jp/left"),
        messages.tap_link(right, "tel:0312345678"),
    ]
    editor.layouts.tiles["one"].click()
    assert [one["linkUri"] for one in editor.message()["actions"]] == ["https://example.jp/left"]


def test_a_file_becomes_a_picture_and_needs_a_public_address(form, desk, studio, photo):
    editor = form(messages.image("", ""))
    editor.picture.add(photo)
    assert desk.tasks.settle()
    [kept] = desk.shop.messages.pictures.list()
    assert editor.message() == messages.image(f"media:{kept.id}/1040", f"media:{kept.id}/700")
    assert not editor.picture._public.isHidden()
    editor.picture._public.line.setText("http://insecure.example.jp")
    editor.picture._public.keep.click()
    assert desk.tasks.settle()
    assert "https://" in editor.picture._public._error.text()
    editor.picture._public.line.setText("https://shop.example.jp")
    editor.picture._public.keep.click()
    assert desk.tasks.settle()
    assert editor.picture._public.isHidden()
    assert desk.shop.messages.draft([editor.message()]).messages[0]["previewImageUrl"].startswith("https://shop.exa")
    editor.picture.image()
    assert desk.tasks.settle()
    assert editor.picture.image().width() == 460


def test_a_file_that_is_no_picture_is_said_at_the_field(form, desk, tmp_path):
    file = tmp_path / "menu.jpg"
    file.write_text("no picture")
    editor = form(messages.image("", ""))
    editor.picture.add(file)
    assert desk.tasks.settle()
    assert editor.picture.error() == "This file is no JPEG or PNG picture. Choose another one."


def test_the_height_of_a_rich_message_is_that_of_its_picture(form, desk, photo):
    editor = form(messages.rich("", "週末", WIDTH, []))
    editor.picture.add(photo)
    assert desk.tasks.settle()
    assert editor.message()["baseSize"] == {"width": 1040, "height": 780}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("35.68123, 139.76712", (35.68123, 139.76712)),
        ("３５．６８、１３９．７６", (35.68, 139.76)),
        ("https://maps.example/@-33.8,151.2,17z", (-33.8, 151.2)),
        ("東京駅", None),
    ],
)
def test_where_a_place_lies_is_read_as_maps_copy_it(said, found):
    assert degrees(said) == found


def test_goods_and_yen_are_read_line_by_line():
    assert amounts_read("栗のケーキ 580\n茶 大：1,200円\n値引 -100\nおまけ\n") == (
        ("栗のケーキ", 580),
        ("茶 大", 1200),
        ("値引", -100),
    )


# Bubbles together


@pytest.fixture
def written(qtbot, studio):
    """A set of bubbles, shown."""

    def made(*found):
        shown = MessageSet(studio)
        qtbot.addWidget(shown)
        shown.show_messages(found)
        shown.show()
        return shown

    return made


def texts(shown):
    return [one.get("text") for one in shown.messages()]


def test_bubbles_move_by_keys_are_doubled_and_come_back(written, desk, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    desk.notices.attach(host)
    shown = written(messages.text("一"), messages.text("二"))
    first = shown.bubbles.bubbles[0]
    with qtbot.waitActive(shown):
        shown.activateWindow()
    first.editor.edit.setFocus()
    QTest.keyClick(first.editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert texts(shown) == ["二", "一"]
    first.double.click()
    assert texts(shown) == ["二", "一", "一"]
    shown.bubbles.bubbles[0].remove.click()
    assert texts(shown) == ["一", "一"]
    desk.notices._toast.action.click()
    assert texts(shown) == ["二", "一", "一"]


def test_quick_replies_stand_under_the_last_bubble_and_the_sender_on_each(written):
    replies = [SAY, actions.take_photo("写真")]
    said = [messages.sent_as(messages.text(one), "店長", "https://example.jp/i.png") for one in ("一", "二")]
    said[-1] = messages.with_quick_replies(said[-1], replies, ["https://example.jp/q.png"])
    shown = written(*said)
    assert shown.messages() == said
    shown.bubbles.add_kind(KINDS[0])
    assert "quickReply" not in shown.messages()[1]
    assert len(shown.messages()[2]["quickReply"]["items"]) == 2
    shown.extras.name.control.setText("LINE 公式")
    shown.show_report(shown.look(), insist=False)
    assert "LINE" in shown.extras.name.error()


def test_limits_are_said_at_the_field_and_the_first_problem_gets_the_caret(written):
    label = "あ" * 21
    shown = written(messages.text("よい"), messages.buttons("通知", "本文", [actions.open_link(label, "")]))
    form = shown.bubbles.bubbles[1].editor.list.forms[0]
    shown.show_report(shown.look(), insist=False)
    assert form.label_field._count.text() == "21 / 20"
    assert form.label_field._count.property("tone") == "danger_text"
    assert form.label_field.error()
    assert not form.value_field.error()  # only empty yet
    place = shown.show_report(shown.look(), insist=True)
    assert form.value_field.error().startswith("The link is empty")
    assert place in {form.label_field.control, form.value_field.control}


def test_a_problem_of_a_card_that_is_not_open_names_the_card(written):
    cards = [
        Card("product", {"title": "栗"}),
        Card("product", {"title": "茶"}, "", (actions.open_link("見る", "x y"),)),
    ]
    shown = written(messages.cards("秋", cards))
    bubble = shown.bubbles.bubbles[0]
    shown.show_report(shown.look(), insist=False)
    assert bubble._wrong.prose.text().startswith("Card 2: ")
    assert bubble.editor.problem_place(shown.look(), 0) is bubble.editor.form.buttons.forms[0].value_field.control


def test_a_time_that_has_passed_is_refused_as_it_is_chosen(qtbot, appearance, clock):
    field = MomentField(clock)
    qtbot.addWidget(field)
    assert not field.over()
    field.day.set_value(clock.now().date())
    field.hour.set_value(14)
    field.minute.set_value(30)
    assert field.over()  # it is 14:32
    field.minute.set_value(35)
    assert not field.over()
