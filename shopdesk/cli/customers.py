"""`customers …`: people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk import japanese
from shopdesk.cli.face import Face, day_and_time, pass_face, plain, yen
from shopdesk.cli.words import NUMBER, Group, option
from shopdesk.customers import written
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.customers import Channel, Customer


@click.group(cls=Group, help=N_("The people the shop knows."))
def customers() -> None:
    """Hold the commands about people."""


def _as_json(one: Customer) -> dict[str, Any]:
    """The record as it is, but the phone as it is dialled inside Japan, digits only: `09000000001`."""
    return {**plain(one), "phone": japanese.phone_digits(one.phone) if one.phone else ""}


def _line(one: Customer) -> str:
    phone = japanese.phone_local(one.phone) if one.phone else ""
    return f"{one.id}  {one.name}  {one.kana}  {phone}  {one.email}  {one.orders} / {yen(one.spent_yen)}"


def _card(one: Customer) -> Iterator[str]:
    """Everything about one person, a line for each thing that is known."""
    known = (
        (_("Name"), " ".join(filter(None, (one.name, one.kana)))),
        (_("Phone"), japanese.phone_local(one.phone) if one.phone else ""),
        (_("Mail"), one.email),
        (
            _("Address"),
            f"{japanese.postal_local(one.postal) if one.postal else ''} {one.prefecture}{one.address.removeprefix(one.prefecture)}".strip(),
        ),
        (_("Orders"), _("{orders} orders, {yen}").format(orders=one.orders, yen=yen(one.spent_yen))),
        (_("Last order"), day_and_time(one.last_order_at)),
        ("LINE", {"friend": _("friend"), "blocked": _("blocked"), "none": _("not linked")}[one.line]),
        (_("Messages on LINE"), _("wanted") if one.consent_line else _("not wanted")),
        (_("Messages by mail"), _("wanted") if one.consent_mail else _("not wanted")),
        (_("Tags"), ", ".join(one.tags)),
        *((own.field, own.value) for own in one.own),
        (_("Use of the data stopped"), day_and_time(one.stopped_at) if one.stopped_at else ""),
    )
    yield f"{one.id}"
    for title, value in known:
        if value:
            yield f"  {title}: {value}"


def _show_changed(face: Face, one: Customer) -> None:
    face.show({"customers": [_as_json(one)], "customer": _as_json(one)}, [_line(one)])


@customers.command(help=N_("Find people by a part of name, kana, phone, mail or member number."))
@click.argument("text")
@pass_face
def search(face: Face, text: str) -> None:
    """Search."""
    found = face.shop.customers.search(text)
    lines = [_line(one) for one in found] or [_("Nobody matches “{text}”.").format(text=text)]
    face.show({"customers": [_as_json(one) for one in found]}, lines)


@customers.command(help=N_("One person with all sums."))
@click.argument("customer", type=NUMBER)
@pass_face
def show(face: Face, customer: int) -> None:
    """Show."""
    one = face.shop.customers.get(customer)
    face.show({"customer": _as_json(one)}, _card(one))


@customers.command(help=N_("Make two entries of one person into one; KEEP stays."))
@click.argument("keep", type=NUMBER)
@click.argument("other", type=NUMBER)
@pass_face
def merge(face: Face, keep: int, other: int) -> None:
    """Merge."""
    made = face.shop.customers.merges.make(keep, other)
    one = face.shop.customers.get(keep)
    said = _("Put together as merge {id}; “customers unmerge {id}” takes it back.").format(id=made.id)
    face.show({"customers": [_as_json(one)], "customer": _as_json(one), "merge_id": made.id}, [_line(one), said])


@customers.command(help=N_("The merges that were made, newest first."))
@pass_face
def merges(face: Face) -> None:
    """List merges."""
    found = face.shop.customers.merges.latest()
    lines = [
        f"{one.id}  {day_and_time(one.at)}  {one.keep_id} ← {one.other_id}"
        + ("  " + _("taken back") if one.undone_at else "")
        for one in found
    ]
    face.show({"merges": plain(found)}, lines or [_("Nothing was put together yet.")])


@customers.command(help=N_("Take a merge back: both people are there again."))
@click.argument("merge", type=NUMBER)
@pass_face
def unmerge(face: Face, merge: int) -> None:
    """Take a merge back."""
    _show_changed(face, face.shop.customers.merges.undo(merge))


@customers.command(help=N_("Pairs of entries that may be one person, the likeliest first."))
@option("--limit", type=click.IntRange(1, 5000), default=50, help=N_("So many pairs."))
@pass_face
def duplicates(face: Face, limit: int) -> None:
    """List pairs."""
    found = face.shop.customers.doubles.to_decide(limit)
    data = [
        {"one": _as_json(one.one), "other": _as_json(one.other), "score": one.score, "alike": list(one.alike)}
        for one in found
    ]
    lines = [f"{one.score}  {one.one.id} {one.one.name} / {one.other.id} {one.other.name}" for one in found]
    face.show({"pairs": data}, lines or [_("No two entries look like one person.")])


@customers.command(help=N_("Remember that two entries are two people, or take that back."))
@click.argument("one", type=NUMBER)
@click.argument("other", type=NUMBER)
@option("--off", is_flag=True, help=N_("They may be one person after all."))
@pass_face
def distinct(face: Face, one: int, other: int, off: bool) -> None:
    """Say that two are two."""
    pairs = face.shop.customers.pairs
    (pairs.maybe_same if off else pairs.distinct)(one, other)
    said = _("They are offered again.") if off else _("They are two people, and are not offered again.")
    face.show({"one": one, "other": other, "distinct": not off}, [said])


@customers.command("stop-use", help=N_("Use a person's data no more: nothing is sent, no segment counts them."))
@click.argument("customer", type=NUMBER)
@option("--off", is_flag=True, help=N_("Allow it again; messages stay off until the person wants them."))
@pass_face
def stop_use(face: Face, customer: int, off: bool) -> None:
    """Stop the use of a person's data."""
    consents = face.shop.customers.consents
    (consents.allow_use if off else consents.stop_use)(customer)
    _show_changed(face, face.shop.customers.get(customer))


@customers.command(help=N_("Put a tag on a person, or take it off."))
@click.argument("customer", type=NUMBER)
@click.argument("name")
@option("--off", is_flag=True, help=N_("Take the tag off."))
@pass_face
def tag(face: Face, customer: int, name: str, off: bool) -> None:
    """Tag."""
    (face.shop.customers.untag if off else face.shop.customers.tag)([customer], name)
    _show_changed(face, face.shop.customers.get(customer))


@customers.command(help=N_("Whether a person wants messages by LINE or mail."))
@click.argument("customer", type=NUMBER)
@click.argument("channel", type=click.Choice(["line", "mail"]))
@click.argument("state", type=click.Choice(["on", "off"]))
@option("--how", default="shop", help=N_("Where it was said: shop, page, line, …"))
@option("--wording", default="", help=N_("What the person agreed to, word for word."))
@pass_face
def consent(face: Face, customer: int, channel: str, state: str, how: str, wording: str) -> None:
    """Consent."""
    chosen: Channel = "line" if channel == "line" else "mail"
    face.shop.customers.consents.set(customer, chosen, on=state == "on", how=how, wording=wording)
    _show_changed(face, face.shop.customers.get(customer))


@customers.command(
    help=N_("Write everything the shop holds about a person into a file: .json, or .html and .txt to read.")
)
@click.argument("customer", type=NUMBER)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_face
def disclose(face: Face, customer: int, file: Path) -> None:
    """Disclose."""
    held = face.shop.customers.disclose(customer)
    try:
        file.write_text(written(held, file.suffix), encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(_("{file} cannot be written. Choose another place.").format(file=file)) from error
    face.show({"file": file}, [_("Everything held about this person is in {file}.").format(file=file)])


@customers.command(help=N_("Erase a person; only the sums stay. This cannot be undone."))
@click.argument("customer", type=NUMBER)
@pass_face
def forget(face: Face, customer: int) -> None:
    """Forget."""
    face.shop.customers.forget(customer)
    face.show({"forgotten": customer}, [_("Erased. Automatic backups still hold the person until they age out.")])


COMMANDS = (customers,)
