"""The mail with the six digits. It says nothing of the person, and is no advertising: it goes without a consent to mail."""

from __future__ import annotations

import asyncio
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.friends.codes import new_token
from shopdesk.i18n import N_, for_customers
from shopdesk.mail import Mail, MailError, problem_sentence

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.mail import Account

_SUBJECT = N_("Your code for {shop}")
_TEXT = N_(
    "Your code to link LINE with {shop}:\n\n    {code}\n\n"
    "It is good for 10 minutes. If you did not ask for it, you need not do anything."
)


def composed(shop: str, sender: str, to: str, code: str, at: datetime) -> bytes:
    """Return the mail's bytes."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(display_name=shop, addr_spec=sender)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = for_customers(_SUBJECT).format(shop=shop)
    made["Date"] = format_datetime(in_japan(at))
    made["Message-ID"] = f"<{new_token()}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(for_customers(_TEXT).format(shop=shop, code=code) + "\n", charset="utf-8", cte="base64")
    return made.as_bytes()


def post(account: Account, sender: str, to: str, letter: bytes) -> None:
    """Hand the mail to the shop's provider. Raises MailError: it was not taken."""

    async def once() -> None:
        async with Mail(account) as mail:
            posted = await mail.post(sender, to, letter)
        if posted.kind != "taken":
            raise MailError(problem_sentence(posted))

    asyncio.run(once())
