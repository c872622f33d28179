"""The mail beside a broadcast: `broadcasts mail …`, and its part in preview, sending and status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, pass_face, plain, read_text
from shopdesk.cli.words import NUMBER, Command, option
from shopdesk.i18n import N_, _
from shopdesk.messages import Letter, check_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopdesk.mailings import Mailing, MailPlan, MailSums


@click.command(
    cls=Command,
    help=N_(
        "Put a mail beside a broadcast, for those of its segment who are not on LINE and agreed to mail. "
        "The one that it had is replaced, and printed."
    ),
)
@click.argument("broadcast", type=NUMBER)
@option("--subject", help=N_("The subject, with {name} where the name is to stand."))
@option("--text", "file", type=click.Path(path_type=Path), help=N_("A text file with what the mail says."))
@option(
    "--count-links",
    "counts",
    is_flag=True,
    help=N_("Give each reader their own addresses, which tell who opened them."),
)
@option("--off", is_flag=True, help=N_("No mail any more."))
@pass_face
def mail(face: Face, broadcast: int, subject: str | None, file: Path | None, counts: bool, off: bool) -> None:
    """Write the mail."""
    if off == (subject is not None and file is not None):
        raise click.UsageError(_("Say --subject and --text, or --off."))
    letter = None if off or file is None else Letter(subject or "", read_text(file))
    if letter is not None:
        check_letter(letter)
    before = face.shop.mailings.get(broadcast)
    face.shop.mailings.write(broadcast, letter, counts=counts)
    gone = before if before is not None and before != face.shop.mailings.get(broadcast) else None
    said = _("Broadcast {id} has no mail now.") if off else _("Broadcast {id} has a mail now.")
    shown = gone and {**plain(gone.letter), "counts": gone.counts}
    face.show({"id": broadcast, "replaced": shown}, [said.format(id=broadcast), *_gone_lines(gone)])


def _gone_lines(gone: Mailing | None) -> Iterator[str]:
    """Say the mail that stood there before: nothing that somebody wrote is lost without a word."""
    if gone is not None:
        yield _("The mail that it had was this:")
        yield from (f"  {line}" for line in (gone.letter.subject, *gone.letter.text.splitlines()))


def plan_of(face: Face, broadcast: int) -> MailPlan | None:
    """Return the dry run of a broadcast's mail, None where it has none."""
    return face.shop.mailings.preview(broadcast) if face.shop.mailings.get(broadcast) else None


def plan_lines(plan: MailPlan | None, *, alone: bool) -> Iterator[str]:
    """Say the dry run; `alone`: nothing goes out on LINE."""
    if plan is None:
        return
    said = _("{n} people get a mail.") if alone else _("{n} people who are not on LINE get a mail.")
    yield said.format(n=f"{plan.planned:,}")
    yield from left_out_lines(plan.left_out)
    yield from (f"✕ {problem}" for problem in plan.problems)
    yield from (f"! {note}" for note in plan.notes)
    yield from plan.sample.splitlines()


def left_out_lines(left_out: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    """Say why people get no mail."""
    return (f"  – {said}: {number:,}" for _code, said, number in left_out)


def sums_of(face: Face, broadcast: int) -> MailSums | None:
    """Return how far a broadcast's mail is, None where it has none."""
    return face.shop.mailings.status(broadcast) if face.shop.mailings.get(broadcast) else None


def as_json(face: Face, broadcast: int) -> dict[str, Any]:
    """Return it, and what was opened of its links, for the status of its broadcast: nothing where there is no mail."""
    sums = sums_of(face, broadcast)
    return {} if sums is None else {"mail": {**plain(sums), "links": links_of(face, broadcast, mailed=True)}}


def links_of(face: Face, broadcast: int, *, mailed: bool) -> list[dict[str, Any]]:
    """Return the counted links of a broadcast or its mail: to how many people each went, how often and by how many it was opened."""
    _together, each = face.shop.links.of_broadcast(broadcast, mailed=mailed)
    return [
        {"id": one.link.id, "destination": one.link.destination, "sent": one.sent, **plain(one.clicked)} for one in each
    ]


def link_lines(links: list[dict[str, Any]]) -> Iterator[str]:
    """Say how often each was opened."""
    said = _("{destination}: {n} clicks by {people} people")
    for one in links:
        shown = {"destination": one["destination"], "n": f"{one['clicks']:,}", "people": f"{one['people']:,}"}
        yield "  " + said.format(**shown)


def lines(face: Face, broadcast: int) -> Iterator[str]:
    """Say how far a broadcast's mail is, and what was opened of it."""
    sums = sums_of(face, broadcast)
    if sums is None:
        return
    counts = (
        (sums.accepted, _("{n} taken by the mail server")),
        (sums.remaining, _("{n} to go")),
        (sums.failed, _("{n} refused by the mail server")),
        (sums.unknown, _("{n} unclear")),
        (sums.cancelled, _("{n} cancelled")),
        (sums.excluded, _("{n} left out")),
    )
    parts = [said.format(n=f"{number:,}") for number, said in counts if number]
    yield _("Mail") + ": " + (", ".join(parts) or _("nobody chosen yet"))
    yield from left_out_lines(sums.left_out)
    yield from link_lines(links_of(face, broadcast, mailed=True))
    if sums.sentence:
        yield sums.sentence
