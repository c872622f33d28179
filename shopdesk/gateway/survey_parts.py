"""The parts of a survey's pages: how it begins, one question, and the thanks at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.gateway.markup import Markup, icon, joined, tag, words
from shopdesk.i18n import N_
from shopdesk.line import typed_for_them
from shopdesk.surveys import CHOICES, GOT_POINTS, HAD_COUPON, HAD_POINTS, LONGEST_LINE, LONGEST_TEXT, USED_COUPON, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.coupons import Coupon
    from shopdesk.surveys import Given, Kind, Progress, Question, QuestionResult, Survey

_WIDTH = 240
Values = dict[str, str]


def start(survey: Survey, key: str, basic_id: str, *, known: bool) -> Values:
    """Return how a survey begins; `known` where the page is somebody's own, else the page's script adds the key that this phone keeps."""
    form = survey.form
    begin = tag(
        "form",
        "" if known else _hidden("who", ""),
        tag("button", words(N_("Begin"))),
        method="post",
        action=f"/survey/{key}/begin",
        data_survey="" if known else key,
    )
    on_line: str = ""
    if not known and basic_id and not form.anonymous:
        address = typed_for_them(basic_id, typed(survey))
        on_line = tag("a", icon("message-circle"), words(N_("Answer on LINE")), class_="button plain", href=address)
    notes = [N_("Nobody learns who answered what.") if form.anonymous else N_("Only the shop sees your answers.")]
    if form.gift_coupon is not None or form.gift_points is not None:
        notes.append(N_("A gift waits at the end."))
    how_many = words(N_("{n} questions"), n=str(len(form.questions)))
    return {
        "intro": tag("p", form.intro, class_="intro") if form.intro else Markup(),
        "how_many": how_many,
        "begin": joined([begin, on_line]),
        "note": joined(map(words, notes)),
    }


def question(found: Progress, key: str, wrong: str, said: Sequence[str] | None, *, agreed: bool) -> Values:
    """Return one question as it is asked; `said` is what was sent and is no answer, None for what was answered before.

    Where that is to be written once more, they have `agreed` already to what it is for.
    """
    one = found.asked
    assert one is not None  # noqa: S101 - who has finished is asked nothing
    given = found.answers.get(one.name)
    chosen = list(said) if said is not None else _written(given)
    left = found.steps - found.step
    agree = Markup()
    if one.consent:
        box = Markup(
            f'<input type="checkbox" name="agree" value="1"{" checked" if agreed or (given and not given.empty) else ""}>'
        )
        agree = tag("label", box, tag("span", words(N_("I agree: {consent}"), consent=one.consent)), class_="agree")
    back = tag(
        "button", words(N_("Back")), class_="plain", formaction=f"/survey/{key}/back", formnovalidate="formnovalidate"
    )
    notes = [] if one.required else [tag("p", words(N_("You may leave this empty.")), class_="soft")]
    return {
        "action": f"/survey/{key}/answer",
        "progress": Markup(f'<progress max="{found.steps}" value="{found.step}"></progress>'),
        "step": words(N_("Question {step} of {steps}"), step=str(found.step), steps=str(found.steps)),
        "left": words(N_("{n} more"), n=str(left)) if left else "",
        "version": str(found.version),
        "name": one.name,
        "question": one.title,
        "note": joined([*([tag("p", one.note, class_="soft")] if one.note else []), *notes]),
        "wrong": wrong,
        "answers": _answers(one, chosen, found.full),
        "agree": agree,
        "back": back if found.before else Markup(),
        "next": words(N_("Next") if left else N_("Send the answers")),
    }


def thanks(found: Progress, key: str, poll: Sequence[QuestionResult], coupon: Coupon | None) -> Values:
    """Return the end: thanks, the gift, and of a poll what all have said; `coupon` is the gift of whom nobody knows."""
    form = found.form
    return {
        "thanks": form.thanks or words(N_("Thank you for your answers.")),
        "gift": _gift(found, key, coupon),
        "poll": joined(map(_counted, poll)),
    }


def _gift(found: Progress, key: str, coupon: Coupon | None) -> Markup:
    if found.gift is not None and found.gift.used:
        return tag("p", words(USED_COUPON))
    if found.gift is not None and found.gift.ticket_id is not None:
        button = tag("button", icon("ticket"), words(N_("Open the coupon")))
        form = tag("form", button, method="post", action=f"/survey/{key}/gift")
        return joined([tag("p", words(HAD_COUPON)), form]) if found.gift.before else form
    if found.gift is not None:
        return tag("p", words(HAD_POINTS if found.gift.before else GOT_POINTS, points=str(found.gift.points)))
    if coupon is not None and coupon.state == "published" and coupon.offer.by_link:
        return tag(
            "a", icon("ticket"), words(N_("Take the coupon")), class_="button", href=f"/coupon/{coupon.page_key}"
        )
    return Markup()


def _counted(one: QuestionResult) -> Markup:
    rows = [
        tag(
            "li",
            tag("span", count.label),
            Markup(f'<progress max="100" value="{count.share * 100:.0f}"></progress>'),
            tag("b", f"{count.share:.0%}"),
        )
        for count in one.counts
    ]
    people = words(N_("{n} people have answered"), n=f"{one.answered:,}")
    return tag(
        "section", tag("h2", one.question.title), tag("ul", *rows), tag("p", people, class_="soft"), class_="panel poll"
    )


def _written(given: Given | None) -> list[str]:
    return list(given.words) if given is not None else []


def _answers(one: Question, said: Sequence[str], full: frozenset[str]) -> Markup:
    if one.kind in CHOICES:
        return _choices(one, said, full)
    if one.kind == "rating":
        return _scale(one, said)
    return _FIELDS.get(one.kind, _line)(one, said[0] if said else "")


def _choices(one: Question, said: Sequence[str], full: frozenset[str]) -> Markup:
    several = one.kind == "several"
    rows = [
        tag(
            "label",
            _box("checkbox" if several else "radio", f"a.{place}" if several else "a", option.label, said, full),
            Markup(f'<img src="/media/{option.picture}/{_WIDTH}" alt="">') if option.picture else "",
            tag("span", option.label),
            tag("small", words(N_("Taken up"))) if option.label in full else "",
            class_="option",
        )
        for place, option in enumerate(one.options)
    ]
    return _group(one, rows)


def _scale(one: Question, said: Sequence[str]) -> Markup:
    scale = range(one.least or 0, (one.most or 0) + 1)
    rows = [tag("label", _box("radio", "a", str(each), said), tag("span", str(each))) for each in scale]
    ends = (
        tag("p", tag("span", one.low), tag("span", one.high), class_="ends soft") if one.low or one.high else Markup()
    )
    return joined([_group(one, [tag("div", *rows, class_="scale")]), ends])


def _group(one: Question, rows: Sequence[Markup]) -> Markup:
    return tag("div", *rows, class_="options", role="group", aria_label=one.title)


def _box(kind: str, name: str, value: str, said: Sequence[str], full: frozenset[str] = frozenset()) -> Markup:
    box = tag("input", type=kind, name_=name, value=value).removesuffix("</input>")
    more = " disabled" if value in full else " checked" if value in said else ""
    return Markup(f"{box[:-1]}{more}>")


def _hidden(name: str, value: str) -> Markup:
    return _input(type="hidden", name_=name, value=value)


def _input(**attributes: str) -> Markup:
    return Markup(tag("input", **attributes).removesuffix("</input>"))


def _field(**more: str) -> Callable[[Question, str], Markup]:
    def field(one: Question, said: str) -> Markup:
        return _input(name_="a", value=said, aria_label=one.title, maxlength=str(LONGEST_LINE), **more)

    return field


def _line(one: Question, said: str) -> Markup:
    return tag("textarea", said, name_="a", aria_label=one.title, rows="4", maxlength=str(LONGEST_TEXT))


_FIELDS: dict[Kind, Callable[[Question, str], Markup]] = {
    "number": _field(inputmode="numeric", autocomplete="off"),
    "date": _field(type="date"),
    "name": _field(autocomplete="name"),
    "phone": _field(type="tel", autocomplete="tel"),
    "address": _field(autocomplete="street-address"),
}
