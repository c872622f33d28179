"""Which state a broadcast is in, computed from its rows; and every reason as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.line import refusal

if TYPE_CHECKING:
    from shopdesk.broadcasts.records import State

# Why people are left out.
LEFT_OUT = {
    "not_linked": N_("Not linked with a LINE friend"),
    "blocked": N_("Blocks the shop on LINE"),
    "opted_out": N_("Wants no messages on LINE"),
    "merged": N_("The same person as another customer in it"),
    "gone": N_("No longer a LINE friend of the shop"),
    "had_coupon": N_("Has had the coupon as often as one person may"),
    "capped": N_("Has had as many broadcasts lately as the shop allows"),
    "by_mail": N_("Nothing on LINE: it goes by mail alone"),
    "opened": N_("Has opened it already"),
    "followed": N_("Has had a follow-up of it already"),
    "had_step": N_("Has had this message of the automation already"),
    "holdout": N_("Left out at random, to compare"),
}
# Why a broadcast waits.
PAUSED = {
    "asked": N_("Paused by hand. Go on when you like."),
    "stopped": N_("The program was closed. Go on when you like; nobody gets it twice."),
    "network": N_("LINE could not be reached several times. Check the internet connection and go on."),
    "quiet_hours": N_("Quiet hours: it goes on by itself afterwards."),
    "rate": N_("LINE keeps asking to go slower. Wait some minutes and go on."),
    "coupon": N_(
        "The coupon in it is not given out just now, or its page has no address. Look at the coupon and go on."
    ),
    "monthly_limit": N_(
        "This month's messages are used up; {remaining} people have not been sent it yet. "
        "Go on next month or take a larger plan."
    ),
    "token": N_("LINE does not accept the keys of this shop. Correct them in the settings and go on."),
    "forbidden": N_("LINE does not allow this account to send. Look at the account in LINE Developers and go on."),
}
# Why one needs somebody to look although nobody stopped it.
NEEDS_A_LOOK = {
    "late": N_(
        "Its time is more than an hour over. Look whether it still makes sense, then send it or choose a new time."
    ),
    "no_sender": N_("The program that sent it has ended. Go on; nobody gets it twice."),
    "no_progress": N_(
        "Nothing has moved for five minutes. Check the internet connection; if it stays, pause and go on."
    ),
}
# Why the outcome of a person is what it is; `rejected` carries LINE's own reason instead.
OUTCOMES = {
    "too_old": N_("No answer from LINE within 23 hours. Say yourself whether LINE took it."),
    "damaged": N_("The stored request was changed, so it was not sent again. Say yourself whether LINE took it."),
    "cancelled": N_("Cancelled before LINE had answered. Say yourself whether LINE took it."),
    "by_hand": N_("Settled by hand"),
}
_NOT_THEIR_TURN = N_("Stopped before it was their turn")


def state(*, frozen: bool, started: bool, control: str, paused: bool, remaining: int) -> State:
    """Return the state; finished means that nobody remains, and is never stored."""
    if control == "cancel":
        return "cancelled"
    if not frozen:
        return "draft"
    if remaining == 0:
        return "finished"
    if paused or control == "pause":
        return "paused"
    return "sending" if started else "waiting"


def sentence(reason: str, remaining: int = 0) -> str:
    """Return any reason as a sentence; empty for none."""
    said = next((words[reason] for words in (LEFT_OUT, PAUSED, NEEDS_A_LOOK, OUTCOMES) if reason in words), "")
    return _(said).format(remaining=f"{remaining:,}") if said else ""


def became(kind: str, reason: str, status: int | None, problem: str) -> str:
    """Return why a person is in the state `kind`, as a sentence; LINE's own reason where LINE refused."""
    if reason == "rejected":
        return refusal(status, problem)
    return _(_NOT_THEIR_TURN) if kind == "cancelled" and not reason else sentence(reason)
