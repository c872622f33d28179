"""`export …`: tables as files for Excel, or in a cart's own layout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from shopdesk.cli.face import Face, pass_face, rows_told
from shopdesk.cli.words import Command, Group, option
from shopdesk.exports import OWN
from shopdesk.i18n import N_, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from shopdesk.exports import ExportReport, What
    from shopdesk.spreadsheets import Encoding

_FILE = click.Path(path_type=Path)
_SHOWN = 20


@click.group(cls=Group, help=N_("Write a file for Excel (.xlsx or .csv), or in a cart's own layout (--cart)."))
def export() -> None:
    """Hold the tables that can be written."""


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for add in (
        option("--encoding", type=click.Choice(["cp932", "utf-8"]), help=N_("Encoding of a .csv file.")),
        option("--cart", default=OWN, help=N_("The cart whose layout the file gets.")),
    ):
        command = add(command)
    return command


def _table(what: What, help_text: str) -> None:
    @export.command(what, cls=Command, help=help_text)
    @click.argument("file", type=_FILE)
    @option("--segment", default="", help=N_("Only the people of this segment."))
    @_options
    @pass_face
    def write(face: Face, file: Path, segment: str, cart: str, encoding: str | None) -> None:
        """Write."""
        _write(face, what, file, segment, cart, encoding)


_table("customers", N_("Everybody, or the people of a segment."))
_table("orders", N_("Orders, one row for each product in them."))
_table("subscriptions", N_("Subscriptions."))
_table("coupons", N_("Every coupon that was given, and what became of it."))
_table("cards", N_("Shop cards with their points."))


@export.command("segment", cls=Command, help=N_("The people of a segment."))
@click.argument("name")
@click.argument("file", type=_FILE)
@_options
@pass_face
def write_segment(face: Face, name: str, file: Path, cart: str, encoding: str | None) -> None:
    """Write a segment."""
    _write(face, "customers", file, name, cart, encoding)


@export.command(
    "survey", cls=Command, help=N_("Who answered a survey, and what; with --cart these people in a cart's own layout.")
)
@click.argument("name")
@click.argument("file", type=_FILE)
@_options
@pass_face
def write_survey(face: Face, name: str, file: Path, cart: str, encoding: str | None) -> None:
    """Write the answers to a survey."""
    shop = face.shop
    found = shop.surveys.find(name)
    _show(face, shop.exports.write_survey(found, file, layout=cart, encoding=cast("Encoding | None", encoding)))


@export.command(
    "talks", cls=Command, help=N_("Talks with friends; a FILE that ends in .zip holds their pictures and files, too.")
)
@click.argument("file", type=_FILE)
@option("--friend", default="", help=N_("Only the talk with this friend: LINE's user id or the friend's number."))
@option("--encoding", type=click.Choice(["cp932", "utf-8"]), help=N_("Encoding of a .csv file."))
@pass_face
def write_talks(face: Face, file: Path, friend: str, encoding: str | None) -> None:
    """Write talks."""
    talks = face.shop.talks
    report = talks.exporting.write(
        file,
        friends=[talks.find(friend)] if friend else None,
        encoding=cast("Encoding | None", encoding),
        on_progress=rows_told(face, N_("{rows} rows written")),
    )
    _show(face, report)


def _write(face: Face, what: What, file: Path, segment: str, cart: str, encoding: str | None) -> None:
    report = face.shop.exports.write(
        what,
        file,
        segment=segment,
        layout=cart,
        encoding=cast("Encoding | None", encoding),
        on_progress=rows_told(face, N_("{rows} rows written")),
    )
    _show(face, report)


def _show(face: Face, report: ExportReport) -> None:
    lost = [
        {"row": one.row, "column": one.column, "character": one.character, "written": one.written}
        for one in report.lost
    ]
    shown = {
        "file": report.file,
        "rows": report.rows,
        "files": report.files,
        "lost_characters": lost,
        "not_held": [{"field": one.word, "orders": one.orders} for one in report.unheld],
        "cancelled_left_out": report.cancelled_left_out,
    }
    face.show(shown, lambda: _in_words(report))


def _in_words(report: ExportReport) -> list[str]:
    said = [
        _n("{file}: {rows} row.", "{file}: {rows} rows.", report.rows).format(file=report.file, rows=f"{report.rows:,}")
    ]
    if report.files:
        said.append(_n("{n} file is beside it.", "{n} files are beside it.", report.files).format(n=report.files))
    if report.lost:
        said.append(_("Characters that this encoding does not have; --encoding utf-8 keeps them:"))
    line = _("  row {row}, {column}: {character} became {written}")
    said += [
        line.format(row=one.row, column=one.column, character=one.character, written=one.written)
        for one in report.lost[:_SHOWN]
    ]
    if len(report.lost) > _SHOWN:
        said.append(_("  and {n} more").format(n=f"{len(report.lost) - _SHOWN:,}"))
    return [*said, *report.not_fitting]


COMMANDS = (export,)
