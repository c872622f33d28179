"""A question of a survey as messages in the talk: its words, and what can be tapped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlencode

from shopdesk.i18n import N_, for_customers
from shopdesk.japanese import fold
from shopdesk.line import limits
from shopdesk.messages import actions, graphemes, image_carousel, literal, text, with_quick_replies
from shopdesk.surveys import POSTBACK, starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.line import Message
    from shopdesk.messages import Draft
    from shopdesk.surveys import Progress, Question, Survey

BACK, STOP, PASS, AGREE, DONE, GO_ON = "back", "stop", "pass", "agree", "done", "go"
SAID: dict[str, str] = {BACK: N_("Back"), STOP: N_("Stop here"), PASS: N_("Skip"), DONE: N_("That is all")}
"""What is written on the buttons."""
_WRITTEN = {
    **dict.fromkeys(map(fold, ("もどる", "戻る")), BACK),
    **dict.fromkeys(map(fold, ("ここでやめる", "やめる")), STOP),
    **dict.fromkeys(map(fold, ("とばす", "スキップ")), PASS),
    **dict.fromkeys(map(fold, ("同意する", "同意します")), AGREE),
}


class Tap(NamedTuple):
    """What a button of a question says: of which survey, version and question, what to do, and which options were chosen before."""

    survey: str
    version: int = 0
    question: int = 0
    do: str = ""
    picked: tuple[int, ...] = ()

    def data(self, do: str, picked: Sequence[int] = ()) -> str:
        """Return the data of a button of the same question."""
        more = {"p": ".".join(map(str, picked))} if picked else {}
        return urlencode({POSTBACK: self.survey, "v": self.version, "q": self.question, "do": do, **more})


def with_way_on(written: Draft, found: Progress) -> Draft:
    """Add to an answer to something else the button that goes on with a survey, where LINE has room for one more."""
    *before, last = written.messages
    there = last.get("quickReply", {}).get("items", [])
    if len(there) >= limits.QUICK_REPLIES:
        return written
    label = for_customers(N_("On with the survey"))
    more = with_quick_replies(last, [actions.postback(label, starts(found.page_key), label)])["quickReply"]["items"]
    return replace(written, messages=(*before, {**last, "quickReply": {"items": [*there, *more]}}))


def choice_of(surveys: Sequence[Survey]) -> Message:
    """Return what asks which survey somebody would like to answer: the names stand in the text as well, where LINE shows no buttons."""
    taps = [_choice(one.form.name, starts(one.page_key), limits.LABEL.most) for one in surveys[: limits.QUICK_REPLIES]]
    said = for_customers(N_("Which survey would you like to answer?"))
    return _text("\n".join([said, *(f"・{one.form.name}" for one in surveys[: limits.QUICK_REPLIES])]), taps)


def tapped(data: object) -> Tap | None:
    """Return what a button says, None where it is of no survey."""
    if not isinstance(data, str) or not data.startswith(f"{POSTBACK}="):
        return None
    said = {name: values[0] for name, values in parse_qs(data).items()}
    numbers = (said.get("v", "0"), said.get("q", "0"), *filter(None, said.get("p", "").split(".")))
    if POSTBACK not in said or not all(one.isascii() and one.isdigit() and len(one) < 6 for one in numbers):  # noqa: PLR2004
        return None
    version, question, *picked = map(int, numbers)
    return Tap(said[POSTBACK], version, question, said.get("do", ""), tuple(picked))


def written(said: str) -> str:
    """Return which of the buttons somebody wrote instead of tapping it, '' for none."""
    return _WRITTEN.get(fold(said), "")


def asked(found: Progress, picked: Sequence[int] = (), *, picture: Callable[[str], str | None]) -> list[Message]:
    """Return a question as it is put.

    Args:
        found: How far the friend is.
        picked: Of several choices, what was chosen so far.
        picture: Returns the address of a kept picture, None where LINE could not fetch it.
    """
    one = found.asked
    assert one is not None  # noqa: S101 - who has finished is asked nothing
    here = Tap(found.page_key, found.version, found.form.questions.index(one))
    after = _moving(found, one, here)
    if one.consent and not found.agreed:
        agree = actions.postback(for_customers(N_("I agree")), here.data(AGREE), for_customers(N_("I agree")))
        said = for_customers(N_("What the answer is used for: {consent}")).format(consent=one.consent)
        return [_text(f"{_head(found, one)}\n\n{said}", [agree, *after])]
    free = [(place, option) for place, option in enumerate(one.options) if option.label not in found.full]
    if one.kind == "picture" and 0 < len(free) <= limits.COLUMNS:
        shown = [picture(option.picture) for _place, option in free]
        if all(shown):
            columns = [
                (address or "", _choice(option.label, here.data(f"o{place}"), limits.PICTURE_LABEL.most))
                for address, (place, option) in zip(shown, free, strict=True)
            ]
            alt = literal(one.title)
            return [_text(_head(found, one)), with_quick_replies(image_carousel(alt, columns), after)]
    return [_listed(found, one, here, picked, after)]


def _listed(found: Progress, one: Question, here: Tap, picked: Sequence[int], after: list[actions.Action]) -> Message:
    """Return a question whose answers are quick replies; where there are more than LINE shows, their numbers are written."""
    said, taps = _head(found, one), []
    if one.kind == "rating":
        scale = range(one.least or 0, (one.most or 0) + 1)
        taps = [_choice(str(number), here.data(f"n{number}"), limits.LABEL.most) for number in scale]
        ends = [f"{number} {word}" for number, word in ((scale[0], one.low), (scale[-1], one.high)) if word]
        said = "\n".join([said, *ends])
    elif one.kind == "date":
        taps = [actions.pick_moment(for_customers(N_("Choose the day")), here.data("day"), "date")]
    elif one.options:
        taps = _options(one, here, picked, found.full)
        if len(taps) + len(after) > limits.QUICK_REPLIES:
            labels = enumerate((option.label for option in one.options), 1)
            lines = [f"{place}. {label}" for place, label in labels if label not in found.full]
            said = "\n".join([said, *lines, for_customers(N_("Write the number."))])
            taps = []
        elif one.kind == "several" and not picked:
            said += "\n" + _how_many(one)
        elif picked:
            chosen = "、".join(one.options[place].label for place in picked)
            said += "\n" + for_customers(N_("Chosen: {options}")).format(options=chosen)
    return _text(said, [*taps, *after][: limits.QUICK_REPLIES])


def _how_many(one: Question) -> str:
    if one.most is None:
        return for_customers(N_("Choose all that fit."))
    return for_customers(N_("Choose up to {n}.")).format(n=one.most)


def _options(one: Question, here: Tap, picked: Sequence[int], full: frozenset[str]) -> list[actions.Action]:
    left = [
        _choice(option.label, here.data(f"o{place}", picked), limits.LABEL.most)
        for place, option in enumerate(one.options)
        if place not in picked and option.label not in full
    ]
    if one.kind != "several":
        return left
    done = actions.postback(for_customers(SAID[DONE]), here.data(DONE, picked), for_customers(SAID[DONE]))
    return [*([done] if picked else []), *left]


def _moving(found: Progress, one: Question, here: Tap) -> list[actions.Action]:
    ways = [*([PASS] if not one.required else []), *([BACK] if found.before else []), STOP]
    words = {way: for_customers(SAID[way]) for way in ways}
    return [actions.postback(said, here.data(way), said) for way, said in words.items()]


def _choice(label: str, data: str, most: int) -> actions.Action:
    short = label if graphemes(label) <= most else label[: most - 1] + "…"
    return actions.postback(short, data, label)


def _head(found: Progress, one: Question) -> str:
    step = for_customers(N_("Question {step} of {steps}")).format(step=found.step, steps=found.steps)
    return "\n".join(filter(None, [step, one.title, one.note]))


def _text(said: str, taps: Sequence[actions.Action] = ()) -> Message:
    return with_quick_replies(text(literal(said)), taps)
