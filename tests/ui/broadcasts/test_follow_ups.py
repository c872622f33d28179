"""LINE first, then a mail to those who did not open it, as a shopkeeper sets it going; and a broadcast that goes by mail alone."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QDialog

from shopdesk import channels
from shopdesk.customers import NewCustomer
from shopdesk.links import hour_of
from shopdesk.messages import draft, text
from shopdesk.rehearsal import friend_id
from shopdesk.ui import widgets as w
from shopdesk.ui.link_clicks import LinkDialog
from tests.mail_provider import IDENTITY
from tests.ui.broadcasts.test_broadcasts_page import until, yes  # noqa: F401 - a fixture
from tests.ui.broadcasts.test_mail import complete, posted, provider, writes  # noqa: F401 - fixtures

BASE, AUTUMN = "https://shop.example.com", "https://example.jp/aki"


def sent(shop):
    """Send a broadcast to five people on LINE: one of them opens the link, another agreed to mail."""
    shop.settings.set("public_url", BASE)
    shop.settings.set("shop_address", IDENTITY["shop_address"])
    mailed = shop.customers.add(NewCustomer("花子", email="hanako@example.com", prefecture="東京都")).id
    shop.customers.consents.set(mailed, "mail", on=True, how="page", wording="新作のお知らせを受け取る")
    shop.friends.link(friend_id(5), mailed)
    made = shop.broadcasts.draft(draft([text(f"秋です {AUTUMN}")]), segment="東京の方", counts=True, name="秋")
    channels.send(shop, made)
    with shop.database.write() as session:
        (token,) = shop.links.of_people(session, made, [friend_id(1)]).values()
    lead = shop.links.lead(token)
    shop.links.count({(lead.link_id, lead.receiver_id, hour_of(shop.clock.now())): 3})
    return made


def test_a_mail_some_days_later_to_those_who_did_not_open_it(posted, world, yes, monkeypatch):  # noqa: F811
    shop, page, looked, seen = world.shop, world.page, [], []
    first = sent(shop)
    page.open(shop.broadcasts.status(first))
    course = page.course
    until(world, lambda: course.seen is not None and not course.clicks.isHidden())
    assert (course.clicks.follow_up.isHidden(), course.mail_clicks.isHidden()) == (False, True)

    def shown(dialog):
        looked.extend(one.text() for one in dialog.findChildren(w.Label))
        seen.append([one.isHidden() for one in dialog.lists])
        dialog.turn.chosen.emit(1)
        seen.append([one.isHidden() for one in dialog.lists])
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(LinkDialog, "exec", shown)
    course.clicks.findChildren(w.Row)[0].clicked.emit()
    until(world, lambda: looked)
    assert "見本 1 髙𠮷" in " ".join(looked)
    assert seen == [[False, True], [True, False]]  # by hour, then by person
    course.clicks.follow_up.click()
    composer = page.composer
    until(world, lambda: not composer.isHidden() and composer.mail.plan is not None)
    assert composer.mail.plan.planned == 1
    assert (composer.writing._on_line.isHidden(), composer.pane.isHidden()) == (True, True)
    assert (composer.mail.card.switch.isHidden(), composer.mail.card.counts.isChecked()) == (True, True)
    assert composer.recipients.audience().name == "Those who opened nothing of “秋”"
    composer.mail.card.text._control.setPlainText(f"もうご覧になりましたか {AUTUMN}")
    composer.go(2)
    until(world, composer.next_button.isEnabled)
    composer.next_button.click()
    until(world, lambda: not course.isHidden() and course.seen is not None and course.seen.of == "秋")
    second = course.seen
    assert second.letter.text.startswith("もうご覧になりましたか")
    assert abs(second.status.scheduled_at - shop.clock.now() - timedelta(days=3)) < timedelta(minutes=10)
    assert (second.draft.follows, second.status.state, posted.taken) == (first, "draft", [])


def test_a_broadcast_goes_by_mail_alone_also_to_those_on_line(posted, world, yes):  # noqa: F811
    world.shop.settings.set("public_url", BASE)
    composer = writes(world)
    composer.mail.card.only.click()
    composer.mail.card.counts.click()
    composer.mail.card.text._control.setPlainText(f"新作です {AUTUMN}")
    complete(world, composer)
    assert composer.writing._on_line.isHidden()
    composer.go(2)
    until(world, composer.next_button.isEnabled)
    assert composer.next_button.words() == "Send to 1 person"
    composer.next_button.click()
    course = world.page.course
    until(world, lambda: course.seen is not None and course.seen.mail is not None and course.seen.mail.accepted == 1)
    until(world, lambda: course.seen.over)
    assert (course.title.text(), course.reasons.isHidden(), course.mail_clicks.isHidden()) == (
        "By mail only",
        True,
        False,
    )
    assert [letter.rcpt_tos for letter in posted.taken] == [["post0@example.com"]]
    assert not any(person.received() for person in world.there.rehearsal.people)
    world.page.leave()
    [listed] = world.page.overview._fetch(None, 10)
    assert (listed.mark[0], listed.sums.accepted) == ("Sent", 1)
    world.page.open(listed.status)
    until(world, lambda: course._sent.letter.text().endswith(AUTUMN))
