"""`qr …`: codes that add the shop on LINE, each for the place where it stands; who came by which; codes read from pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk import pictures, qr as codes
from shopdesk.cli.face import Face, pass_face, plain, read_bytes, write_bytes
from shopdesk.cli.words import COUNT, Command, Group, option
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import N_, _
from shopdesk.links import COLOURS, WAYS, Wanted
from shopdesk.qr import files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.links import Source, Way
    from shopdesk.qr import Code

_FILE = click.Path(path_type=Path)
_PIXELS = 8
_FORMS = ("a4", "a6", "stickers", "cards", "insert")
_KINDS = (".png", ".svg", ".pdf")


@click.group(cls=Group, help=N_("QR codes that add the shop on LINE, and by which of them friends came."))
def qr() -> None:
    """Hold the commands about QR codes."""


@qr.command(
    "friend-add",
    cls=Command,
    help=N_("Draw the code that adds the shop on LINE; with --source the one of a place, so that it can be counted."),
)
@option("--source", help=N_("The place where it stands; a new one is made."))
@option("--mm", "size", type=click.IntRange(10, 500), default=40, help=N_("Millimetres of a side, of a PDF."))
@click.argument("file", type=_FILE)
@pass_face
def friend_add(face: Face, source: str | None, size: int, file: Path) -> None:
    """Draw one."""
    if file.suffix.lower() not in _KINDS:
        raise InvalidInputError(_("Name a file that ends with {kinds}.").format(kinds=", ".join(_KINDS)))
    shop = face.shop
    if source is None:
        code = files.styled(shop.links.sources.plain_address())
        face.note(_("Nobody can tell who came by this code. With --source it can be counted."))
    else:
        code = shop.friend_code(_place(face, source))
    write_bytes(file, _drawn(code, file.suffix.lower(), size))
    face.show({"file": file, "url": code.text}, [str(file), code.text])


def _place(face: Face, name: str) -> Source:
    """Return the place of that name; a new one opens our page where the shop has an address that stays, else the talk."""
    sources = face.shop.links.sources
    way: Way = "page" if face.shop.settings.fixed_address() else "talk"
    return sources.find(name) or sources.add(Wanted(name, way))


def _drawn(code: Code, kind: str, size: int) -> bytes:
    if kind == ".png":
        return files.png(code, _PIXELS)
    return files.svg(code).encode() if kind == ".svg" else files.pdf(code, size)


@qr.command("place", cls=Command, help=N_("Make a place for a code, or change what is said of it."))
@click.argument("name")
@option("--rename", help=N_("Its new name."))
@option(
    "--way", type=click.Choice(WAYS), help=N_("What the code opens: the talk, our page first, or LINE's plain page.")
)
@option("--note", help=N_("A note to yourself."))
@option("--headline", help=N_("What is printed large."))
@option("--offer", help=N_("What people get for it."))
@option("--colour", type=click.Choice(COLOURS), help=N_("The colour of the code and of what is printed."))
@option("--picture", type=_FILE, help=N_("A picture to print."))
@option("--logo", type=_FILE, help=N_("A picture for the middle of the code."))
@option("--end/--take-out", default=None, help=N_("Put it away, or take it out again."))
@pass_face
def place(face: Face, /, name: str, rename: str | None, end: bool | None, **said: Any) -> None:
    """Make or change one."""
    shop, sources = face.shop, face.shop.links.sources
    kept = {
        what: shop.messages.pictures.add(read_bytes(file), file.stem, (1, 1) if what == "logo" else None).id
        for what in ("picture", "logo")
        if (file := said.pop(what)) is not None
    }
    changes = {key: value for key, value in said.items() if value is not None} | kept
    found = _place(face, name)
    if changes or rename:
        found = sources.change(found.id, replace(found.wanted, **changes, name=rename or found.wanted.name))
    if end is not None:
        found = sources.end(found.id) if end else sources.take_out(found.id)
    face.show({"source": _shown(found)}, [_line(found)])


@qr.command("sources", cls=Command, help=N_("All places with what each brought."))
@pass_face
def sources(face: Face) -> None:
    """List."""
    found = face.shop.links.sources.list()
    face.show({"sources": [_shown(one) for one in found]}, [_line(one) for one in found])


@qr.command("friends", cls=Command, help=N_("Who came by a place, and how many on each day."))
@click.argument("source")
@option("--days", type=click.IntRange(1, 3660), default=30, help=N_("So many days back."))
@option("--limit", type=COUNT, default=200, help=N_("At most so many people."))
@pass_face
def friends(face: Face, source: str, days: int, limit: int) -> None:
    """List."""
    sources = face.shop.links.sources
    found = sources.find(source)
    if found is None:
        raise NotFoundError(_("There is no place “{name}”. `qr sources` shows all.").format(name=source))
    came, by_day = sources.arrivals(found.id, limit), sources.days(found.id, days)

    def lines() -> Iterator[str]:
        yield _line(found)
        yield from (f"{one.day}  {one.friends}" for one in by_day if one.friends)
        yield from (f"{one.at:%Y-%m-%d}  {one.customer or one.name}" for one in came)

    face.show({"source": _shown(found), "days": by_day, "friends": came}, lines)


@qr.command("poster", cls=Command, help=N_("Write what is printed with the code of a place, as PDF."))
@option("--source", required=True, help=N_("The place where it stands; a new one is made."))
@option(
    "--form",
    type=click.Choice(_FORMS),
    default="a4",
    help=N_("A poster, a table stand, stickers, shop cards, or cards for parcels."),
)
@click.argument("file", type=_FILE)
@pass_face
def poster(face: Face, source: str, form: str, file: Path) -> None:
    """Write one."""
    from shopdesk import app  # noqa: PLC0415 - Qt: every other command starts where there is none

    if file.suffix.lower() != ".pdf":
        raise InvalidInputError(_("Name a file that ends with {kinds}.").format(kinds=".pdf"))
    url = app.write_poster(face.shop, _place(face, source), form, file)
    face.show({"file": file, "url": url}, [str(file), url])


@qr.command("read", cls=Command, help=N_("Read the code in a picture."))
@click.argument("image", type=_FILE)
@pass_face
def read(face: Face, image: Path) -> None:
    """Read one."""
    grey, width, height = pictures.grey(read_bytes(image))
    text = codes.read(grey, width, height, width)
    if text is None:
        raise NotFoundError(_("No QR code can be read in this picture. Take it nearer, and straight from above."))
    face.show({"file": image, "url": text}, [text])


def _shown(one: Source) -> dict[str, Any]:
    shown = plain(one)
    return {**shown.pop("wanted"), **shown}


def _line(one: Source) -> str:
    said = _("{name}: {n} friends, {new} of them new; its page was seen {visits} times.")
    return said.format(name=one.wanted.name, n=f"{one.friends:,}", new=f"{one.new:,}", visits=f"{one.visits:,}")


COMMANDS = (qr,)
