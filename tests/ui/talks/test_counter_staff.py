"""Counter staff to whom the owner granted the talks: they read and answer, and see nothing else of a person."""

from __future__ import annotations

from shopdesk.rehearsal import friend_id
from shopdesk.staff import OWNER, Member
from tests.people import person


def test_they_answer_talks_and_see_nothing_of_the_person(open_window, sqlite_shop, wrote):
    shop = sqlite_shop
    shop.messages.templates.save("お礼", [{"type": "text", "text": "ありがとうございます。"}])
    friend, _message = wrote("予約をしたいです")
    shop.friends.link(friend_id(0), person(shop, "見本 花子", phone="+819000000001"))
    shop.staff.seat(Member(3, "ゆう", "counter", answers=True, exports=False, waits_until=None))
    desk = open_window(shop, "talks", friend=friend)
    page = desk.page
    for _turn in range(3):
        desk.tasks.settle()
        desk.bot.wait(1)
    assert page.opened.messages[-1].words == "予約をしたいです"
    assert (page.opened.friend, page.opened.customer, page.opened.orders) == (None, None, ())
    assert page.side.isHidden()
    assert page.head.side.isHidden()
    assert page.composer.canned._templates[0].name == "お礼"
    page.composer.canned._menu()
    assert [one.text() for one in page.composer.canned._shown.actions()] == ["お礼"]
    page.composer.reply_wanted.emit("承知しました")
    for _turn in range(3):
        desk.tasks.settle()
        desk.bot.wait(1)
    assert page.opened.messages[-1].words == "承知しました"
    with shop.staff.acting(OWNER):
        entries = shop.staff.entries(50)
    assert [one.object for one in entries if one.action == "refused"] == []
    assert next(one.actor for one in entries if one.action == "reply") == "ゆう"
