"""Friends prove to be customers: a card's code, a mailed code and LINE's account link, by the pages and in the talk."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest

from shopdesk.customers import NewCustomer
from shopdesk.errors import NotFoundError
from shopdesk.friends import Card, NoFixedAddressError
from tests import mail_provider
from tests.gateway.conftest import USER, Caller, event, text
from tests.until import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop
    from tests.mail_provider import Provider

PUBLIC = "https://shop.example.jp"
MAIL = "hana@example.jp"


@dataclass
class Phone:
    """A friend's browser: follows nothing by itself, and keeps the answers' headers."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    at: str = ""
    """Its address, as a proxy on this computer says it; empty for this computer's own."""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        return self._ask("POST", path, urlencode(fields).encode())

    def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, str]:
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            line.request(method, path, body, form | ({"X-Forwarded-For": self.at} if self.at else {}))
            answer = line.getresponse()
            self.headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, unescape(answer.read().decode())
        finally:
            line.close()


@pytest.fixture
def phone(line: Caller) -> Phone:
    return Phone(line.gateway.url)


@pytest.fixture
def hana(line: Caller) -> int:
    line.shop.settings.set("public_url", PUBLIC)
    line.shop.settings.set("shop_name", "みほん洋菓子店")
    return line.shop.customers.add(NewCustomer(name="見本 花子", email=MAIL)).id


@pytest.fixture
def provider(line: Caller) -> Iterator[Provider]:
    with mail_provider.running() as (provider, account):
        mail_provider.prepared(line.shop, account)
        yield provider


def linked(shop: Shop, user: str = USER) -> int | None:
    return shop.friends.get(user).customer_id


def answers(shop: Shop, user: str = USER) -> list[str]:
    said = shop.talks.messages(shop.friends.get(user).id)
    return [one.words for one in said if one.side == "shop" and one.by_machine]


# A card


def test_a_card_links_whoever_sends_its_code(line: Caller, phone: Phone, hana: int, there: Running):
    line.shop.settings.set("line_basic_id", "@mihon")
    friend = next(iter(there.rehearsal.people)).user_id
    card = line.shop.friends.proofs.make_card(hana)
    assert card.url.startswith(f"{PUBLIC}/link/")
    status, page = phone.get(urlsplit(card.url).path)
    assert status == 200
    (ready,) = re.findall(r'href="(https://line\.me/[^"]+)"', page)
    opened = urlsplit(ready)
    assert opened.path == "/R/oaMessage/%40mihon/"
    assert unquote(opened.query) == card.code
    assert linked_none(line.shop)
    line.says(there, friend, {"text": unquote(opened.query)})
    assert linked(line.shop, friend) == hana
    until(lambda: answers(line.shop, friend), "the friend is answered")
    assert "連携解除" in answers(line.shop, friend)[0]
    assert there.rehearsal.people.get(friend) is not None


def linked_none(shop: Shop) -> bool:
    return shop.friends.counts().linked == 0


def test_a_card_is_good_once_and_for_thirty_days(line: Caller, hana: int, clock: FixedClock):
    cards = [line.shop.friends.proofs.make_card(hana) for _ in range(3)]
    other = "U" + "2" * 32
    line.tell(text(cards[0].code, "1", clock))
    assert linked(line.shop) == hana
    line.tell(text(cards[0].code, "2", clock, user=other))
    assert linked(line.shop, other) is None
    line.shop.friends.unlink(USER)
    line.tell(text(cards[0].code, "3", clock))
    assert linked(line.shop) is None
    line.tell(text(cards[1].code, "4", clock, after_s=timedelta(days=30).total_seconds()))
    assert linked(line.shop) is None
    line.tell(text(cards[1].code, "5", clock, after_s=timedelta(days=29, hours=23).total_seconds()))
    assert linked(line.shop) == hana


def test_nobody_is_taken_from_somebody_else(line: Caller, hana: int, clock: FixedClock):
    card, other = line.shop.friends.proofs.make_card(hana), "U" + "2" * 32
    line.tell(text("はじめまして", "1", clock), text("こんにちは", "2", clock, user=other))
    line.shop.friends.link(USER, hana)
    line.tell(text(card.code, "3", clock, user=other))
    assert (linked(line.shop), linked(line.shop, other)) == (hana, None)
    line.shop.friends.unlink(USER)
    line.tell(text(card.code, "4", clock, user=other))
    assert linked(line.shop, other) == hana


def test_what_the_shop_did_not_give_out_links_nobody(line: Caller, hana: int, clock: FixedClock):
    card = line.shop.friends.proofs.make_card(hana)
    token = card.code.split()[1]
    tries = [f"連携コード {'A' * 22}", f"連携コード {token[:-1]}", token[::-1], "見本 花子", MAIL, "連携コード"]
    for number, said in enumerate(tries):
        line.tell(text(said, str(number), clock))
    group = text(card.code, "99", clock)
    group["source"] = {"type": "group", "groupId": "C" + "1" * 32, "userId": USER}
    line.tell(group)
    assert linked_none(line.shop)


def test_only_hashes_are_kept(line: Caller, hana: int):
    card = line.shop.friends.proofs.make_card(hana)
    token = card.code.split()[1]
    held = str(line.shop.customers.disclose(hana)["link_proofs"]) + str(line.shop.staff.entries())
    assert "card" in held
    assert token not in held


def test_a_card_goes_with_the_person(line: Caller, hana: int, clock: FixedClock):
    twin = line.shop.customers.add(NewCustomer(name="見本 はなこ")).id
    first, second, third = (line.shop.friends.proofs.make_card(twin) for _ in range(3))
    merge = line.shop.customers.merges.make(hana, twin)
    line.tell(text(first.code, "1", clock))
    assert linked(line.shop) == hana
    line.shop.friends.unlink(USER)
    line.shop.customers.merges.undo(merge.id)
    line.tell(text(second.code, "2", clock))
    assert linked(line.shop) == twin
    line.shop.customers.forget(twin)
    line.tell(text(third.code, "3", clock))
    assert linked_none(line.shop)


def test_a_friend_unlinks_at_any_time(line: Caller, hana: int, clock: FixedClock):
    line.tell(text("こんにちは", "1", clock))
    line.shop.friends.link(USER, hana)
    line.tell(text("連携解除", "2", clock))
    assert linked(line.shop) is None
    assert line.shop.customers.get(hana).line == "none"


def test_without_a_fixed_address_nothing_carries_ours(sqlite_shop: Shop):
    hana = sqlite_shop.customers.add(NewCustomer(name="見本 花子")).id
    with pytest.raises(NoFixedAddressError, match="temporary"):
        sqlite_shop.friends.proofs.make_card(hana)
    sqlite_shop.settings.set("public_url", PUBLIC)
    with pytest.raises(NotFoundError):
        sqlite_shop.friends.proofs.make_card(hana + 1)
    assert isinstance(sqlite_shop.friends.proofs.make_card(hana), Card)
    sqlite_shop.settings.set("reach", "tunnel")
    assert sqlite_shop.messages.public_url() == ""
    with pytest.raises(NoFixedAddressError):
        sqlite_shop.friends.proofs.make_card(hana)


# LINE's account link, proved by a mailed code


def code_in(provider: Provider, number: int = -1) -> str:
    letter = message_from_bytes(bytes(provider.taken[number].content or b""), policy=policy.default)
    assert letter["Auto-Submitted"] == "auto-generated"
    (found,) = re.findall(r"\d{6}", letter.get_content())
    return str(found)


def begin(line: Caller, phone: Phone, there: Running, friend: str, mail: str = MAIL) -> dict[str, str]:
    """Go from the talk to the page that asks for the code; return its hidden fields."""
    sent = len(answers(line.shop, friend)) if line.shop.friends.page(text="") else 0
    line.says(there, friend, {"text": "連携"})
    until(lambda: len(answers(line.shop, friend)) > sent, "the link is sent")
    (link,) = re.findall(rf"{re.escape(PUBLIC)}(/link\?linkToken=\S+)", answers(line.shop, friend)[-1])
    status, page = phone.get(link)
    assert (status, 'action="/link/mail"' in page) == (200, True)
    (token,) = parse_qs(urlsplit(link).query)["linkToken"]
    status, page = phone.post("/link/mail", linkToken=token, mail=mail)
    assert status == 200
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_a_mailed_code_links_by_lines_own_page(
    line: Caller, phone: Phone, hana: int, there: Running, provider: Provider
):
    friend = next(iter(there.rehearsal.people)).user_id
    hidden = begin(line, phone, there, friend, "ＨＡＮＡ@example.jp")
    until(lambda: provider.taken, "a code is mailed")
    assert provider.taken[0].rcpt_tos == [MAIL]
    status, _page = phone.post(
        "/link/code", **hidden, code=code_in(provider).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    )
    assert status == 303
    there_url = urlsplit(phone.headers["location"])
    assert f"{there_url.scheme}://{there_url.netloc}" == there.url
    assert Phone(there.url).get(f"{there_url.path}?{there_url.query}")[0] == 200
    line.worked_off()
    assert linked(line.shop, friend) == hana
    assert phone.post("/link/code", **hidden, code=code_in(provider))[0] == 200  # once


def test_no_answer_says_whether_a_person_exists(line: Caller, phone: Phone, hana: int, provider: Provider):
    assert hana
    seen = set()
    for mail in (MAIL, "nobody@example.jp", "no address", ""):
        status, page = phone.post("/link/mail", linkToken="t" * 32, mail=mail)
        ticket = re.search(r'name="ticket" value="([\w-]{22})"', page)
        assert ticket
        wrong = phone.post("/link/code", linkToken="t" * 32, ticket=ticket[1], code="12345x")
        seen.add((status, page.replace(ticket[1], ""), wrong[0], wrong[1].replace(ticket[1], "")))
    assert len(seen) == 1
    until(lambda: provider.taken, "the one who is known gets a code")
    assert len(provider.taken) == 1


def test_five_tries_and_ten_minutes(line: Caller, phone: Phone, hana: int, provider: Provider, clock: FixedClock):
    proofs = line.shop.friends.proofs
    first = proofs.ask_by_mail(MAIL)
    wrong = f"{(int(first.code) + 1) % 1_000_000:06d}"
    assert [proofs.redeem(first.token, wrong) for _ in range(5)] == [None] * 5
    assert proofs.redeem(first.token, first.code) is None
    second = proofs.ask_by_mail(MAIL)
    assert proofs.redeem(first.token, second.code) is None
    clock.move(timedelta(minutes=10))
    assert proofs.redeem(second.token, second.code) is None
    third = proofs.ask_by_mail(MAIL)
    assert [proofs.redeem(third.token, wrong) for _ in range(4)] == [None] * 4
    assert proofs.redeem(third.token, third.code)
    assert proofs.ask_by_mail(MAIL).to == ""  # three codes an hour
    clock.move(timedelta(hours=1))
    assert proofs.ask_by_mail(MAIL).to == MAIL
    assert hana


def test_a_nonce_is_good_once_and_for_ten_minutes(line: Caller, hana: int, provider: Provider, clock: FixedClock):
    proofs, other = line.shop.friends.proofs, "U" + "2" * 32
    nonces = []
    for _ in range(2):
        ticket = proofs.ask_by_mail(MAIL)
        nonces.append(proofs.redeem(ticket.token, ticket.code))
    told = [
        event("accountLink", clock, user=other, link={"result": "failed", "nonce": nonces[0]}),
        event("accountLink", clock, user=other, link={"result": "ok", "nonce": "x" * 22}),
        event("accountLink", clock, user=other, link={"result": "ok", "nonce": nonces[0]}, after_s=601),
    ]
    line.tell(*told)
    assert linked(line.shop, other) is None
    line.tell(event("accountLink", clock, link={"result": "ok", "nonce": nonces[1]}))
    assert linked(line.shop) == hana
    line.tell(event("accountLink", clock, user=other, link={"result": "ok", "nonce": nonces[1]}))
    assert linked(line.shop, other) is None


def test_without_mail_the_counter_is_named(line: Caller, hana: int, there: Running):
    assert hana
    friend = next(iter(there.rehearsal.people)).user_id
    line.says(there, friend, {"postback": "shopdesk=link"})
    until(lambda: answers(line.shop, friend), "the friend is answered")
    assert "スタッフ" in answers(line.shop, friend)[0]


# The pages


def test_pages_are_strict(line: Caller, phone: Phone, hana: int):
    assert hana
    for path in ("/link/" + "A" * 22, "/link?linkToken=abc", "/link", "/link/short"):
        _status, page = phone.get(path)
        policy = phone.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert phone.headers["cache-control"] == "no-store"
        assert phone.headers["referrer-policy"] == "no-referrer"
        assert "<script" not in page
        assert "style=" not in page
        assert 'lang="ja"' in page


def test_names_and_tokens_are_shown_as_text(line: Caller, hana: int):
    assert hana
    line.shop.settings.set("shop_name", "<b>店</b>$title")
    parts = urlsplit(line.gateway.url)
    caller = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    caller.request("GET", "/link?" + urlencode({"linkToken": '"><script>alert(1)</script>'}))
    page = caller.getresponse().read().decode()
    caller.close()
    assert "&lt;b&gt;店&lt;/b&gt;$title" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/link/" + "A" * 22, 405),
        ("GET", "/link/mail", 404),
        ("GET", "/link/" + "A" * 21 + "%0a", 404),
        ("GET", "/link/..%2f..%2fetc", 404),
        ("GET", "/link", 400),
        ("GET", "/link?linkToken=" + "x" * 201, 400),
    ],
)
def test_what_is_no_page(sqlite_line: Caller, method: str, path: str, status: int):
    assert Phone(sqlite_line.gateway.url)._ask(method, path)[0] == status


def test_forms_that_are_none(sqlite_line: Caller):
    phone = Phone(sqlite_line.gateway.url)
    bodies = (b"", b"\xff\xfe", b"x" * 5000, b"linkToken=a&linkToken=b", b"&".join(b"a%d=1" % n for n in range(20)))
    assert [phone._ask("POST", "/link/mail", body)[0] for body in bodies] == [400, 400, 413, 400, 400]


def test_who_tries_too_often_waits(sqlite_line: Caller, clock: FixedClock):
    phone = Phone(sqlite_line.gateway.url)

    def once(at: str = "") -> int:
        phone.at = at
        return phone.post("/link/mail", linkToken="t", mail="a@example.jp")[0]

    assert [once() for _ in range(21)] == [200] * 20 + [429]
    # Who has IPv6 has a network of addresses, and by another one at each try nobody gets more of them, nor uses up those of all.
    assert [once(f"2001:db8::{number:x}:1") for number in range(21)] == [200] * 20 + [429]
    assert (once("2001:db8:0:1::1"), once("::ffff:192.0.2.7"), once("192.0.2.8")) == (200, 200, 200)
    clock.move(timedelta(minutes=10))
    assert once() == 200
