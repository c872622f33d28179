"""Every reason of a mailing as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

LEFT_OUT = {
    "opened": N_("Has opened it already"),
    "followed": N_("Has had a follow-up of it already"),
    "no_consent": N_("Has not agreed to mail"),
    "no_proof": N_("No proof that they agreed to mail"),
    "stopped": N_("The use of their data is stopped"),
    "no_address": N_("No mail address that works"),
    "same_address": N_("The same mail address as another customer in it"),
    "capped": N_("Has had as many messages lately as the shop allows"),
}
PAUSED = {
    "asked": N_("Paused by hand. Go on when you like."),
    "quiet_hours": N_("Quiet hours: it goes on by itself afterwards."),
    "network": N_("The mail server could not be reached several times. Check the internet connection and go on."),
    "account": N_("The mail server does not take mails of this shop. Look at the mail settings and go on."),
}
# Why one needs somebody to look although nobody stopped it.
NEEDS_A_LOOK = {"no_mailer": N_("The program that mailed has ended. Go on; nobody gets a mail twice.")}
UNSURE = N_("The connection broke while the mail was on its way. Say yourself whether it went out.")


def sentence(reason: str) -> str:
    """Return a reason as a sentence; empty for none."""
    said = (
        LEFT_OUT.get(reason) or PAUSED.get(reason) or NEEDS_A_LOOK.get(reason) or (UNSURE if reason == "unsure" else "")
    )
    return _(said) if said else ""


def with_sentences(left_out: Mapping[str, int]) -> tuple[tuple[str, str, int], ...]:
    """Return reasons with their sentences, the most frequent first."""
    return tuple(sorted(((code, sentence(code), n) for code, n in left_out.items()), key=lambda one: -one[2]))
