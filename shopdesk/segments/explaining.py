"""A rule said back as one sentence, in runs of plain and bold text."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING, cast

from shopdesk.i18n import _
from shopdesk.segments.fields import field_of
from shopdesk.segments.records import Run
from shopdesk.segments.rules import AllOf, AnyOf, Condition, Except, Rule
from shopdesk.segments.wording import Clause, Names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Runs = list[Run]
MIDDLE, END, CHOICE = range(3)
_TURNED = {"is_not": "is", "not_bought": "bought", "contains_not": "contains"}


def explain(rule: Rule) -> Runs:
    """Return the sentence for a rule in the language in use."""
    rule = _simplified(rule)
    parts = rule.parts if isinstance(rule, AllOf) else (rule,)
    excluded = [part.part for part in parts if isinstance(part, Except)]
    included = [part for part in parts if not isinstance(part, Except)]
    if isinstance(rule, AnyOf) and rule.parts:
        said = _filled(_("People {who}"), {"who": _either(rule.parts, END)})
    elif included:
        said = _filled(_("People {who}"), {"who": _joined(included, END)})
    else:
        said = _filled(_("Everybody"), {})
    for one in excluded:
        said += _filled(_(", except those {who}"), {"who": _phrase(one, END)})
    return _tidied([*said, Run(_("."), bold=False)])


def sentence(rule: Rule) -> str:
    """Return the sentence for a rule as plain text."""
    return "".join(run.text for run in explain(rule))


def _simplified(rule: Rule) -> Rule:
    """The same rule with groups of one opened, double negations gone, and products of which any counts together."""
    match rule:
        case AllOf(parts) | AnyOf(parts):
            simple = tuple(_simplified(part) for part in parts)
            if isinstance(rule, AnyOf):
                simple = _together(simple)
            flat = tuple(inner for part in simple for inner in (part.parts if type(part) is type(rule) else (part,)))
            return flat[0] if len(flat) == 1 else type(rule)(flat)
        case Except(part):
            inner = _simplified(part)
            if isinstance(inner, Except):
                return inner.part
            if isinstance(inner, Condition) and inner.comparison in _TURNED:
                return replace(inner, comparison=_TURNED[inner.comparison])
            return Except(inner)
    return rule


def _together(parts: tuple[Rule, ...]) -> tuple[Rule, ...]:
    alike = [
        part
        for part in parts
        if isinstance(part, Condition) and part.comparison in {"bought", "is"} and isinstance(part.value, tuple)
    ]
    if len(alike) != len(parts) or len(alike) < 2 or len({(one.field, one.within_days) for one in alike}) > 1:  # noqa: PLR2004
        return parts
    names = tuple(dict.fromkeys(name for one in alike for name in cast("tuple[str, ...]", one.value)))
    return (replace(alike[0], value=names),)


def _joined(parts: Sequence[Rule], form: int) -> Runs:
    """Parts that must all hold: each but the last in its middle form."""
    said: Runs = []
    for number, part in enumerate(parts, 1):
        said += _phrase(part, form if number == len(parts) else MIDDLE)
        if number < len(parts):
            said.append(Run(_(" and "), bold=False))
    return said


def _either(parts: Sequence[Rule], form: int) -> Runs:
    """Parts of which one must hold."""
    said: Runs = []
    for number, part in enumerate(parts, 1):
        said += _phrase(part, form if number == len(parts) else CHOICE)
        if number < len(parts):
            said.append(Run(_(", or "), bold=False))
    return said


def _phrase(rule: Rule, form: int) -> Runs:
    match rule:
        case Condition():
            clause = field_of(rule.field).say(rule)
            return _filled(_form(clause.text, form), clause.values)
        case Except(part):
            return _filled(_form(_("who are not among those {who}"), form), {"who": _phrase(part, END)})
        case AllOf(parts):
            if not parts:
                return _filled(_form(_("whoever they are"), form), {})
            return _filled(_form(_("({who})"), form), {"who": _joined(parts, CHOICE)})
        case AnyOf(parts):
            if not parts:
                return _filled(_form(_("whom no condition takes"), form), {})
            return _filled(_form(_("(either {who})"), form), {"who": _either(parts, CHOICE)})


def _form(text: str, form: int) -> str:
    """The clause as it stands in the middle, at the end, or before an "or", where a language tells them apart."""
    forms = text.split("|")
    return forms[min(form, len(forms) - 1)]


def _filled(text: str, values: Mapping[str, str | Names | Clause | Runs]) -> Runs:
    said: Runs = []
    for number, stretch in enumerate(text.split("**")):
        bold = number % 2 == 1
        for literal, name, _spec, _conversion in Formatter().parse(stretch):
            said.append(Run(literal, bold=bold))
            if name is not None:
                said += _value(values[name], bold=bold)
    return said


def _value(value: str | Names | Clause | Runs, *, bold: bool) -> Runs:
    match value:
        case str():
            return [Run(value, bold=bold)]
        case Names(names):
            said: Runs = []
            for name in names:
                said += [*([Run(_(" or "), bold=False)] if said else []), Run(name, bold=True)]
            return said
        case Clause(text, values):
            return _filled(text, values)
    return value


def _tidied(runs: Runs) -> Runs:
    """Neighbours of one weight together, and nothing empty."""
    tidy: Runs = []
    for run in runs:
        if tidy and tidy[-1].bold == run.bold:
            tidy[-1] = Run(tidy[-1].text + run.text, bold=run.bold)
        elif run.text:
            tidy.append(run)
    return tidy
