"""`customers …`: people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk import japanese
from shopdesk.cli.face import Face, day_and_time, pass_face, plain, yen
from shopdesk.cli.words import NUMBER, Group, option
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.customers import Customer


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
            f"{japanese.postal_local(one.postal) if one.postal else ''} {one.prefecture}{one.address}".strip(),
        ),
        (_("Orders"), _("{orders} orders, {yen}").format(orders=one.orders, yen=yen(one.spent_yen))),
        (_("Last order"), day_and_time(one.last_order_at)),
        ("LINE", {"friend": _("friend"), "blocked": _("blocked"), "none": _("not linked")}[one.line]),
        (_("Messages on LINE"), _("wanted") if one.consent_line else _("not wanted")),
        (_("Messages by mail"), _("wanted") if one.consent_mail else _("not wanted")),
        (_("Tags"), ", ".join(one.tags)),
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
    face.shop.customers.merges.make(keep, other)
    _show_changed(face, face.shop.customers.get(keep))


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
@pass_face
def consent(face: Face, customer: int, channel: str, state: str) -> None:
    """Consent."""
    face.shop.customers.consents.set(customer, "line" if channel == "line" else "mail", on=state == "on")
    _show_changed(face, face.shop.customers.get(customer))


@customers.command(help=N_("Write everything the shop holds about a person into a file, for that person."))
@click.argument("customer", type=NUMBER)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_face
def disclose(face: Face, customer: int, file: Path) -> None:
    """Disclose."""
    held = face.shop.customers.disclose(customer)
    try:
        file.write_text(json.dumps(plain(held), ensure_ascii=False, indent=2), encoding="utf-8")
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
