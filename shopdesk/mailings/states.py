"""Every reason of a mailing as a sentence."""

from __future__ import annotations

from shopdesk.i18n import N_, _

LEFT_OUT = {
    "no_consent": N_("Has not agreed to mail"),
    "no_proof": N_("No proof that they agreed to mail"),
    "stopped": N_("The use of their data is stopped"),
    "no_address": N_("No mail address that works"),
    "same_address": N_("The same mail address as another customer in it"),
}
PAUSED = {
    "asked": N_("Paused by hand. Go on when you like."),
    "network": N_("The mail server could not be reached several times. Check the internet connection and go on."),
    "account": N_("The mail server does not take mails of this shop. Look at the mail settings and go on."),
}
UNSURE = N_("The connection broke while the mail was on its way. Say yourself whether it went out.")


def sentence(reason: str) -> str:
    """Return a reason as a sentence; empty for none."""
    said = LEFT_OUT.get(reason) or PAUSED.get(reason) or (UNSURE if reason == "unsure" else "")
    return _(said) if said else ""
