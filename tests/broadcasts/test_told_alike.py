"""Whom a broadcast and its mail go to, and who is left out and why: the dry run says what the freeze decides and the report then tells."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from shopdesk import channels
from shopdesk.customers import NewCustomer
from shopdesk.customers.tables import CustomerRow
from shopdesk.messages import as_written
from tests.broadcasts.test_follow_ups import BASE, LETTER, SAID, ids, mailed, opens
from tests.mail_provider import prepared, running

GOOD, SAME = "{}@example.com", "SAMA@example.com"
# Name, mail address, whether they are on LINE. Four more are there already, of whom three agreed to mail.
PEOPLE = (
    ("sama", GOOD, False),
    ("same", SAME, False),
    ("no_proof", GOOD, True),
    ("no_address", "", True),
    ("odd_address", "odd@example..com", True),
    ("blocked", GOOD, True),
    ("opted_out", GOOD, True),
    ("opener", GOOD, True),
)


@pytest.fixture
def post():
    with running() as found:
        yield found


@pytest.fixture
def town(shop, there, post):
    """A shop with somebody for each reason; of the four known before, two are on LINE. Returns the customers by name."""
    prepared(shop, post[1])
    shop.settings.set("public_url", BASE)
    on_line, people = list(there.rehearsal.people), dict(zip("abcd", ids(shop), strict=True))
    for number, (name, address, _line) in enumerate(PEOPLE):
        one = people[name] = shop.customers.add(NewCustomer(name=name, email=f"{name}{number}@example.com")).id
        if name != "no_proof":
            shop.customers.consents.set(one, "mail", on=True, how="page", wording="新作のお知らせを受け取る")
        with shop.database.write() as session:  # as a file or a careless program might
            theirs = update(CustomerRow).where(CustomerRow.id == one)
            session.execute(theirs.values(email=address.format(name), consent_mail=True))
    linked = ["a", "d", *(name for name, _address, line in PEOPLE if line)]
    for name, friend in zip(linked, on_line, strict=False):
        shop.friends.link(friend.user_id, people[name])
    shop.customers.consents.set(people["opted_out"], "line", on=False)
    on_line[linked.index("blocked")].blocked = True
    shop.friends.sync()
    return people


def told(shop, broadcast):
    """What the dry run says and what the status says of those who get it and those who do not: on LINE, by mail."""
    preview, status = shop.broadcasts.preview(broadcast), shop.broadcasts.status(broadcast)
    why = shop.broadcasts.reasons(broadcast)
    assert status.excluded == sum(one.count for one in why)
    line = (preview.planned, {one.reason: one.count for one in preview.excluded})
    frozen = (status.planned, {one.reason: one.count for one in why})
    if shop.mailings.get(broadcast) is None:
        return (line, None), (frozen, None)
    plan, sums = shop.mailings.preview(broadcast), shop.mailings.status(broadcast)
    assert sums.excluded == sum(n for _code, _said, n in sums.left_out)
    assert all(said for _code, said, _n in sums.left_out)
    return (line, _mail(plan)), (frozen, _mail(sums))


def _mail(found):
    return found.planned, {code: n for code, _said, n in found.left_out}


def alike(shop, broadcast, line, mail):
    """Before, between the two decisions and after: always the same."""
    before, standing = told(shop, broadcast)
    assert before == (line, mail)
    assert standing[1] == mail  # also of a draft
    channels.prepare(shop, broadcast, shop.broadcasts.freeze)
    assert told(shop, broadcast) == (before, before)
    assert channels.send(shop, broadcast).state == "finished"
    assert told(shop, broadcast) == (before, before)


def test_on_line_and_by_mail_and_what_follows_each(shop, there, post, town):
    on_line = {"blocked": 1, "opted_out": 1, "not_linked": 4}
    alike(shop, shop.broadcasts.draft(SAID, segment="みんな"), (6, on_line), None)
    both = shop.broadcasts.draft(SAID, segment="みんな", counts=True)
    shop.mailings.write(both, LETTER, counts=True)
    alike(shop, both, (6, on_line), (4, {"same_address": 1}))
    assert len(mailed(post)) == 4

    opens(shop, both, town["opener"])
    shop.customers.consents.stop_use(town["a"])
    shop.customers.consents.set(town["d"], "mail", on=True, how="page", wording="新作のお知らせを受け取る")
    by_mail = channels.follow(shop, both, "mail")
    left_out = {"opened": 1, "stopped": 1, "no_proof": 1, "no_address": 2}
    alike(shop, by_mail, (0, {"opened": 1, "by_mail": 5}), (1, left_out))
    assert mailed(post)[4:] == ["mihon3@example.com"]
    assert shop.mailings.look("", LETTER, by_mail, mail_only=True, follows=both).planned == 1
    assert shop.mailings.look("", LETTER, mail_only=True, follows=both).left_out[0][::2] == ("followed", 5)
    on_line = shop.broadcasts.preview(channels.follow(shop, both, "line"))
    assert {one.reason: one.count for one in on_line.excluded} == {"not_linked": 3, "blocked": 1}


def test_by_mail_alone_and_on_line_to_who_did_not_open_it(shop, there, post, town):
    alone = shop.broadcasts.draft(as_written(()), segment="みんな", mail_only=True)
    shop.mailings.write(alone, LETTER, counts=True)
    left_out = {"no_consent": 1, "no_proof": 1, "same_address": 1, "no_address": 2}
    alike(shop, alone, (0, {"by_mail": 12}), (7, left_out))
    assert len(mailed(post)) == 7

    opens(shop, alone, town["opener"])
    opens(shop, alone, town["b"])  # who is not on LINE: having opened it comes first
    follow_up = channels.follow(shop, alone, "line")
    on_line = {"opened": 2, "not_linked": 2, "blocked": 1, "opted_out": 1}
    alike(shop, follow_up, (1, on_line), None)
