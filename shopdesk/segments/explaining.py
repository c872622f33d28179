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
_TURNED = {"is": "is_not", "is_not": "is", "bought": "not_bought", "not_bought": "bought"}


def explain(rule: Rule) -> Runs:
    """Return the sentence for a rule in the language in use."""
    rule = _simplified(rule)
    parts = rule.parts if isinstance(rule, AllOf) else (rule,)
    excluded = [part.part for part in parts if isinstance(part, Except)]
    included = [part for part in parts if not isinstance(part, Except)]
    taken = {"who": _joined(included, ending=True)}
    said = _filled(_("People {who}"), taken) if included else _filled(_("Everybody"), {})
    for one in excluded:
        said += _filled(_(", except those {who}"), {"who": _phrase(one, ending=True)})
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
            if isinstance(inner, Condition) and inner.comparison in {"is_not", "not_bought"}:
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


def _joined(parts: Sequence[Rule], *, ending: bool) -> Runs:
    """Parts that must all hold: each but the last in its middle form."""
    said: Runs = []
    for number, part in enumerate(parts, 1):
        said += _phrase(part, ending=ending and number == len(parts))
        if number < len(parts):
            said.append(Run(_(" and "), bold=False))
    return said


def _phrase(rule: Rule, *, ending: bool) -> Runs:
    match rule:
        case Condition():
            clause = field_of(rule.field).say(rule)
            return _filled(_form(clause.text, ending=ending), clause.values)
        case Except(part):
            inner = _phrase(part, ending=True)
            return _filled(_form(_("who are not among those {who}"), ending=ending), {"who": inner})
        case AllOf(parts):
            if not parts:
                return _filled(_form(_("whoever they are"), ending=ending), {})
            return _filled(_form(_("({who})"), ending=ending), {"who": _joined(parts, ending=True)})
        case AnyOf(parts):
            if not parts:
                return _filled(_form(_("whom no condition takes"), ending=ending), {})
            said: Runs = []
            for part in parts:
                said += [*([Run(_(" or "), bold=False)] if said else []), *_phrase(part, ending=True)]
            return _filled(_form(_("(either {who})"), ending=ending), {"who": said})


def _form(text: str, *, ending: bool) -> str:
    """The half of a clause for the middle or the end of a sentence, where a language has both."""
    middle, _bar, last = text.partition("|")
    return (last or middle) if ending else middle


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
    """Neighbours of one weight together, nothing empty, an English sentence in one line of single spaces."""
    tidy: Runs = []
    for run in runs:
        if tidy and tidy[-1].bold == run.bold:
            tidy[-1] = Run(tidy[-1].text + run.text, bold=run.bold)
        elif run.text:
            tidy.append(run)
    return tidy
