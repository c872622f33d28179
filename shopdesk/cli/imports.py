"""`import`, `imports`, `carts`: files into the shop, and back out of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, day_and_time, pass_face, read_text, rows_told, yen
from shopdesk.cli.named import FILES, FOLDERS, named
from shopdesk.cli.words import NUMBER, Command, Group, option
from shopdesk.i18n import N_, _
from shopdesk.imports import RULES, ListCounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.imports import ColumnRead, ImportReport, PastImport, RowProblem


@click.command(
    "import",
    cls=Command,
    help=N_("Take orders and customers from a cart's export. Files that belong together go in one call."),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--cart", default="auto", help=N_("Name of the cart; “carts” lists them."))
@option(
    "--mapping",
    type=click.Path(path_type=Path),
    help=N_("A JSON file that says which column is which."),
)
@option(
    "--problems",
    type=click.Path(path_type=Path),
    help=N_("An .xlsx for the rows with something to check; put them right there and import it."),
)
@option("--dry-run", is_flag=True, help=N_("Say what would be done and write nothing."))
@pass_face
def import_files(
    face: Face, files: tuple[Path, ...], cart: str, mapping: Path | None, problems: Path | None, dry_run: bool
) -> None:
    """Import."""
    wanted = None if cart == "auto" else cart
    said = read_text(mapping) if mapping else None
    tell = rows_told(face, N_("{rows} rows read"))
    with face.shop.imports.start(files, cart=wanted, mapping=said, corrections=problems, on_progress=tell) as running:
        report = running.preview()
        if not dry_run:
            report = face.shop.imports.merge(running)
    shown = _as_json(report)
    if dry_run:
        shown["columns"] = [_column(one) for one in report.columns]
    face.show(shown, lambda: _in_words(report, dry_run=dry_run))


def _as_json(report: ImportReport) -> dict[str, Any]:
    return {
        "import_id": report.import_id,
        "files": report.files,
        "orders": report.orders,
        "lines": report.lines,
        "customers": {"new": report.new_customers, "matched": report.matched_customers},
        "gross_yen": report.gross_yen,
        "products": report.products,
        "subscriptions": report.subscriptions,
        "problems": report.problems,
        "problem_files": report.corrections,
    }


def _column(one: ColumnRead) -> dict[str, Any]:
    """Return what a column was taken for, without the cells in it."""
    return {
        "file": one.file,
        "index": one.index,
        "column": one.column,
        "field": one.field,
        "confidence": one.confidence,
        "asked": one.asked,
    }


def _in_words(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    for one in report.files:
        yield _("{file}: {cart}, header in row {row}, {rows} rows").format(
            file=one.file, cart=one.cart or "?", row=one.header_row, rows=one.rows
        )
    counts = report.orders
    yield _(
        "Orders: {new} new, {updated} changed, {unchanged} as before; {cancelled} of them cancelled; {yen}."
    ).format(
        new=counts.new,
        updated=counts.updated,
        unchanged=counts.unchanged,
        cancelled=counts.cancelled,
        yen=yen(report.gross_yen),
    )
    yield _("Customers: {new} new, {matched} known.").format(new=report.new_customers, matched=report.matched_customers)
    if report.products != ListCounts():
        yield _("Products: {new} new, {updated} changed.").format(**asdict(report.products))
    if report.subscriptions != ListCounts():
        yield _("Subscriptions: {new} new, {updated} changed.").format(**asdict(report.subscriptions))
    for problem in report.problems:
        yield _problem(problem)
    for file in report.corrections:
        yield _("The rows to check are in {file}. Put them right there and import it.").format(file=file)
    if dry_run:
        yield _("Nothing was written.")
    else:
        yield _("Done. “imports undo {id}” takes it all back.").format(id=report.import_id)


def _problem(one: RowProblem) -> str:
    if one.row is None:
        return f"  {one.file}: {one.message}"
    return _("  row {row}, {column}: {message}").format(row=one.row, column=one.column or "–", message=one.message)


@click.group(cls=Group, invoke_without_command=True, help=N_("What was imported; take a whole import back."))
@click.pass_context
def imports(context: click.Context) -> None:
    """List."""
    if context.invoked_subcommand is not None:
        return
    face: Face = context.obj
    past = face.shop.imports.past()
    face.show({"imports": past}, lambda: (_past_line(one) for one in past))


def _past_line(one: PastImport) -> str:
    orders = _("{new} new and {updated} changed orders").format(new=one.counts["new"], updated=one.counts["updated"])
    parts = (str(one.id), day_and_time(one.at), ", ".join(one.files), orders, _("(undone)") if one.undone_at else "")
    return "  ".join(filter(None, parts))


@imports.command(help=N_("Take a whole import back."))
@click.argument("import_id", type=NUMBER)
@pass_face
def undo(face: Face, import_id: int) -> None:
    """Undo."""
    report = face.shop.imports.undo(import_id)
    said = _(
        "Undone: {orders} orders and {people} customers went, {restored} orders are as before, {kept} people stay."
    )
    face.show(
        {"undone": report},
        [
            said.format(
                orders=report.orders, people=report.customers, restored=report.restored, kept=report.kept_customers
            )
        ],
    )


@imports.command("forget-mapping", help=N_("Forget what was said about the columns of files like this one."))
@click.argument("file", type=click.Path(path_type=Path))
@pass_face
def forget_mapping(face: Face, file: Path) -> None:
    """Forget."""
    forgotten = face.shop.imports.forget_mapping(file)
    done = _("What was said about the columns of “{file}” is forgotten.")
    nothing = _("Nothing was remembered about the columns of “{file}”.")
    face.show({"file": file, "forgotten": forgotten}, [(done if forgotten else nothing).format(file=file.name)])


_FOLDER = click.Path(path_type=Path)


@imports.command(help=N_("Watch a folder: offer each cart export that appears there, or import it by itself."))
@click.argument("folder", type=_FOLDER)
@option("--rule", type=click.Choice(RULES), default="offer", help=N_("What to do with a file that appears."))
@pass_face
def watch(face: Face, folder: Path, rule: str) -> None:
    """Watch."""
    kept = face.shop.imports.watching.watch(folder, rule)
    face.show({"folder": kept}, [_("{folder} is watched.").format(folder=kept.path)])


@imports.command(help=N_("Watch a folder no longer."))
@click.argument("folder", type=_FOLDER)
@pass_face
def unwatch(face: Face, folder: Path) -> None:
    """Unwatch."""
    face.shop.imports.watching.unwatch(folder)
    face.show({"folder": folder}, [_("{folder} is watched no longer.").format(folder=folder)])


@imports.command(help=N_("The watched folders and the files that appeared in them."))
@pass_face
def watched(face: Face) -> None:
    """List."""
    folders, files = face.shop.imports.watching.folders(), face.shop.imports.watching.files()
    lines = [*(f"{one.path}  {named(FOLDERS, one.rule)}  {one.message}".rstrip() for one in folders)]
    lines += [f"  {one.path.name}  {named(FILES, one.state)}  {one.message}".rstrip() for one in files]
    face.show({"folders": folders, "files": files}, lines)


@click.command(cls=Command, help=N_("The carts whose exports are known, or the fields a column can be given to."))
@option("--fields", is_flag=True, help=N_("List the fields instead."))
@pass_face
def carts(face: Face, fields: bool) -> None:
    """List."""
    if fields:
        known = face.shop.imports.fields()
        face.show(
            {"fields": [{"name": one.word, "title": _(one.title)} for one in known]},
            lambda: (f"{one.word}  {_(one.title)}" for one in known),
        )
        return
    described = face.shop.imports.carts()
    shown = [{"name": one.name, "title": one.title, "kind": one.kind, "columns": one.columns} for one in described]
    face.show({"carts": shown}, lambda: (f"{one.name}  {one.title}" for one in described))


COMMANDS = (import_files, imports, carts)
