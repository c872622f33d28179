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
    from collections.abc import Iterator

    from shopdesk.mailings import MailPlan, MailSums


@click.command(
    cls=Command,
    help=N_("Put a mail beside a broadcast, for those of its segment who are not on LINE and agreed to mail."),
)
@click.argument("broadcast", type=NUMBER)
@option("--subject", help=N_("The subject, with {name} where the name is to stand."))
@option("--text", "file", type=click.Path(path_type=Path), help=N_("A text file with what the mail says."))
@option("--off", is_flag=True, help=N_("No mail any more."))
@pass_face
def mail(face: Face, broadcast: int, subject: str | None, file: Path | None, off: bool) -> None:
    """Write the mail."""
    if off == (subject is not None and file is not None):
        raise click.UsageError(_("Say --subject and --text, or --off."))
    letter = None if off or file is None else Letter(subject or "", read_text(file))
    if letter is not None:
        check_letter(letter)
    face.shop.mailings.write(broadcast, letter)
    said = _("Broadcast {id} has no mail now.") if off else _("Broadcast {id} has a mail now.")
    face.show({"id": broadcast}, [said.format(id=broadcast)])


def plan_of(face: Face, broadcast: int) -> MailPlan | None:
    """Return the dry run of a broadcast's mail, None where it has none."""
    return face.shop.mailings.preview(broadcast) if face.shop.mailings.get(broadcast) else None


def plan_lines(plan: MailPlan | None) -> Iterator[str]:
    """Say the dry run."""
    if plan is None:
        return
    yield _("{n} people who are not on LINE get a mail.").format(n=f"{plan.planned:,}")
    yield from (f"  – {said}: {number:,}" for _code, said, number in plan.left_out)
    yield from (f"✕ {problem}" for problem in plan.problems)
    yield from (f"! {note}" for note in plan.notes)
    yield from plan.sample.splitlines()


def sums_of(face: Face, broadcast: int) -> MailSums | None:
    """Return how far a broadcast's mail is, None where it has none."""
    return face.shop.mailings.status(broadcast) if face.shop.mailings.get(broadcast) else None


def as_json(sums: MailSums | None) -> dict[str, Any]:
    """Return it for the status of its broadcast: nothing where there is no mail."""
    return {} if sums is None else {"mail": plain(sums)}


def sums_lines(sums: MailSums | None) -> Iterator[str]:
    """Say how far it is."""
    if sums is None:
        return
    counts = (
        (sums.accepted, _("{n} taken by the mail server")),
        (sums.remaining, _("{n} to go")),
        (sums.failed, _("{n} refused by the mail server")),
        (sums.unknown, _("{n} unclear")),
        (sums.cancelled, _("{n} cancelled")),
    )
    parts = [said.format(n=f"{number:,}") for number, said in counts if number]
    yield _("Mail") + ": " + (", ".join(parts) or _("nobody chosen yet"))
    if sums.sentence:
        yield sums.sentence
