"""`pages …`: the shop's own pages, comments on them, and requests for reservations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, as_file, day_and_time, pass_face, plain, read_json
from shopdesk.cli.named import COMMENTS, PAGE_KINDS, PAGE_STATES, RESERVATIONS, named
from shopdesk.cli.pictured import keep_of_page
from shopdesk.cli.words import NUMBER, Command, Group, option
from shopdesk.clock import JAPAN
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import N_, _
from shopdesk.japanese import phone_local
from shopdesk.site import KINDS, read_content, said_at

if TYPE_CHECKING:
    from shopdesk.site import Comment, Content, Kind, Page, Reservation

_FILE = click.Path(path_type=Path)
_EXAMPLE = """
{"title": "秋のお知らせ", "menu": "https://example.jp/menu", "reserves": true, "answers": true, "parts": [
  {"kind": "heading", "text": "栗が入りました"},
  {"kind": "picture", "text": "かごに盛った栗", "target": "写真/栗.jpg"},
  {"kind": "text", "text": "11月末までです。"},
  {"kind": "link", "text": "くわしく見る", "target": "https://example.jp/"}]}
"""


@click.group(cls=Group, help=N_("The shop's own pages: written, published, with comments and reservations."))
def pages() -> None:
    """Hold the commands about pages."""


@pages.command("list", cls=Command, help=N_("All pages with their address."))
@pass_face
def list_pages(face: Face) -> None:
    """List them."""
    found = [_as_json(face, one) for one in face.shop.site.list()]
    face.show({"pages": found}, lambda: map(_line, found))


@pages.command("show", cls=Command, help=N_("What a page says, as `pages create` and `pages change` take it."))
@click.argument("page", type=NUMBER)
@pass_face
def show(face: Face, page: int) -> None:
    """Show one."""
    found = face.shop.site.get(page)
    shown = _as_json(face, found)
    face.show({**shown, "content": found.content}, [as_file(found.content)])
    face.note(_line(shown))  # beside it, so that the output is a file


@pages.command(
    "create",
    cls=Command,
    help=N_(
        "Make a page from a JSON file with title and parts, and publish it. Menu (its address) and reserves (requests for "
        "reservations) are the shop page's, answers (likes and comments) those of news."
    ),
    example=_EXAMPLE,
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=_FILE)
@option("--draft", is_flag=True, help=N_("Do not publish it."))
@pass_face
def create(face: Face, kind: Kind, file: Path, draft: bool) -> None:
    """Make one; of the shop and the privacy page there is one, which is written anew."""
    site = face.shop.site
    made = site.write(kind, _content(face, file))
    _show(face, made if draft else site.publish(made.id))


@pages.command("change", cls=Command, help=N_("Write a page anew."))
@click.argument("page", type=NUMBER)
@click.argument("file", type=_FILE)
@pass_face
def change(face: Face, page: int, file: Path) -> None:
    """Change one."""
    site = face.shop.site
    _show(face, site.write(site.get(page).kind, _content(face, file), page))


@pages.command("publish", cls=Command, help=N_("Let everybody see a page."))
@click.argument("page", type=NUMBER)
@pass_face
def publish(face: Face, page: int) -> None:
    """Publish one."""
    _show(face, face.shop.site.publish(page))


@pages.command("hide", cls=Command, help=N_("Let nobody see a page."))
@click.argument("page", type=NUMBER)
@pass_face
def hide(face: Face, page: int) -> None:
    """Hide one."""
    _show(face, face.shop.site.hide(page))


@pages.command("follow", cls=Command, help=N_("Let what a broadcast says be news once it begins."))
@click.argument("broadcast", type=NUMBER)
@option("--off", is_flag=True, help=N_("Do not post it."))
@pass_face
def follow(face: Face, broadcast: int, off: bool) -> None:
    """Post one, or not."""
    site = face.shop.site
    site.follow(broadcast, on=not off)
    posted = site.follows(broadcast)
    said = _("It is news once the broadcast begins.") if posted else _("It is not posted.")
    face.show({"broadcast": broadcast, "news": posted}, lambda: [said])


@pages.command("comments", cls=Command, help=N_("Comments that wait; show or hide one by its number."))
@option("--show", "shown", type=NUMBER, help=N_("Show this comment."))
@option("--hide", "hidden", type=NUMBER, help=N_("Hide this comment."))
@option("--all", "every", is_flag=True, help=N_("All of them, not only those that wait."))
@pass_face
def comments(face: Face, shown: int | None, hidden: int | None, every: bool) -> None:
    """Decide about one, then list them."""
    feedback = face.shop.site.feedback
    if shown is not None and hidden is not None:
        raise click.UsageError(_("Say only one of --show and --hide."))
    if shown is not None or hidden is not None:
        feedback.decide(shown if shown is not None else hidden or 0, show=shown is not None)
    found = feedback.comments(None if every else "waiting")
    face.show({"comments": [plain(one) for one in found]}, lambda: map(_said, found))


@pages.command("reservations", cls=Command, help=N_("Requests for reservations; answer one by its number."))
@option("--accept", type=NUMBER, help=N_("Accept this one."))
@option("--offer", type=NUMBER, help=N_("Offer another time for this one."))
@option("--decline", type=NUMBER, help=N_("Decline this one."))
@option("--call-off", type=NUMBER, help=N_("Note that this one is called off."))
@option("--at", default="", help=N_("The other time, like 2026-12-24T18:00."))
@option("--say", default="", help=N_("What is said besides."))
@pass_face
def reservations(face: Face, /, at: str, say: str, **asked: int | None) -> None:
    """Answer one, then list all, those that wait first."""
    chosen = [(verb, number) for verb, number in asked.items() if number is not None]
    if len(chosen) > 1:
        raise click.UsageError(_("Say only one of --accept, --offer, --decline and --call-off."))
    for verb, number in chosen:
        _answer(face, verb, number, at, say)
    found = face.shop.site.reservations.list()
    face.show({"reservations": [plain(one) for one in found]}, lambda: map(_request, found))


def _answer(face: Face, verb: str, number: int, at: str, say: str) -> None:
    service = face.shop.site.reservations
    if verb == "offer":
        service.offer(number, _moment(at), say)
    elif verb == "call_off":
        service.call_off(number)
    else:
        {"accept": service.accept, "decline": service.decline}[verb](number, say)


def _moment(at: str) -> datetime:
    try:
        found = datetime.fromisoformat(at)
    except ValueError as error:
        raise click.UsageError(_("Say --at, like 2026-12-24T18:00.")) from error
    return found if found.tzinfo else found.replace(tzinfo=JAPAN)


def _content(face: Face, file: Path) -> Content:
    return keep_of_page(face.shop, read_content(read_json(file)), file)


def _as_json(face: Face, page: Page) -> dict[str, Any]:
    try:
        address = face.shop.site.address(page)
    except NoFixedAddressError:
        address = ""
    sums = {name: getattr(page, name) for name in ("seen", "likes", "comments", "waiting")}
    title = page.content.title
    return {"page": page.id, "kind": page.kind, "title": title, "state": page.state, "address": address, **sums}


def _show(face: Face, page: Page) -> None:
    found = _as_json(face, page)
    face.show(found, lambda: [_line(found)])


def _line(one: dict[str, Any]) -> str:
    kind, state = named(PAGE_KINDS, one["kind"]), named(PAGE_STATES, one["state"])
    return f"{one['page']}\t{kind}\t{state}\t{one['title']}\t{one['address']}"


def _said(one: Comment) -> str:
    state = named(COMMENTS, one.state)
    return f"{one.id}\t{state}\t{day_and_time(one.at)}\t{one.page}\t{one.name}\t{' '.join(one.text.split())}"


def _request(one: Reservation) -> str:
    wanted = one.wanted
    answer_to = phone_local(wanted.phone) if wanted.phone else wanted.mail
    note = " ".join(wanted.note.split())
    return f"{one.id}\t{named(RESERVATIONS, one.state)}\t{said_at(wanted.at)}\t{wanted.people}\t{wanted.name}\t{answer_to}\t{note}"


COMMANDS = (pages,)
