"""`menus …`: rich menus, written as JSON, published, put in order, and brought to LINE."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, as_file, day_and_time, pass_face, read_json
from shopdesk.cli.named import MENUS, named
from shopdesk.cli.words import NUMBER, Command, Group, option
from shopdesk.errors import NotFoundError, no_such_file
from shopdesk.i18n import N_, _
from shopdesk.line import RefusedByLineError, limits
from shopdesk.menus import dump, parse

if TYPE_CHECKING:
    from shopdesk.menus import Menu

_FILE = click.Path(path_type=Path)
_EXAMPLE = """
{"name": "ふだん", "segment_id": null, "starts": null, "ends": "2999-12-31T23:59+09:00", "design": {
  "width": 800, "height": 270, "bar": "メニュー", "opened": true, "colour": "red", "tabs": [
  {"key": "a", "title": "お店", "picture": "", "areas": [
    {"x": 0, "y": 0, "width": 400, "height": 270, "icon": "stamp", "word": "カード", "action": {"does": "card"}},
    {"x": 400, "y": 0, "width": 400, "height": 270, "icon": "calendar", "word": "予約",
      "action": {"does": "say", "value": "予約したいです"}}]}]}}
"""


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=N_("Rich menus below the talk: for everybody, for a segment, for a time."),
)
@click.pass_context
def menus(ctx: click.Context) -> None:
    """List the menus, the one that goes before the others first."""
    if ctx.invoked_subcommand is not None:
        return
    face = ctx.ensure_object(Face)
    found = face.shop.menus.list()
    face.show({"menus": [_told(one) for one in found]}, lambda: map(_line, found))


@menus.command("show", cls=Command, help=N_("A menu as `menus save` takes it, and how it stands."))
@click.argument("menu", type=NUMBER)
@pass_face
def show(face: Face, menu: int) -> None:
    """Show one."""
    found = face.shop.menus.get(menu)
    face.show(_written(found), [as_file(dump(found.plan))])
    face.note(_line(found))  # beside it, so that the output is what `menus save` takes


@menus.command("save", cls=Command, help=N_("Keep a menu from a JSON file as a draft."), example=_EXAMPLE)
@click.argument("file", type=_FILE)
@option("--menu", type=NUMBER, help=N_("Write this one anew."))
@pass_face
def save(face: Face, file: Path, menu: int | None) -> None:
    """Keep one."""
    service = face.shop.menus  # an opened shop speaks its own language, also of a file that is no menu
    plan = parse(read_json(file))
    _show(face, service.create(plan) if menu is None else service.change(menu, plan))


@menus.command("picture", cls=Command, help=N_("Let a tab show a picture of the shop's own, cut to the menu's size."))
@click.argument("menu", type=NUMBER)
@click.argument("tab")
@click.argument("file", type=_FILE)
@pass_face
def picture(face: Face, menu: int, tab: str, file: Path) -> None:
    """Take a picture."""
    service = face.shop.menus
    plan = service.get(menu).plan
    if tab not in {one.key for one in plan.design.tabs}:
        raise NotFoundError(_("This menu has no tab “{tab}”. `menus show` gives their keys.").format(tab=tab))
    if not file.is_file():
        raise no_such_file(file)
    name = service.keep_picture(file.read_bytes(), plan.design)
    tabs = tuple(replace(one, picture=name) if one.key == tab else one for one in plan.design.tabs)
    _show(face, service.change(menu, replace(plan, design=replace(plan.design, tabs=tabs))))


@menus.command("publish", cls=Command, help=N_("Let a menu be shown as it is written, and bring it to LINE."))
@click.argument("menu", type=NUMBER)
@pass_face
def publish(face: Face, menu: int) -> None:
    """Publish one."""
    face.shop.menus.publish(menu)
    _settle(face)
    _show(face, face.shop.menus.get(menu))


@menus.command("withdraw", cls=Command, help=N_("Take a menu off LINE; it stays here as a draft."))
@click.argument("menu", type=NUMBER)
@pass_face
def withdraw(face: Face, menu: int) -> None:
    """Withdraw one."""
    face.shop.menus.withdraw(menu)
    _settle(face)
    _show(face, face.shop.menus.get(menu))


@menus.command("delete", cls=Command, help=N_("Delete a menu, here and on LINE."))
@click.argument("menu", type=NUMBER)
@pass_face
def delete(face: Face, menu: int) -> None:
    """Delete one."""
    face.shop.menus.delete(menu)
    _settle(face)
    face.show({"deleted": menu}, [_("Deleted.")])


@menus.command(
    "order", cls=Command, help=N_("Put these menus first, in this order: the first that takes a person is theirs.")
)
@click.argument("menu", type=NUMBER, nargs=-1, required=True)
@pass_face
def order(face: Face, menu: tuple[int, ...]) -> None:
    """Put them in order."""
    face.shop.menus.order(menu)
    _settle(face)
    found = face.shop.menus.list()
    face.show({"menus": [_told(one) for one in found]}, lambda: map(_line, found))


@menus.command("settle", cls=Command, help=N_("Bring LINE to what is published; what was cut off is gone on with."))
@option("--look", is_flag=True, help=N_("Ask LINE first what it has."))
@pass_face
def settle(face: Face, look: bool) -> None:
    """Settle."""
    done = _settle(face, look=look)
    said = _("{up} put up, {away} taken away, {people} people given another one.")
    face.show(done, [said.format(**done)])


@menus.command("clicks", cls=Command, help=N_("How often its places were tapped, as far as LINE tells."))
@click.argument("menu", type=NUMBER)
@option(
    "--days", type=click.IntRange(1, limits.MENU_CLICK_DAYS), default=7, help=N_("Of so many days, up to yesterday.")
)
@pass_face
def clicks(face: Face, menu: int, days: int) -> None:
    """Tell."""
    found = face.shop.menus.clicks(menu, days)
    tabs = [
        {
            "tab": one.tab,
            "seen": one.clicks.seen if one.clicks else None,
            "areas": [count for count, _who in one.clicks.areas] if one.clicks else None,
        }
        for one in found
    ]
    untold = _("fewer than 20 people tapped it")
    face.show({"tabs": tabs}, [f"{one['tab']}  {one['areas'] or untold}" for one in tabs])


def _settle(face: Face, *, look: bool = False) -> dict[str, Any]:
    """Bring LINE to it. Raises RefusedByLineError where LINE did not take a menu."""
    done = face.shop.menus.settle(again=True, look=look)
    if done.refused:
        trouble = next(one.trouble for one in face.shop.menus.list() if one.trouble)
        raise RefusedByLineError(trouble)
    return {"up": done.up, "away": done.away, "people": done.people}


def _told(menu: Menu) -> dict[str, Any]:
    return {
        "menu": menu.id,
        "name": menu.plan.name,
        "standing": menu.standing,
        "differs": menu.differs,
        "segment": menu.plan.segment_id,
        "starts": menu.plan.starts,
        "ends": menu.plan.ends,
        "trouble": menu.trouble,
    }


def _line(menu: Menu) -> str:
    times = " 〜 ".join(day_and_time(at) if at else "" for at in (menu.plan.starts, menu.plan.ends)).strip(" 〜")
    changed = _("changed since it was published") if menu.differs else ""
    standing = named(MENUS, menu.standing)
    return "  ".join(filter(None, (str(menu.id), menu.plan.name, standing, changed, times, menu.trouble)))


def _written(menu: Menu) -> dict[str, Any]:
    return {**_told(menu), "plan": dump(menu.plan)}


def _show(face: Face, menu: Menu) -> None:
    face.show(_written(menu), [_line(menu)])


COMMANDS = (menus,)
