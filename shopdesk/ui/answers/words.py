"""The machine's words: how a rule meets a text, when it holds, how near a question is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.messages import for_person, readable
from shopdesk.talks import title

if TYPE_CHECKING:
    from shopdesk.talks import During, Match, Near, Rule, Trial

MATCHES: dict[Match, str] = {
    "exact": N_("exactly this"),
    "contains": N_("all of these in it"),
    "any": N_("any of these in it"),
}
DURING: dict[During, str] = {"always": N_("Always"), "open": N_("While open"), "closed": N_("While closed")}
NEARNESS = {80: N_("Nearly the same words"), 60: N_("Similar questions"), 45: N_("Roughly similar ones, too")}
"""From which likeness on, in percent, a question is answered."""
_HOW: dict[Match, str] = {
    "exact": N_("Exactly {words}"),
    "contains": N_("With all of {words}"),
    "any": N_("With any of {words}"),
    "alike": N_("Asked like {words}"),
}
_MOST_WORDS = 4


def how(rule: Rule) -> str:
    """Return how a rule meets a text: `With any of “parking” “car”`."""
    shown = rule.words[:1] if rule.match == "alike" else rule.words[:_MOST_WORDS]
    words = " ".join(_("“{word}”").format(word=one) for one in shown)
    more = " …" if len(shown) < len(rule.words) else ""
    return _(_HOW[rule.match]).format(words=words + more)


def says(rule: Rule) -> str:
    """Return in one line what a rule answers."""
    return "　".join(readable(for_person(rule.written, ""))).replace("\n", " ")


def nearness(percent: int) -> str:
    """Return the words for a threshold; one that was set otherwise is said as its number."""
    return _(NEARNESS[percent]) if percent in NEARNESS else _("From {n} % on").format(n=percent)


def near(one: Near, percent: int) -> str:
    """Return how near a question came to a text."""
    likeness = one.likeness * 100
    if likeness >= max(percent, *NEARNESS):
        return _("nearly the same")
    return _("near enough") if likeness >= percent else _("not near enough")


def verdict(trial: Trial) -> str:
    """Return who answers, and by what."""
    decision = trial.decision
    if decision is not None and decision.kind == "assistant":
        return _("The assistant is asked; where it does not know, a person answers.")
    if decision is None or trial.written is None:
        return _("The machine says nothing; a person answers.")
    if decision.kind == "question":
        return _("The question “{name}” is answered.").format(name=title(decision))
    if decision.kind == "rule":
        return _("The rule “{name}” answers.").format(name=title(decision))
    return _("“{name}” is said.").format(name=title(decision))
