"""`sign-in …`: the shop's own sites, whose members sign in with LINE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, day_and_time, pass_face, plain
from shopdesk.cli.words import Command, Group, option
from shopdesk.i18n import N_, _
from shopdesk.member_sites import LANGUAGES, Wanted

if TYPE_CHECKING:
    from shopdesk.member_sites import Language, MemberSite


@click.group("sign-in", cls=Group, help=N_("The shop's own sites, whose members sign in with LINE."))
def sign_in() -> None:
    """Hold the commands about signing in."""


@sign_in.command("add", cls=Command, help=N_("Register a site and print its secret, which is shown only now."))
@click.argument("name")
@option("--cart", required=True, help=N_("The cart whose member numbers the site uses; `carts` lists them."))
@option("--return", "returns", multiple=True, required=True, help=N_("An address to which people come back."))
@option("--tell-user-id", is_flag=True, help=N_("The site is told LINE's own id of who is linked."))
@pass_face
def add(face: Face, name: str, cart: str, returns: tuple[str, ...], tell_user_id: bool) -> None:
    """Register one."""
    made, secret = face.shop.member_sites.add(Wanted(name, cart, returns, tell_user_id))
    face.show({"site": _shown(face, made), "secret": secret}, [secret])


@sign_in.command("change", cls=Command, help=N_("Change what is said of a site."))
@click.argument("name")
@option("--rename", help=N_("Its new name."))
@option("--cart", help=N_("The cart whose member numbers the site uses; `carts` lists them."))
@option(
    "--return", "returns", multiple=True, help=N_("An address to which people come back; these replace the old ones.")
)
@option(
    "--tell-user-id/--keep-user-id", default=None, help=N_("Whether the site is told LINE's own id of who is linked.")
)
@pass_face
def change(
    face: Face, name: str, rename: str | None, cart: str | None, returns: tuple[str, ...], tell_user_id: bool | None
) -> None:
    """Change one."""
    sites = face.shop.member_sites
    said = {"name": rename, "cart": cart, "returns": returns or None, "tells_user_id": tell_user_id}
    site = sites.find(name)
    changes: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    found = sites.change(site.id, replace(site.wanted, **changes))
    face.show({"site": _shown(face, found)}, [_line(found)])


@sign_in.command("renew", cls=Command, help=N_("Make another secret and print it; the old one holds for a day."))
@click.argument("name")
@option("--at-once", is_flag=True, help=N_("The old one ends at once: somebody may know it."))
@pass_face
def renew(face: Face, name: str, at_once: bool) -> None:
    """Renew one."""
    sites = face.shop.member_sites
    found, secret = sites.renew(sites.find(name).id, at_once=at_once)
    face.show({"site": _shown(face, found), "secret": secret}, [secret])


@sign_in.command("remove", cls=Command, help=N_("Take a site away. Who is linked with which customer stays."))
@click.argument("name")
@pass_face
def remove(face: Face, name: str) -> None:
    """Remove one."""
    sites = face.shop.member_sites
    found = sites.find(name)
    sites.remove(found.id)
    face.show({"removed": found.id}, [_("Nobody signs in on “{name}” any more.").format(name=name)])


@sign_in.command("sites", cls=Command, help=N_("All sites with how many members are linked."))
@pass_face
def sites(face: Face) -> None:
    """List."""
    found = face.shop.member_sites.list()
    face.show({"sites": [_shown(face, one) for one in found]}, lambda: (_line(one) for one in found))


@sign_in.command("snippet", cls=Command, help=N_("Print the program that a site builds in."))
@click.argument("name")
@option("--language", type=click.Choice(LANGUAGES), default="php", help=N_("In which language the site is written."))
@pass_face
def snippet(face: Face, name: str, language: Language) -> None:
    """Print it."""
    service = face.shop.member_sites
    written = service.snippet(service.find(name), language)
    face.show({"language": language, "snippet": written}, [written])


@sign_in.command("conflicts", cls=Command, help=N_("Sign-ins that contradict what is known: nothing was written."))
@click.argument("name")
@pass_face
def conflicts(face: Face, name: str) -> None:
    """List."""
    service = face.shop.member_sites
    found = service.conflicts(service.find(name).id)
    face.show({"conflicts": found}, [f"{day_and_time(one.at)}  {one.member}  {one.friend}" for one in found])


def _shown(face: Face, one: MemberSite) -> dict[str, Any]:
    shown = plain(one)
    address = face.shop.member_sites.address(one) if face.shop.settings.fixed_address() else None
    return {**shown.pop("wanted"), **shown, "url": address}


def _line(one: MemberSite) -> str:
    said = _("{name}: {n} members are linked, {conflicts} sign-ins contradict what is known.")
    return said.format(name=one.wanted.name, n=f"{one.members:,}", conflicts=f"{one.conflicts:,}")


COMMANDS = (sign_in,)
