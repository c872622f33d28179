"""How the figures of an import are said: the same words on tiles, buttons, toasts and in the list of past imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n, language
from shopdesk.ui.amounts import number, orders, people

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.imports import FileRead, ImportReport, PastImport


def day(at: datetime) -> str:
    """Return a day as people say it in Japan."""
    local = in_japan(at)
    return f"{local.month}月{local.day}日" if language() == "ja" else f"{local.day} {local:%B}"


def rows(count: int) -> str:
    """Return a number of rows with its unit."""
    return _n("{n} row", "{n} rows", count).format(n=number(count))


def size(report: ImportReport) -> str:
    """Return what an import writes: its orders, or its people where the files hold no orders."""
    count = report.orders.new + report.orders.updated
    return orders(count) if count else people(report.new_customers)


def outcome(report: ImportReport) -> str:
    """Return what an import does or did, fact by fact; empty where that is nothing."""
    counts, unread = report.orders, {(one.file, one.row) for one in report.problems}
    facts = (
        (_("new: {orders}").format(orders=orders(counts.new)), counts.new),
        (_("changed: {orders}").format(orders=orders(counts.updated)), counts.updated),
        (_("customers added: {people}").format(people=people(report.new_customers)), report.new_customers),
        (_("to check: {rows}").format(rows=rows(len(unread))), unread),
    )
    return _(" · ").join(fact for fact, count in facts if count)


def trial(report: ImportReport) -> str:
    """Return what an import with the columns said so far would do."""
    return _("With these columns – {what}").format(what=outcome(report) or _("Nothing new"))


def verb(report: ImportReport) -> str:
    """Return what the button says, with the number on it."""
    return _("Import {what}").format(what=size(report))


def sentences(*said: str) -> str:
    """Return sentences one after another; Japanese has no space between them."""
    return ("" if language() == "ja" else " ").join(said)


def place(file: FileRead) -> str:
    """Return where in a file the table was found, and how long it is."""
    where = _("Sheet “{sheet}”").format(sheet=file.sheet) if file.sheet else _encoding(file.encoding)
    header = _("header in row {n}").format(n=file.header_row)
    return _("{where} · {header} · {rows}").format(where=where, header=header, rows=rows(file.rows))


def _encoding(name: str) -> str:
    known = {"cp932": "Shift_JIS", "utf-8-sig": "UTF-8", "utf-8": "UTF-8"}
    return f"CSV ({known.get(name.lower(), name.upper())})" if name else "CSV"


def past(one: PastImport) -> str:
    """Return what a past import brought."""
    counts = one.counts
    parts = (
        (_("new: {orders}"), orders(int(counts.get("new", 0))), counts.get("new")),
        (_("changed: {orders}"), orders(int(counts.get("updated", 0))), counts.get("updated")),
        (_("customers added: {people}"), people(int(counts.get("new_customers", 0))), counts.get("new_customers")),
    )
    said = [words.format(orders=what, people=what) for words, what, count in parts if count]
    return _(" · ").join(said) or _("Nothing new")
