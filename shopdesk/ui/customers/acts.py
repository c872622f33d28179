"""What the page does to people: each in the write lane, said in a toast, undone from there where it can be."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from shopdesk.customers import AlreadyKnownError, NewCustomer
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _, _n
from shopdesk.ui.customers.columns import called_in_full, times
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import confirm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Channel, Customer, Filter
    from shopdesk.friends import Friend
    from shopdesk.shop import Shop
    from shopdesk.ui.customers.editor import Editor
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.checked import Checked

AT_ONCE = 2000
"""People tagged in one transaction: short enough that no other writer waits long."""


class FileNotWrittenError(ShopDeskError):
    """The chosen file could not be written."""

    code = "file_not_written"


class Acts:
    """Does what the page was asked for."""

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices, page: QWidget) -> None:
        self._shop, self._tasks, self._notices, self._page = shop, tasks, notices, page

    def _write(self, work: Callable[[], Any], then: Callable[[Any], object] | None = None) -> None:
        self._tasks.run(self._page, work, then, lane=Lane.WRITE)

    # Tags

    def tag(self, ids: Sequence[int], name: str) -> None:
        """Put a tag on people."""
        self._put(lambda: list(ids), name)

    def untag(self, ids: Sequence[int], name: str) -> None:
        """Take a tag off people."""
        self._take(lambda: list(ids), name)

    def tag_checked(self, checked: Checked, chosen: Filter, name: str, *, on: bool) -> None:
        """Put a tag on whoever is checked in the list of a filter, or take it off."""
        every, keys, customers = checked.every, checked.keys, self._shop.customers

        def ids() -> list[int]:
            if every:
                return [one for one in customers.ids(chosen) if one not in keys]
            return [one for one in keys if isinstance(one, int)]

        (self._put if on else self._take)(ids, name)

    def _put(self, ids: Callable[[], list[int]], name: str) -> None:
        customers = self._shop.customers

        def done(changed: list[int]) -> None:
            words = _n("Tagged {n} person as “{tag}”.", "Tagged {n} people as “{tag}”.", len(changed))
            if not changed:
                words = _("Everybody had the tag “{tag}” already.")
            undo = (lambda: self._take(lambda: changed, name)) if changed else None
            self._notices.done(words.format(n=f"{len(changed):,}", tag=name), undo)

        self._write(lambda: _in_parts(customers.tag, ids(), name), done)

    def _take(self, ids: Callable[[], list[int]], name: str) -> None:
        customers = self._shop.customers

        def done(changed: list[int]) -> None:
            words = _n("Took “{tag}” off {n} person.", "Took “{tag}” off {n} people.", len(changed))
            if not changed:
                words = _("Nobody of them had the tag “{tag}”.")
            undo = (lambda: self._put(lambda: changed, name)) if changed else None
            self._notices.done(words.format(n=f"{len(changed):,}", tag=name), undo)

        self._write(lambda: _in_parts(customers.untag, ids(), name), done)

    # One person

    def consent(self, customer_id: int, channel: Channel, *, on: bool) -> None:
        """Note whether somebody takes messages on a channel."""
        customers = self._shop.customers
        words = {
            ("line", True): _("Noted: takes messages on LINE."),
            ("line", False): _("Noted: no more messages on LINE."),
            ("mail", True): _("Noted: takes messages by mail."),
            ("mail", False): _("Noted: no more messages by mail."),
        }[channel, on]

        def undo() -> None:
            self._write(lambda: customers.consents.set(customer_id, channel, on=not on))

        self._write(
            lambda: customers.consents.set(customer_id, channel, on=on), lambda _none: self._notices.done(words, undo)
        )

    def note(self, customer: Customer, note: str) -> None:
        """Keep the shop's note about somebody."""
        customers, person, before = self._shop.customers, customer.id, customer.note

        def write(words: str) -> None:
            now = customers.get(person)
            kept = {one.name: getattr(now, one.name) for one in fields(NewCustomer)}
            customers.correct(person, NewCustomer(**kept | {"note": words}))

        self._write(
            lambda: write(note),
            lambda _none: self._notices.done(_("The note is kept."), lambda: self._write(lambda: write(before))),
        )

    def save(self, editor: Editor, typed: NewCustomer, then: Callable[[Customer], object]) -> None:
        """Add what was typed, or correct the form's customer."""
        customers, known = self._shop.customers, editor.customer

        def work() -> Customer:
            return customers.correct(known.id, typed) if known else customers.add(typed)

        def done(saved: Customer) -> None:
            words = _("Corrected {name}.") if known else _("Added {name}.")
            self._notices.done(words.format(name=called_in_full(saved)))
            then(saved)

        def failed(error: Exception) -> None:
            here = error.customer_id if isinstance(error, AlreadyKnownError) else None
            editor.refuse(self._notices.sentence(error), here)

        self._tasks.run(editor, work, done, failed=failed, lane=Lane.WRITE)

    def disclose(self, customer: Customer) -> None:
        """Write everything held about somebody to a file that is asked for."""
        name = _("{name} - everything held.json").format(name=called_in_full(customer).replace("/", "_"))
        title = _("Write everything held about {name}").format(name=called_in_full(customer))
        chosen, _kind = QFileDialog.getSaveFileName(self._page, title, name, "JSON (*.json)")
        if chosen:
            self.write_disclosure(customer.id, chosen)

    def write_disclosure(self, customer_id: int, file: str | Path) -> None:
        """Write everything held about somebody to this file."""
        customers = self._shop.customers

        def work() -> None:
            held = json.dumps(customers.disclose(customer_id), ensure_ascii=False, indent=2)
            try:
                with open(file, "w", encoding="utf-8") as opened:  # noqa: PTH123 - the dialog gives a name
                    opened.write(held)
            except OSError as refused:
                raise FileNotWrittenError(_("The file could not be written there. Choose another folder.")) from refused

        self._write(work, lambda _none: self._notices.done(_("The file is written. It holds personal data.")))

    def forget(self, customer: Customer, then: Callable[[], object]) -> None:
        """Erase somebody, after asking."""
        question = _("Erase everything about {name}?").format(name=called_in_full(customer))
        follows = _("Name, contacts and talks go; only sales totals stay. This cannot be undone.")
        if not confirm(self._page, question, follows, verb=_("Erase all"), danger=True):
            return
        customers = self._shop.customers

        def done(_none: object) -> None:
            self._notices.done(_("Everything about this person is erased."))
            then()

        self._write(lambda: customers.forget(customer.id), done)

    def merge(self, keep: Customer, other: Customer, then: Callable[[Customer], object]) -> None:
        """Make two one, after asking."""
        question = _("Put {other} together with {name}?").format(other=called_in_full(other), name=called_in_full(keep))
        follows = _(
            "{orders}, tags, the LINE friend and the note go over to {name} (No. {id}); the other entry goes. This cannot be undone."
        ).format(orders=times(other.orders), name=called_in_full(keep), id=keep.id)
        if not confirm(self._page, question, follows, verb=_("Put together"), danger=True):
            return
        customers = self._shop.customers

        def done(merged: Customer) -> None:
            self._notices.done(_("Two entries are one now."))
            then(merged)

        self._write(lambda: customers.merges.make(keep.id, other.id), done)

    # LINE

    def link(self, user_id: str, customer: Customer, then: Callable[[], object]) -> None:
        """Say which LINE friend somebody is."""
        friends = self._shop.friends

        def done(friend: Friend) -> None:
            words = _("{name} is linked with “{friend}” on LINE.")
            self._notices.done(
                words.format(name=called_in_full(customer), friend=friend.name or friend.user_id),
                lambda: self._write(lambda: friends.unlink(user_id)),
            )
            then()

        self._write(lambda: friends.link(user_id, customer.id), done)

    def unlink(self, friend: Friend | None) -> None:
        """Take the link with a LINE friend away."""
        if friend is None or friend.customer_id is None:
            return
        friends, user_id, customer_id = self._shop.friends, friend.user_id, friend.customer_id

        def undo() -> None:
            self._write(lambda: friends.link(user_id, customer_id))

        self._write(
            lambda: friends.unlink(user_id),
            lambda _none: self._notices.done(_("The link with LINE is taken away."), undo),
        )


def _in_parts(change: Callable[[Sequence[int], str], list[int]], ids: list[int], name: str) -> list[int]:
    changed: list[int] = []
    for place in range(0, len(ids), AT_ONCE):
        changed += change(ids[place : place + AT_ONCE], name)
    return changed
