"""The mail beside a broadcast as a shopkeeper writes, checks, sends and settles it: real LINE rehearsal, real SMTP."""

from __future__ import annotations

import pytest

from shopdesk.customers import NewCustomer
from shopdesk.messages import Letter
from shopdesk.secrets import MAIL_PASSWORD
from shopdesk.segments import AllOf, Condition
from tests.mail_provider import IDENTITY, running as mailing
from tests.ui.broadcasts.test_broadcasts_page import bubble_of, received, until, wrote, yes  # noqa: F401 - a fixture

AWAY = "メールの方"


@pytest.fixture
def provider():
    with mailing() as (found, account):
        found.account = account
        yield found


@pytest.fixture
def posted(shop, provider):
    """Two people who agreed to mail and are not on LINE, one of them in Tokyo; a server, but no address of the shop."""
    account = provider.account
    for key, value in {**IDENTITY, "shop_address": ""}.items():
        shop.settings.set(key, value)
    for key in ("host", "port", "security", "user"):
        shop.settings.set(f"mail_{key}", str(getattr(account, key)))
    shop.secrets.set(MAIL_PASSWORD, account.password)
    for number, prefecture in enumerate(("東京都", "大阪府")):
        made = shop.customers.add(
            NewCustomer(f"郵便 {number}", email=f"post{number}@example.com", prefecture=prefecture)
        )
        shop.customers.consents.set(made.id, "mail", on=True, how="page", wording="新作のお知らせを受け取る")
    shop.segments.save(AWAY, AllOf((Condition("customer.prefecture", "is", ("大阪府",)),)))
    return provider


def writes(world, segment="東京の方"):
    composer = wrote(world, segment=segment)
    card = composer.mail.card
    card.switch.click()
    card.subject._control.setText("{name}さまへ")
    card.text._control.setPlainText("新作ができました。")
    until(world, lambda: composer.mail.plan is not None and composer.mail.plan.sample)
    return composer


def complete(world, composer):
    world.shop.settings.set("shop_address", IDENTITY["shop_address"])
    until(world, lambda: composer.mail.plan is not None and not composer.mail.plan.problems)


def test_a_broadcast_on_line_and_its_mail_in_one_journey(posted, world, yes):  # noqa: F811
    composer = writes(world)
    card = composer.mail.card
    assert "1 person" in card._reach.text()
    assert "Has not agreed to mail" in card._reach.text()
    assert not card._lacks.isHidden()
    card._lacks.action.click()
    assert world.window.page().told == {"section": "mail"}
    world.window.show_page("broadcasts")
    complete(world, composer)
    assert card._lacks.isHidden()
    composer.go(2)
    until(world, composer.next_button.isEnabled)
    assert composer.next_button.words() == "Send to 5 people"
    assert not composer.checking.mail.isHidden()
    assert "郵便 0さまへ" in composer.checking.mail._sample.text()
    composer.next_button.click()
    assert "1 person of them" in yes[0][2]
    course = world.page.course
    until(world, lambda: course.seen is not None and course.seen.mail.state == "finished")
    until(world, lambda: course.seen.over)
    assert [number.text() for number in course.mail.numbers] == ["1", "0", "0", "0", "1"]
    assert [one.reason for one in course.mail._reasons._shown] == ["no_consent"]
    assert [letter.rcpt_tos for letter in posted.taken] == [["post0@example.com"]]
    assert [len(received(world, number)) for number in range(6)] == [0, 1, 1, 1, 1, 0]
    world.page.leave()
    [listed] = world.page.overview._fetch(None, 10)
    assert listed.mark[0] == "Sent"


def test_where_nobody_is_on_line_the_mail_goes_alone(posted, world, yes):  # noqa: F811
    composer = writes(world, AWAY)
    complete(world, composer)
    composer.go(2)
    until(world, composer.next_button.isEnabled)
    assert composer.next_button.words() == "Send to 1 person"
    composer.next_button.click()
    course = world.page.course
    until(world, lambda: course.seen is not None and course.seen.mail.state == "finished" and course.seen.over)
    assert (course.title.text(), course.reasons.isHidden()) == ("By mail only", True)
    assert [letter.rcpt_tos for letter in posted.taken] == [["post1@example.com"]]
    world.page.leave()
    [listed] = world.page.overview._fetch(None, 10)
    assert (listed.mark[0], listed.sums.accepted) == ("Sent", 1)
    world.page.open(listed.status)
    until(world, lambda: not course.isHidden())


def test_what_is_missing_or_wrong_stops_the_button(posted, world):
    composer = writes(world)
    composer.go(2)
    until(world, lambda: composer._preview is not None and composer.keeper.fresh)
    assert not composer.next_button.isEnabled()
    assert "Address of the shop" in composer.bar._why.text()
    complete(world, composer)
    composer.go(1)
    composer.mail.card.subject._control.setText("")
    composer.next_button.click()
    assert composer._step == 1
    assert "subject" in composer.mail.card.subject.error()


def test_the_mail_of_a_draft_is_kept_and_goes_with_the_segment(posted, world):
    composer = writes(world)
    composer.mail.card.text._control.setPlainText("{いつ}もありがとうございます")  # wrong, and kept all the same
    world.page.leave()
    kept = world.shop.mailings
    until(world, lambda: composer.keeper.fresh and kept.get(composer.id) is not None)
    until(world, lambda: kept.get(composer.id).letter == Letter("{name}さまへ", "{いつ}もありがとうございます"))
    world.page.change(composer.id)
    until(world, lambda: not composer.isHidden() and composer.mail.letter() is not None)
    composer.recipients.everyone.click()
    assert composer.mail.card.isHidden()
    composer.keep()
    until(world, lambda: kept.get(composer.id) is None)
    composer.recipients._segments["東京の方"][0].click()
    composer.keep()
    until(world, lambda: kept.get(composer.id) is not None)


def test_unclear_mails_are_shown_and_settled(posted, world):
    composer = writes(world, AWAY)
    complete(world, composer)
    composer.keep()
    until(world, lambda: composer.keeper.fresh and world.shop.mailings.get(composer.id) is not None)
    posted.hang_up = "data"
    world.shop.mailings.send(composer.id)
    [listed] = world.page.overview._fetch(None, 10)
    assert listed.mark[0] == "Mail: decide"
    world.page.open(listed.status)
    course = world.page.course
    until(world, lambda: course.seen is not None and not course.mail.deciding.isHidden())
    course.mail.settle.emit("accepted")
    until(world, lambda: course.seen.mail.accepted == 1)
    assert course.mail.deciding.isHidden()


def test_mails_that_stand_still_go_on_by_a_button(posted, world):
    composer = writes(world, AWAY)
    complete(world, composer)
    composer.keep()
    until(world, lambda: composer.keeper.fresh and world.shop.mailings.get(composer.id) is not None)
    posted.rcpt = "535 who are you"
    assert world.shop.mailings.send(composer.id).reason == "account"
    posted.rcpt = ""
    world.page.change(composer.id)
    course = world.page.course
    until(world, lambda: course.seen is not None and not course.mail.resume_button.isHidden())
    assert "Look at the mail settings" in course.mail._said.text()
    course.mail.resume_button.click()
    until(world, lambda: course.seen.mail.state == "finished")
    assert len(posted.taken) == 1
