"""`surveys …`: made, published, ended, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from shopdesk.cli.face import Face, as_file, pass_face, plain, read_json
from shopdesk.cli.named import SURVEYS, named
from shopdesk.cli.pictured import keep_of_survey
from shopdesk.cli.words import NUMBER, Command, Group, option
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _, _n
from shopdesk.surveys import CHOICES, NUMBERS, Dimension, as_json, read_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.surveys import Form, QuestionResult, Results, Survey

_FILE = click.Path(path_type=Path)
_EXAMPLE = """
{"name": "お肌", "title": "お肌について", "intro": "1分で終わります。", "thanks": "ありがとうございました。", "keyword": "お肌",
 "gift": {"points": 5}, "from": "2026-01-01", "until": "2999-12-31", "limit": 500, "anonymous": false, "poll": false, "questions": [
  {"name": "悩み", "title": "お悩みは", "kind": "one", "options": ["乾燥", {"label": "ない"}], "branches": {"ない": "次"}},
  {"title": "かゆい所は", "kind": "several", "options": ["顔", "手"], "least": 1, "most": 2,
    "sensitive": true, "required": false, "consent": "商品選びのため"},
  {"name": "使い方", "title": "いつ使いますか", "kind": "text", "required": false, "note": "朝、夜など", "sets": "", "then": "次"},
  {"name": "次", "title": "次はどれを", "kind": "picture", "options": [{"label": "青", "picture": "青.jpg", "tag": "青"},
    {"label": "赤", "picture": "写真/赤.png", "quota": 30}]},
  {"title": "おすすめ度", "kind": "rating", "least": 1, "most": 5, "low": "いいえ", "high": "はい"},
  {"title": "お電話", "kind": "phone", "consent": "お届けの連絡", "fills": "blank"}]}
"""


@click.group(cls=Group, help=N_("Surveys: made, answered once by each person, counted."))
def surveys() -> None:
    """Hold the commands about surveys."""


@surveys.command(
    "create",
    cls=Command,
    help=N_(
        "Make a survey from a JSON file with name and questions, and publish it. "
        "The gift has “points”, or “coupon” with the number or name of one."
    ),
    example=_EXAMPLE,
)
@click.argument("file", type=_FILE)
@option("--draft", is_flag=True, help=N_("Do not publish it yet."))
@pass_face
def create(face: Face, file: Path, draft: bool) -> None:
    """Make one."""
    service = face.shop.surveys
    made = service.create(_form(face, file))
    _show(face, made if draft else service.publish(made.id))


@surveys.command(
    "change", cls=Command, help=N_("Write a survey anew and publish it; other questions are a new version.")
)
@click.argument("survey")
@click.argument("file", type=_FILE)
@option("--draft", is_flag=True, help=N_("Do not publish it yet."))
@pass_face
def change(face: Face, survey: str, file: Path, draft: bool) -> None:
    """Change one."""
    service = face.shop.surveys
    changed = service.change(service.find(survey).id, _form(face, file))
    _show(face, changed if draft else service.publish(changed.id))


@surveys.command("publish", cls=Command, help=N_("Ask people what is written; also a survey that was ended."))
@click.argument("survey")
@pass_face
def publish(face: Face, survey: str) -> None:
    """Publish one."""
    service = face.shop.surveys
    _show(face, service.publish(service.find(survey).id))


@surveys.command("close", cls=Command, help=N_("Take no answers any more."))
@click.argument("survey")
@pass_face
def close(face: Face, survey: str) -> None:
    """End one."""
    service = face.shop.surveys
    _show(face, service.close(service.find(survey).id))


@surveys.command("show", cls=Command, help=N_("What a survey asks, as `surveys create` and `surveys change` take it."))
@click.argument("survey")
@pass_face
def show(face: Face, survey: str) -> None:
    """Show one."""
    found = face.shop.surveys.find(survey)
    written = as_json(found.draft)
    face.show({**_as_json(found), "form": written}, [as_file(written)])
    face.note(_line(found))  # beside it, so that the output is a file


@surveys.command("list", cls=Command, help=N_("All surveys, the newest first."))
@pass_face
def list_surveys(face: Face) -> None:
    """List them."""
    found = face.shop.surveys.list()
    face.show({"surveys": [_as_json(one) for one in found]}, lambda: map(_line, found))


@surveys.command("link", cls=Command, help=N_("Where a survey is answered; with --customer an address of their own."))
@click.argument("survey")
@option("--customer", type=NUMBER, help=N_("For this customer, who is known there."))
@pass_face
def link(face: Face, survey: str, customer: int | None) -> None:
    """Say where it is answered."""
    service = face.shop.surveys
    found = service.find(survey)
    url = service.addresses.of_page(found) if customer is None else service.addresses.of_person(found.id, customer)
    face.show({"survey": found.id, "url": url}, lambda: [url])


@surveys.command("results", cls=Command, help=N_("Counts and shares of every question, from the first answer on."))
@click.argument("survey")
@option("--by", type=click.Choice(get_args(Dimension)), help=N_("Compare people by this."))
@pass_face
def results(face: Face, survey: str, by: Dimension | None) -> None:
    """Tell what came of it."""
    outcome, found = face.shop.surveys.outcome, face.shop.surveys.find(survey)
    if by is not None and found.form.anonymous:
        raise InvalidInputError(_("Nobody knows who answers an anonymous survey. Ask for its results without --by."))
    said = outcome.of(found.id)
    data = {**plain(said), "survey": found.id, "name": found.form.name, "state": found.state, "questions": []}
    for one in said.questions:
        asked = one.question
        shown: dict[str, Any] = {**plain(one), "question": asked.name, "title": asked.title, "kind": asked.kind}
        if by is not None and asked.kind in CHOICES | NUMBERS:
            shown["by"] = [plain(row) for row in outcome.cross(found.id, asked.name, by)]
        if asked.kind not in CHOICES | NUMBERS:
            shown["texts"] = [each.text for each in outcome.said(found.id, asked.name)]
        data["questions"].append(shown)
    face.show(data, lambda: _in_words(said))


@surveys.command("remove-answer", cls=Command, help=N_("Delete what a customer answered, and what it filled in."))
@click.argument("survey")
@click.argument("customer", type=NUMBER)
@pass_face
def remove_answer(face: Face, survey: str, customer: int) -> None:
    """Delete one."""
    service = face.shop.surveys
    found = service.find(survey)
    many = service.answering.remove(found.id, customer)
    said = _n("{n} answer deleted", "{n} answers deleted", many).format(n=f"{many:,}")
    face.show({"survey": found.id, "removed": many}, [said])


def _form(face: Face, file: Path) -> Form:
    form = read_form(read_json(file), lambda said: face.shop.coupons.find(said).id)
    return keep_of_survey(face.shop, form, file)


def _as_json(found: Survey) -> dict[str, Any]:
    return {
        "survey": found.id,
        "name": found.form.name,
        "state": found.state,
        "standing": found.standing,
        "version": found.version,
        "answers": found.answers,
        "begun": found.begun,
        "page_key": found.page_key,
    }


def _show(face: Face, found: Survey) -> None:
    face.show({**_as_json(found), "form": as_json(found.draft)}, lambda: [_line(found)])


def _line(found: Survey) -> str:
    answers = _n("{n} answer", "{n} answers", found.answers).format(n=f"{found.answers:,}")
    return f"{found.id}\t{found.form.name}\t{answers}\t{named(SURVEYS, found.state)}"


def _in_words(said: Results) -> Iterator[str]:
    yield _line(said.survey)
    for number, one in enumerate(said.questions, 1):
        yield f"Q{number}\t{one.question.title}"
        yield from _counts(one)


def _counts(one: QuestionResult) -> Iterator[str]:
    for count in one.counts:
        yield f"\t{count.label}\t{count.people:,}\t{count.share:.0%}"
    if one.average is not None:
        yield "\t" + _("on average {number}").format(number=f"{one.average:.1f}")
    if not one.counts:
        yield "\t" + _n("{n} answer", "{n} answers", one.answered).format(n=f"{one.answered:,}")


COMMANDS = (surveys,)
