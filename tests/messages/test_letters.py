"""A mail carries what Japan's law asks for, and nothing a person wrote can change its headers."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, strategies as st

from shopdesk.messages import Letter, MessageError, Sender, check_letter, composed, missing, sound_address

SHOP = Sender("みほん洋菓子店", "info@mihon.example.jp", "〒604-8006 京都府京都市中京区河原町1-2-3", "075-000-0000")
KEY = "3f0c7a52-9d5e-4c7e-9f6e-0d9a2f3b4c5d"
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def _read(letter: Letter, name: str = "高橋 花子") -> EmailMessage:
    made = composed(letter, SHOP, "hanako@example.com", name, key=KEY, at=AT)
    found = email.message_from_bytes(made, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_what_the_law_asks_for_stands_in_every_mail() -> None:
    mail = _read(Letter("{name}さまへ", "新作ができました。"))
    text = mail.get_content()
    for needed in (SHOP.shop, SHOP.postal_address, SHOP.contact, SHOP.address, "配信の停止"):
        assert needed in text
    assert mail["List-Unsubscribe"] == f"<mailto:info@mihon.example.jp?subject=STOP%20{KEY}>"
    assert mail["Message-ID"] == f"<{KEY}@mihon.example.jp>"
    assert mail["Subject"] == "高橋 花子さまへ"
    assert mail["Date"].datetime == AT


def test_where_the_shop_has_pages_one_of_them_stops_the_mails() -> None:
    url = f"https://shop.example.jp/stop/{KEY}"
    made = composed(
        Letter("新作", "です"), replace(SHOP, pages="https://shop.example.jp"), "a@b.jp", "", key=KEY, at=AT
    )
    mail = email.message_from_bytes(made, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    assert f"{url} を開いてボタンを押してください" in mail.get_content()
    ways = [f"<{url}>,", f"<mailto:info@mihon.example.jp?subject=STOP%20{KEY}>"]
    assert mail["List-Unsubscribe"].split() == ways  # it is folded
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_same_arguments_give_the_same_bytes() -> None:
    letter = Letter("新作", "こんにちは {name}さま")
    assert composed(letter, SHOP, "a@example.com", "", key=KEY, at=AT) == composed(
        letter, SHOP, "a@example.com", "", key=KEY, at=AT
    )
    assert "お客さま" in _read(letter, "").get_content()


@given(st.text(max_size=60), st.text(min_size=1, max_size=200))
def test_no_name_and_no_text_reaches_the_headers(name: str, text: str) -> None:
    mail = _read(Letter("{name}さまへ", text.replace("{", "").replace("}", "") + "。"), name)
    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert len(mail.get_all("To", [])) == 1


@pytest.mark.parametrize("field", ["shop", "address", "postal_address", "contact"])
def test_what_is_missing_is_named(field: str) -> None:
    assert len(missing(replace(SHOP, **{field: " "}))) == 1
    assert missing(SHOP) == []


@pytest.mark.parametrize(
    "letter",
    [
        Letter("", "text"),
        Letter("subject", "  "),
        Letter("one\ntwo", "text"),
        Letter("x" * 121, "text"),
        Letter("subject", "x" * 20_001),
        Letter("{nickname}", "text"),
        Letter("subject", "a { b"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused(letter: Letter) -> None:
    with pytest.raises(MessageError):
        check_letter(letter)


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("hanako@example.com", True),
        ("h.a+b@mail.example.co.jp", True),
        ("hanako@", False),
        ("hanako@example", False),
        ("花子@example.com", False),
        ("a@b.com>\r\nBcc: x@y.jp", False),
        ("a@b.com, c@d.com", False),
    ],
)
def test_an_address_is_sound_or_not(address: str, sound: bool) -> None:
    assert sound_address(address) is sound
