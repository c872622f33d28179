"""`friends …`: people on LINE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, pass_face, plain
from shopdesk.cli.words import NUMBER, Group
from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from shopdesk.friends import Friend, Turn


@click.group(cls=Group, help=N_("The shop's friends on LINE."))
def friends() -> None:
    """Hold the commands about friends."""


@friends.command(help=N_("Ask LINE who the friends are, and for their profiles."))
@pass_face
def sync(face: Face) -> None:
    """Sync."""
    done = face.shop.friends.sync(
        lambda done, of: face.note(_("{done} of {of} profiles read").format(done=f"{done:,}", of=f"{of:,}"))
    )
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
    shown = [plain(one) | {"turns": [_turn(face, one, turn) for turn in one.turns]} for one in found]
    face.show({"friends": shown, "counts": face.shop.friends.counts()}, lambda: (_line(one) for one in found))


def _turn(face: Face, one: Friend, turn: Turn) -> dict[str, Any]:
    """Return what a friend did; of a block with the last broadcast they got before it, None for none."""
    shown: dict[str, Any] = {"kind": turn.kind, "at": in_japan(turn.at)}
    if turn.kind == "blocked":
        found = face.shop.broadcasts.last_before(one.user_id, turn.at)
        before = found and {"broadcast": found.broadcast_id, "name": found.name, "at": in_japan(found.at)}
        shown["after"] = before
    return shown


def _line(one: Friend) -> str:
    linked = f"→ {one.customer_id} {one.customer_name}" if one.customer_id else ""
    blocked = _("(blocked)") if one.state == "blocked" else ""
    return "  ".join(filter(None, (one.user_id, one.name, blocked, linked)))


@friends.command(help=N_("Say by hand which customer a friend is."))
@click.argument("user_id")
@click.argument("customer", type=NUMBER)
@pass_face
def link(face: Face, user_id: str, customer: int) -> None:
    """Link."""
    linked = face.shop.friends.link(user_id, customer)
    face.show({"friend": linked}, [_line(linked)])


@friends.command(
    help=N_("Make a link for a customer's card or parcel, good once within 30 days; it is shown only now.")
)
@click.argument("customer", type=NUMBER)
@pass_face
def card(face: Face, customer: int) -> None:
    """Make a card."""
    made = face.shop.friends.proofs.make_card(customer)
    face.show({"card": made}, [made.url, made.code])


@friends.command(help=N_("Make a link, good for 10 minutes, with which a friend proves who they are by mail."))
@click.argument("user_id")
@pass_face
def invite(face: Face, user_id: str) -> None:
    """Invite."""
    url = face.shop.friends.proofs.invite(user_id)
    face.show({"url": url}, [url])


@friends.command(help=N_("Undo a link."))
@click.argument("user_id")
@pass_face
def unlink(face: Face, user_id: str) -> None:
    """Unlink."""
    free = face.shop.friends.unlink(user_id)
    face.show({"friend": free}, [_line(free)])


COMMANDS = (friends,)
