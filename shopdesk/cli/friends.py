"""`friends …`: people on LINE."""

from __future__ import annotations

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import Group
from shopdesk.i18n import N_, _


@click.group(cls=Group, help=N_("The shop's friends on LINE."))
def friends() -> None:
    """Hold the commands about friends."""


@friends.command(help=N_("Ask LINE who the friends are, and for their profiles."))
@pass_face
def sync(face: Face) -> None:
    """Sync."""
    done = face.shop.friends.sync()
    said = _("{friends} friends, {new} of them new; {blocked} have blocked the account.")
    face.show(
        {"friends": done.friends, "new": done.new, "blocked": done.blocked},
        [said.format(friends=done.friends, new=done.new, blocked=done.blocked)],
    )


@friends.command("list", help=N_("All friends, with the customer each is linked to."))
@pass_face
def list_friends(face: Face) -> None:
    """List."""
    found = list(face.shop.friends.all())
    counts = face.shop.friends.counts()
    face.show(
        {"friends": found, "counts": counts},
        lambda: (f"{one.user_id}  {one.name}  {one.state}  {one.customer_id or ''}" for one in found),
    )


@friends.command(help=N_("Say by hand which customer a friend is."))
@click.argument("user_id")
@click.argument("customer", type=int)
@pass_face
def link(face: Face, user_id: str, customer: int) -> None:
    """Link."""
    face.shop.friends.link(user_id, customer)
    face.show({"user_id": user_id, "customer": customer}, [_("Linked.")])


@friends.command(help=N_("Undo a link."))
@click.argument("user_id")
@pass_face
def unlink(face: Face, user_id: str) -> None:
    """Unlink."""
    face.shop.friends.unlink(user_id)
    face.show({"user_id": user_id, "customer": None}, [_("Unlinked.")])


COMMANDS = (friends,)
