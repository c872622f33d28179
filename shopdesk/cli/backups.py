"""`backup`, `restore`, `verify`, `quarantine`: keeping the data, and trusting it."""

from __future__ import annotations

from pathlib import Path

import click

from shopdesk.at_rest import restore_shop
from shopdesk.cli.face import Face, day_and_time, pass_face
from shopdesk.cli.words import Command, option
from shopdesk.i18n import N_, _
from shopdesk.verify import verify as verify_shop


@click.command(cls=Command, help=N_("Write a checked backup: into FILE, or into the home's own folder."))
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@pass_face
def backup(face: Face, file: Path | None) -> None:
    """Back up."""
    made, rows = face.shop.back_up(file)
    face.show(
        {"file": made, "rows": rows},
        [_("Backed up and checked: {file}, {rows} rows.").format(file=made, rows=f"{rows:,}")],
    )


@click.command(cls=Command, help=N_("Put a backup in the place of the shop's data; what was there is kept aside."))
@click.argument("file", type=click.Path(path_type=Path))
@pass_face
def restore(face: Face, file: Path) -> None:
    """Restore."""
    rows = restore_shop(file, face.home)
    face.show(
        {"file": file, "rows": rows},
        [
            _("Restored: {rows} rows.").format(rows=f"{rows:,}"),
            _("Nothing is sent before you look at what would go out and say “quarantine --lift”."),
        ],
    )


@click.command(cls=Command, help=N_("Check everything that must be true of the shop's data."))
@pass_face
def verify(face: Face) -> None:
    """Verify."""
    found = verify_shop(face.shop)
    broken = ", ".join(one.name for one in found if not one.ok)
    if not broken or not face.as_json:
        face.show(
            {"invariants": found}, lambda: (f"{'✓' if one.ok else '✗'} {one.name}  {one.detail}" for one in found)
        )
    if broken:
        sentence = _("Not as it should be: {names}. Restore the latest backup, and keep this data to look into.")
        face.refuse("broken", sentence.format(names=broken), invariants=found)
        raise click.exceptions.Exit(1)


@click.command(
    cls=Command, help=N_("Whether this is a copied or restored home, which sends nothing until you lift it.")
)
@option("--lift", is_flag=True, help=N_("Let it send again."))
@pass_face
def quarantine(face: Face, lift: bool) -> None:
    """Show or lift the quarantine."""
    if lift:
        face.shop.lift_quarantine()
        face.note(
            _(
                "This shop sends again. If the home it was copied from is still in use, it sends as well: "
                "look there, and keep only one of the two, or people get messages twice."
            )
        )
    held = face.shop.installation.quarantine()
    said = _("Not in quarantine.")
    if held.quarantined:
        said = _("In quarantine since {time}: {reason}").format(time=day_and_time(held.since), reason=held.reason)
    face.show({"quarantined": held.quarantined, "since": held.since, "reason": held.reason}, [said])


COMMANDS = (backup, restore, verify, quarantine)
