"""`links …`: addresses of ours that lead on, and tell how often they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, day_and_time, pass_face, plain
from shopdesk.cli.words import NUMBER, Command, Group, option
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.links import Report


@click.group(cls=Group, help=N_("Links that tell how often they are opened."))
def links() -> None:
    """Hold the commands about links."""


@links.command("add", cls=Command, help=N_("Make a link that leads to a page and is counted."))
@click.argument("destination")
@option("--name", required=True, help=N_("Where it stands."))
@pass_face
def add(face: Face, destination: str, name: str) -> None:
    """Make one."""
    shop = face.shop
    shop.links.address("")  # before one is made that could not be given out
    made = shop.links.report(shop.links.add(destination, name).id)
    face.show({"link": _shown(face, made)}, [shop.links.address(made.link.key)])


@links.command("list", cls=Command, help=N_("All links with their clicks."))
@pass_face
def list_links(face: Face) -> None:
    """List."""
    found = face.shop.links.list()
    face.show({"links": [_shown(face, one) for one in found]}, lambda: (_line(one) for one in found))


@links.command("show", cls=Command, help=N_("A link: its clicks by the hour, and who opened what was sent to them."))
@click.argument("link", type=NUMBER)
@pass_face
def show(face: Face, link: int) -> None:
    """Show one."""
    service = face.shop.links
    found, hours, people = service.report(link), service.hours(link), service.clickers(link)

    def lines() -> Iterator[str]:
        yield _line(found)
        yield from (f"{day_and_time(one.at)}  {one.clicks}" for one in hours)
        yield from (f"{one.name}  {one.clicks}" for one in people)

    face.show({"link": _shown(face, found), "hours": hours, "people": people}, lines)


def _shown(face: Face, one: Report) -> dict[str, Any]:
    base = face.shop.settings.fixed_address()
    url = face.shop.links.address(one.link.key) if base else None
    return {**plain(one.link), "url": url, "sent": one.sent, **plain(one.clicked)}


def _line(one: Report) -> str:
    said = _("{id}  {name}: {n} clicks → {destination}")
    link = one.link
    return said.format(id=link.id, name=link.name, n=f"{one.clicked.clicks:,}", destination=link.destination)


COMMANDS = (links,)
