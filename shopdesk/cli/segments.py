"""`segments …`: groups of people by rule."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from shopdesk.cli.face import Face, pass_face, read_json
from shopdesk.cli.words import Group, option
from shopdesk.i18n import N_, _
from shopdesk.segments import Rule, dump, parse, sentence as say


@click.group(cls=Group, help=N_("Groups of people by rule, always counted live."))
def segments() -> None:
    """Hold the commands about segments."""


_RULE_FILE = click.Path(path_type=Path)


def _rule(face: Face, name: str | None, file: Path | None) -> Rule:
    if name is not None and file is None:
        return face.shop.segments.get(name).rule
    if name is None and file is not None:
        rule, _opened = parse(read_json(file)), face.shop  # an opened shop speaks its own language
        return rule
    raise click.UsageError(_("Give the name of a segment, or --rule with a file."))


@segments.command(help=N_("Keep a rule under a name."))
@click.argument("name")
@click.argument("file", type=_RULE_FILE)
@pass_face
def save(face: Face, name: str, file: Path) -> None:
    """Save."""
    kept = face.shop.segments  # an opened shop speaks its own language
    rule = parse(read_json(file))
    kept.save(name, rule)
    face.show({"name": name, "sentence": say(rule)}, [say(rule)])


@segments.command(help=N_("How many people a rule finds, and how many of them LINE reaches."))
@click.argument("name", required=False)
@option("--rule", "file", type=_RULE_FILE, help=N_("A rule that is not saved."))
@pass_face
def count(face: Face, name: str | None, file: Path | None) -> None:
    """Count."""
    reach = face.shop.segments.count(_rule(face, name, file))
    said = _(
        "{count} people: {reachable_on_line} reachable on LINE, {not_linked} not linked, {opted_out} opted out, {blocked} blocked."
    )
    shown = asdict(reach)
    face.show(shown, [said.format(**shown)])


@segments.command(help=N_("A rule as one sentence."))
@click.argument("name", required=False)
@option("--rule", "file", type=_RULE_FILE, help=N_("A rule that is not saved."))
@pass_face
def explain(face: Face, name: str | None, file: Path | None) -> None:
    """Explain."""
    sentence = say(_rule(face, name, file))
    face.show({"sentence": sentence}, [sentence])


@segments.command(
    help=N_("Why a customer is in a segment, or is not: each condition, and what the customer has there.")
)
@click.argument("name")
@click.argument("customer", type=int)
@pass_face
def why(face: Face, name: str, customer: int) -> None:
    """Tell why."""
    rule = face.shop.segments.get(name).rule
    reasons = face.shop.segments.why(rule, customer)
    taken = face.shop.segments.has(rule, customer)
    said = [f"{'✓' if one.holds else '✗'} {one.sentence} ({one.answer})" for one in reasons]
    verdict = _("The customer is in this segment.") if taken else _("The customer is not in this segment.")
    face.show({"in": taken, "reasons": [asdict(one) for one in reasons]}, [verdict, *said])


@segments.command("list", help=N_("All saved segments."))
@pass_face
def list_segments(face: Face) -> None:
    """List."""
    saved = face.shop.segments.list()
    face.show(
        {"segments": [{"name": one.name, "sentence": say(one.rule), "rule": dump(one.rule)} for one in saved]},
        lambda: (f"{one.name}: {say(one.rule)}" for one in saved),
    )


COMMANDS = (segments,)
