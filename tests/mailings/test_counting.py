"""Links counted in mails: each reader's own, the same in a letter that is written anew; those that stop the mails are never counted."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest

from shopdesk.links import hour_of
from shopdesk.mailings.service import MailingError
from shopdesk.messages import Letter, draft
from shopdesk.shop import Shop
from shopdesk.verify import verify
from tests.mail_provider import Provider
from tests.mailings.test_mailings import send

BASE = "https://shop.example.com"
AUTUMN, MENU = "https://example.jp/aki", "https://example.jp/menu?a=1"
LETTER = Letter("秋の新作", f"{{name}}さま {AUTUMN}、{MENU}. {BASE}/shop https://example.jp/{{name}} {AUTUMN}")
OURS = re.compile(rf"{BASE}/l/([A-Za-z0-9_-]{{22}})")


def read(there: Provider) -> dict[str, str]:
    """What each mailbox got, by its address."""
    return {
        one.rcpt_tos[0]: message_from_bytes(one.content, policy=default).get_content()  # type: ignore[attr-defined,arg-type]
        for one in there.taken
    }


def test_each_reader_gets_their_own_also_in_a_letter_written_anew(ready: Shop, there: Provider) -> None:
    made = ready.broadcasts.draft(draft([{"type": "text", "text": AUTUMN}]), segment="みんな")
    ready.mailings.write(made, LETTER, counts=True)
    kept = ready.mailings.get(made)
    assert kept is not None
    assert kept.counts
    (problem,) = ready.mailings.preview(made).problems
    assert "fixed public address" in problem
    with pytest.raises(MailingError, match="fixed public address"):
        send(ready, made)
    ready.settings.set("public_url", BASE)
    plan = ready.mailings.preview(made)
    assert (plan.problems, AUTUMN in plan.sample) == ((), True)  # what is looked at says where it leads
    there.rcpt = "450 busy"
    assert send(ready, made).reason == "network"
    before = {one.link.id: one.sent for one in ready.links.of_broadcast(made, mailed=True)[1]}
    assert list(before.values()) == [1, 1]
    there.rcpt = ""
    assert send(ready, made).accepted == 3
    together, each = ready.links.of_broadcast(made, mailed=True)
    assert [(one.link.destination, one.sent) for one in each] == [(AUTUMN, 3), (MENU, 3)]
    assert {one.link.id for one in each} == set(before)
    assert ready.links.of_broadcast(made)[1] == []  # none of them was on LINE
    got = read(there)
    tokens = {who: OURS.findall(said) for who, said in got.items()}
    assert all(len(one) == 3 and one[0] == one[2] != one[1] for one in tokens.values())
    assert len({token for one in tokens.values() for token in one}) == 6
    said = got["mihon1@example.com"]
    assert AUTUMN not in said
    assert (
        f"{BASE}/shop https://example.jp/見本 1" in said
    )  # the shop's own, and one that differs from person to person
    assert re.search(rf"{BASE}/stop/[0-9a-f-]{{36}}", said)
    # Somebody opens theirs.
    lead = ready.links.lead(tokens["mihon1@example.com"][0])
    assert lead.destination == AUTUMN
    ready.links.count({(lead.link_id, lead.receiver_id, hour_of(ready.clock.now())): 2})
    together, _each = ready.links.of_broadcast(made, mailed=True)
    assert (together.clicks, together.people) == (2, 1)
    assert [one.name for one in ready.links.clickers(lead.link_id)] == ["見本 1"]
    assert all(one.ok for one in verify(ready))
