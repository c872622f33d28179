"""`answers …`: what the answering machine says by itself, and what it would say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from shopdesk.cli.face import Face, moment, pass_face, read_json
from shopdesk.cli.named import HOLDS, MEETS, SAID, named
from shopdesk.cli.words import COUNT, NUMBER, Group, option
from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _
from shopdesk.messages import MessageError, as_written, readable, text
from shopdesk.talks import DURING, MATCHES, Answered, During, Match, NewRule, Rule, Trial, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.messages import Draft


@click.group(cls=Group, help=N_("What the answering machine says by itself: keywords and questions, in their order."))
def answers() -> None:
    """Hold the commands about the machine."""


@answers.command("list", help=N_("All rules; the first that fits answers."))
@pass_face
def list_rules(face: Face) -> None:
    """List."""
    rules = face.shop.talks.machine.rules.all()
    face.show({"rules": [_rule(one) for one in rules]}, lambda: map(_rule_line, rules))


@answers.command(
    help=N_(
        "Keep a rule, as the last one. With --match alike its words are questions, answered when nearly the same is asked."
    )
)
@click.argument("name")
@option("--match", type=click.Choice(MATCHES), default="exact", help=N_("How the words meet what a friend writes."))
@option(
    "--word", "words", multiple=True, required=True, help=N_("A keyword or question; give it several times for more.")
)
@option(
    "--when", "during", type=click.Choice(DURING), default="always", help=N_("Only when the shop is open, or closed.")
)
@option("--text", "texts", multiple=True, help=N_("What to answer; up to five times, with {name}."))
@option("--messages", "file", type=click.Path(path_type=Path), help=N_("A JSON list of messages instead of texts."))
@pass_face
def add(
    face: Face, name: str, match: str, words: tuple[str, ...], during: str, texts: tuple[str, ...], file: Path | None
) -> None:
    """Add."""
    written = _written(face, texts, file)
    new = NewRule(name, cast("Match", match), words, written, cast("During", during))
    rule = face.shop.talks.machine.rules.add(new)
    face.show({"rule": _rule(rule)}, [_rule_line(rule)])


def _written(face: Face, texts: tuple[str, ...], file: Path | None) -> Draft:
    if bool(texts) == (file is not None):
        raise click.UsageError(_("Say what to answer: with --text, or with --messages and a file."))
    _opened = face.shop  # an opened shop speaks its own language
    messages = [text(one) for one in texts] if file is None else read_json(file)
    if not isinstance(messages, list):
        raise MessageError(_("The message must be a JSON list of message objects in LINE's form: [ … ]."))
    return as_written(messages)


@answers.command(help=N_("Delete a rule; what it has answered stays."))
@click.argument("rule", type=NUMBER)
@pass_face
def remove(face: Face, rule: int) -> None:
    """Remove."""
    face.shop.talks.machine.rules.remove(rule)
    face.show({"removed": rule}, [_("Deleted.")])


@answers.command(help=N_("Let a rule answer."))
@click.argument("rule", type=NUMBER)
@pass_face
def on(face: Face, rule: int) -> None:
    """Switch on."""
    _switch(face, rule, on=True)


@answers.command(help=N_("Let a rule rest."))
@click.argument("rule", type=NUMBER)
@pass_face
def off(face: Face, rule: int) -> None:
    """Switch off."""
    _switch(face, rule, on=False)


def _switch(face: Face, rule: int, *, on: bool) -> None:
    face.shop.talks.machine.rules.switch(rule, on=on)
    face.show({"rule": rule, "active": on}, [_("Changed.")])


@answers.command(help=N_("Let a rule be tried as the PLACE-th, from 1."))
@click.argument("rule", type=NUMBER)
@click.argument("place", type=COUNT)
@pass_face
def move(face: Face, rule: int, place: int) -> None:
    """Move."""
    rules = face.shop.talks.machine.rules
    rules.move(rule, place)
    face.show({"rules": [_rule(one) for one in rules.all()]}, [_("Changed.")])


@answers.command(help=N_("What would be said to this text, or to a new friend, without saying it."))
@click.argument("words", required=False)
@option("--at", help=N_("At this time in Japan instead of now, like 2026-11-30T21:00."))
@option("--follow", is_flag=True, help=N_("To somebody who becomes a friend."))
@option("--return", "returned", is_flag=True, help=N_("To somebody who comes back."))
@pass_face
def test(face: Face, words: str | None, at: str | None, follow: bool, returned: bool) -> None:
    """Try."""
    if [words is not None, follow, returned].count(True) != 1:
        raise click.UsageError(_("Give one of: a text, --follow, --return."))
    when, machine = moment(at) if at else None, face.shop.talks.machine
    trial = machine.would_say(words, when) if words is not None else machine.would_greet(returned=returned, at=when)
    face.show(_trial(trial), lambda: _trial_lines(trial))


@answers.command(help=N_("What was answered lately, the newest first: to which words, by which rule."))
@option("--limit", type=COUNT, default=50, help=N_("At most so many."))
@pass_face
def log(face: Face, limit: int) -> None:
    """Show what was answered."""
    found = face.shop.talks.machine.answered(limit)
    face.show({"answers": [_answered(one) for one in found]}, lambda: map(_answered_line, found))


def _answered(one: Answered) -> dict[str, object]:
    return {
        "message": one.id,
        "at": in_japan(one.at),
        "friend": one.friend_id,
        "asked": one.asked,
        "rule": one.rule,
        "text": one.words,
        "state": one.state,
    }


def _answered_line(one: Answered) -> str:
    return f"{in_japan(one.at):%Y-%m-%d %H:%M}\t{one.asked} → {one.rule}\t{named(SAID, one.state)}"


def _rule(one: Rule) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "match": one.match,
        "words": one.words,
        "when": one.during,
        "active": one.active,
        "messages": one.written.messages,
    }


def _rule_line(one: Rule) -> str:
    state = "" if one.active else f"  ({_('off')})"
    how = named(MEETS, one.match).format(words=" / ".join(one.words))
    return f"{one.id}  {one.name}  {how}  {named(HOLDS, one.during)}{state}"


def _trial(one: Trial) -> dict[str, object]:
    decision = one.decision
    near = decision.nearest if decision else ()
    return {
        "answers": one.written is not None,
        "kind": decision.kind if decision else None,
        "rule": decision.rule.id if decision and decision.rule else None,
        "name": title(decision) if decision else None,
        "open": one.open,
        "nearest": [{"rule": n.rule.id, "question": n.rule.words[0], "likeness": round(n.likeness, 3)} for n in near],
        "messages": one.written.messages if one.written else [],
    }


def _trial_lines(one: Trial) -> Iterator[str]:
    yield _("The shop is open then.") if one.open else _("The shop is closed then.")
    if one.decision is not None and one.decision.kind == "assistant":
        yield _("The assistant is asked; where it does not know, a person answers.")
        return
    if one.decision is None or one.written is None:
        yield _("The machine says nothing; a person answers.")
        return
    yield f"{title(one.decision)}:"
    yield from readable(one.written.messages)


COMMANDS = (answers,)
