"""A mail as Japan's law wants it: who sends it, where to complain, how to stop it. Pure: no session, no clock.

Source of what must be in it: 特定電子メールの送信の適正化等に関する法律 §4 and its ministerial ordinance §7–9 (name of the
sender, that and where one can refuse, postal address, where to complain).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _
from shopdesk.messages import links, placeholders
from shopdesk.messages.records import NOTHING, MessageError, Own

if TYPE_CHECKING:
    from datetime import datetime

SUBJECT_MOST = 120
TEXT_MOST = 20_000
# One mailbox of RFC 5322 as providers give them out; quoted local parts are seen nowhere in a shop.
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, with the placeholders of messages."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the shop is in its mails. `contact` is where to complain: a phone number, a mail or a web address.

    `pages` is the public address below which its pages are, '' for none: on one of them mails are stopped.
    """

    shop: str
    address: str
    postal_address: str
    contact: str
    pages: str = ""

    def stop(self, key: str) -> str:
        """Return the page on which whoever got the letter of that key stops its mails."""
        return f"{self.pages}/stop/{key}"


# What the law asks for, and how the settings call it.
_NEEDED = {
    "shop": N_("Name of the shop"),
    "address": N_("Mail address that mails come from"),
    "postal_address": N_("Address of the shop"),
    "contact": N_("Where to complain"),
}
_FOOT = """

────────────────────
{shop}
{postal_address}
お問い合わせ：{contact}

このメールは、メールの受け取りに同意された方へお送りしています。
配信の停止：{page}このメールにそのまま返信するか、{address} へ「配信停止」とお送りください。
"""
_STOP_PAGE = "{url} を開いてボタンを押してください。または、"


def missing(sender: Sender) -> list[str]:
    """Return the names of the settings without which no mail may go out."""
    return [_(title) for field, title in _NEEDED.items() if not getattr(sender, field).strip()]


def sound_address(address: str) -> bool:
    """Tell whether mail can be sent to an address as it is written."""
    return _MAILBOX.fullmatch(address) is not None


def check_letter(letter: Letter) -> None:
    """Refuse a letter that cannot be sent.

    Raises:
        MessageError: no subject or text, too long, or an unknown placeholder.
    """
    if not letter.subject.strip() or not letter.text.strip():
        raise MessageError(_("A mail needs a subject and a text. Write both, or take the mail out."))
    if "\n" in letter.subject or "\r" in letter.subject:
        raise MessageError(_("The subject of a mail is one line. Take the line break out."))
    for said, most, what in ((letter.subject, SUBJECT_MOST, _("subject")), (letter.text, TEXT_MOST, _("text"))):
        placeholders.used(said)
        if len(said) > most:
            raise MessageError(
                _("The {what} of the mail has {n} characters; at most {most} fit. Shorten it.").format(
                    what=what, n=f"{len(said):,}", most=f"{most:,}"
                )
            )


def asked(letter: Letter) -> set[str]:
    """Return the placeholders a letter uses. Raises MessageError: one is not known."""
    return placeholders.used(letter.subject) | placeholders.used(letter.text)


def worded(letter: Letter, sender: Sender, name: str, own: Own = NOTHING, key: str = "…") -> Letter:
    """Return the mail as the person of that name reads it, with what the law asks for at its foot; `key` is the letter's.

    The addresses of the foot, by which mails are stopped, are never counted.
    """
    values = {placeholders.NAME: name, **own.values}
    foot = _FOOT.format(
        shop=sender.shop,
        postal_address=sender.postal_address,
        contact=sender.contact,
        address=sender.address,
        page=_STOP_PAGE.format(url=sender.stop(key)) if sender.pages else "",
    )
    subject = " ".join(placeholders.filled(letter.subject, values).split())
    return Letter(subject, placeholders.filled(links.with_own_in(letter.text, own.links), values) + foot)


def composed(
    letter: Letter, sender: Sender, to: str, name: str, own: Own = NOTHING, *, key: str, at: datetime
) -> bytes:
    """Return the bytes of the mail one person gets; the same arguments give the same bytes.

    Args:
        letter: What it says.
        sender: The shop.
        to: The person's address, sound.
        name: The person's name, for the placeholders; an empty one gives the default.
        own: What else of theirs is filled in.
        key: A UUID: in the message id, and in the address and the subject of the mail by which it is stopped.
        at: When it is written.
    """
    read = worded(letter, sender, name, own, key)
    domain = sender.address.rpartition("@")[2]
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(display_name=sender.shop, addr_spec=sender.address)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = read.subject
    made["Date"] = format_datetime(in_japan(at))
    made["Message-ID"] = f"<{key}@{domain}>"
    by_mail = f"<mailto:{sender.address}?subject=STOP%20{key}>"
    made["List-Unsubscribe"] = f"<{sender.stop(key)}>, {by_mail}" if sender.pages else by_mail
    if sender.pages:  # RFC 8058: the mail program's own button posts there
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(read.text, charset="utf-8", cte="base64")
    return made.as_bytes()
