"""LINE first and a mail some days later to those who opened nothing, and the reverse; each person gets at most one follow-up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from shopdesk import channels
from shopdesk.broadcasts import StateError, follows
from shopdesk.customers.tables import CustomerRow
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError
from shopdesk.links import hour_of
from shopdesk.links.tables import LinkRow, ReceiverRow
from shopdesk.mailings import MailingError
from shopdesk.messages import Letter, as_written, draft, text
from shopdesk.verify import verify
from tests.mail_provider import prepared, running

BASE, AUTUMN = "https://shop.example.com", "https://example.jp/aki"
SAID = draft([text(f"{{name}}さま、秋です {AUTUMN}")])
LETTER = Letter("秋の新作", f"{{name}}さま {AUTUMN}")
LATER, PAST = timedelta(days=3), timedelta(days=3, minutes=1)
PEOPLE = range(4)  # the last one has not agreed to mail


@pytest.fixture
def post():
    with running() as found:
        yield found


def mailing(shop, there, post):
    """Let the shop mail, and its four customers be on LINE too."""
    prepared(shop, post[1])
    shop.settings.set("public_url", BASE)
    for number, customer in zip(PEOPLE, ids(shop), strict=True):
        shop.friends.link(list(there.rehearsal.people)[number].user_id, customer)
    return shop


def ids(shop):
    with shop.database.read() as session:
        return list(session.scalars(select(CustomerRow.id).order_by(CustomerRow.id)))


def opens(shop, broadcast, customer):
    """Let a person open their link of a broadcast or its mail."""
    friend, link, row = shop.friends.of_customer(customer), LinkRow, ReceiverRow
    with shop.database.read() as session:
        found = select(link.id, row.id, row.friend_id, row.customer_id).join(row, row.link_id == link.id)
        theirs = [
            (one, receiver)
            for one, receiver, by, known in session.execute(found.where(link.broadcast_id == broadcast))
            if known == customer or (friend is not None and by == friend.id)
        ]
    assert theirs
    shop.links.count({(*theirs[0], hour_of(shop.clock.now())): 1})


def mailed(post):
    return [one.rcpt_tos[0] for one in post[0].taken]


def follow(shop, first, by, at):
    made = channels.follow(shop, first, by)
    shop.broadcasts.schedule(made, at)
    return made


def test_line_first_then_a_mail_to_who_opened_nothing_by_then(shop, there, post, clock):
    mailing(shop, there, post)
    people = ids(shop)
    plain = shop.broadcasts.draft(SAID, segment="みんな")
    first = shop.broadcasts.draft(SAID, segment="みんな", counts=True)
    with pytest.raises(StateError, match="Send it first"):
        channels.follow(shop, first, "mail")
    for made in (plain, first):
        assert channels.send(shop, made).accepted == 4
    with pytest.raises(StateError, match="not counted"):
        channels.follow(shop, plain, "mail")
    with pytest.raises(StateError, match="by mail yet"):
        channels.follow(shop, first, "line")
    opens(shop, first, people[0])
    second = follow(shop, first, "mail", clock.now() + LATER)
    assert channels.follow(shop, first, "mail") == second  # said twice, it is the same
    assert (shop.broadcasts.follow_up_of(first, by_mail=True), shop.broadcasts.follow_up_of(first, by_mail=False)) == (
        second,
        None,
    )
    letter = shop.mailings.get(second).letter
    assert letter.text == f"{{name}}さま、秋です {AUTUMN}"
    seen, plan = shop.broadcasts.preview(second), shop.mailings.preview(second)
    assert (seen.mail_only, seen.planned, seen.problems, plan.planned, plan.problems) == (True, 0, (), 2, ())
    assert {code: n for code, _said, n in plan.left_out} == {"opened": 1, "no_consent": 1}
    wanted = shop.broadcasts.drafted(second)
    assert (wanted.follows, wanted.mail_only, wanted.segment) == (first, True, None)
    shop.broadcasts.revise(second, wanted)
    with pytest.raises(InvalidInputError, match="stays as it is"):
        shop.broadcasts.revise(second, shop.broadcasts.drafted(first))
    opens(shop, first, people[1])  # before the time: falls out
    assert run_due(shop) == []
    clock.move(PAST)
    (ran,) = run_due(shop)
    assert (ran.broadcast_id, ran.state, ran.message) == (second, "finished", "")
    assert mailed(post) == ["mihon2@example.com"]
    assert shop.links.of_broadcast(second, mailed=True)[1][0].sent == 1
    assert run_due(shop) == []
    assert shop.mailings.status(second).accepted == 1
    with pytest.raises(StateError, match="nobody gets two"):
        channels.follow(shop, second, "line")
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_mail_first_then_line_to_who_opened_nothing_by_then(shop, there, post, clock):
    mailing(shop, there, post)
    people, on_line = ids(shop), list(there.rehearsal.people)
    with pytest.raises(InvalidInputError):
        shop.broadcasts.draft(as_written(()), everyone=True, mail_only=True)
    first = shop.broadcasts.draft(as_written(()), segment="みんな", mail_only=True)
    shop.mailings.write(first, LETTER, counts=True)
    assert shop.mailings.look("みんな", LETTER, mail_only=True).planned == 3
    assert shop.mailings.look("みんな", LETTER).planned == 0
    channels.prepare(shop, first, shop.broadcasts.start)
    clock.move(timedelta(minutes=3))
    (ran,) = run_due(shop)  # whoever decided it died before the first letter
    assert (ran.kind, ran.broadcast_id, len(post[0].taken)) == ("mail", first, 3)
    assert not any(one.received() for one in on_line)
    assert channels.send(shop, first).mail_only
    opens(shop, first, people[0])
    shop.customers.consents.set(people[1], "line", on=False)
    second = follow(shop, first, "line", clock.now() + LATER)
    assert shop.broadcasts.drafted(second).messages.messages[0]["text"] == LETTER.text
    with pytest.raises(MailingError):
        shop.mailings.write(second, LETTER)
    preview = shop.broadcasts.preview(second)
    assert (preview.planned, {one.reason for one in preview.excluded}) == (1, {"opened", "opted_out"})
    clock.move(PAST)
    (ran,) = run_due(shop)
    assert (ran.broadcast_id, ran.state) == (second, "finished")
    assert [len(one.received()) for one in on_line[:4]] == [0, 0, 1, 0]
    assert len(post[0].taken) == 3
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_where_everybody_has_opened_it_the_follow_up_is_over_at_its_time(sqlite_shop, there, post, clock):
    shop = sqlite_shop
    mailing(shop, there, post)
    first = shop.broadcasts.draft(SAID, segment="みんな", counts=True)
    channels.send(shop, first)
    second = follow(shop, first, "mail", clock.now() + LATER)
    for one in ids(shop):
        opens(shop, first, one)
    clock.move(PAST)
    (ran,) = run_due(shop)
    assert (ran.broadcast_id, ran.state, run_due(shop), post[0].taken) == (second, "finished", [], [])


@pytest.mark.parametrize("guard", [True, False])
def test_two_entries_that_turn_out_to_be_one_person_get_one_follow_up(
    sqlite_shop, there, post, clock, monkeypatch, guard
):
    """One of them got it on LINE, the other by mail; without the guard the person gets both follow-ups."""
    shop = sqlite_shop
    mailing(shop, there, post)
    people, on_line = ids(shop), list(there.rehearsal.people)
    shop.friends.unlink(on_line[1].user_id)
    first = shop.broadcasts.draft(SAID, segment="みんな", counts=True)
    shop.mailings.write(first, LETTER, counts=True)
    assert channels.send(shop, first).accepted == 3
    assert mailed(post) == ["mihon1@example.com"]
    mails, messages = (follow(shop, first, way, clock.now() + LATER) for way in ("mail", "line"))
    shop.customers.merges.make(people[0], people[1])
    if not guard:
        monkeypatch.setattr(follows, "followed", lambda *_which: [])
    before = len(on_line[0].received())
    clock.move(PAST)
    assert {one.broadcast_id for one in run_due(shop)} == {mails, messages}
    theirs = (len(on_line[0].received()) - before) + mailed(post).count("mihon0@example.com")
    assert theirs == (1 if guard else 2)
