"""Whoever got a mail stops them by its page: once, provably, and nobody else's."""

from __future__ import annotations

import email
import email.policy
import re
import uuid

import pytest
from sqlalchemy import select

from shopdesk.customers.tables import CustomerRow
from shopdesk.errors import NotFoundError
from shopdesk.shop import Shop
from shopdesk.staff import PAGE
from shopdesk.verify import verify
from tests.mail_provider import Provider
from tests.mailings.test_mailings import drafted, ids, send


def test_a_mail_carries_the_page_that_stops_the_mails_of_who_got_it(ready: Shop, there: Provider) -> None:
    ready.settings.set("public_url", "https://shop.example.jp")
    assert send(ready, drafted(ready)).accepted == 3
    letter = email.message_from_bytes(bytes(there.taken[1].content), policy=email.policy.default)
    found = re.search(r"https://shop\.example\.jp/stop/([0-9a-f-]{36})", str(letter["List-Unsubscribe"]))
    assert found is not None
    key, leaving = found[1], ready.mailings.leaving
    with ready.staff.acting(PAGE):
        seen = leaving.look(key)
        assert (seen.wants, seen.address) == (True, "m…@example.com")
        for _again in range(2):
            leaving.stop(key)
        assert not leaving.look(key).wants
        for wrong in ("", "x", str(uuid.uuid4()), key[:-1]):
            with pytest.raises(NotFoundError):
                leaving.look(wrong)
            with pytest.raises(NotFoundError):
                leaving.stop(wrong)
    to = there.taken[1].rcpt_tos[0]
    with ready.database.read() as session:
        people = select(CustomerRow.email).where(CustomerRow.consent_mail)
        assert to not in session.scalars(people).all()
    (stopped,) = [one for one in ids(ready) if ready.customers.get(one).email == to]
    said = ready.customers.consents.history(stopped)
    assert [(one.given, one.how) for one in said][:2] == [(False, "page"), (True, said[1].how)]
    assert len([one for one in said if not one.given]) == 1  # said twice, it is one refusal
    assert send(ready, drafted(ready)).accepted == 2
    ready.customers.forget(stopped)
    assert leaving.look(key) == ("", False)
    leaving.stop(key)
    assert [one for one in verify(ready) if not one.ok] == []
