"""What the page does to one person or to many."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from shopdesk.customers import AlreadyKnownError, Change, NewCustomer, written
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _, _n
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.directions import isolated
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import confirm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers import BulkEdit, Channel, Customer, Filter, OwnField
    from shopdesk.shop import Shop
    from shopdesk.ui.customers.doing import Doing
    from shopdesk.ui.customers.editor import Editor
    from shopdesk.ui.widgets.checked import Checked


class FileNotWrittenError(ShopDeskError):
    """The chosen file could not be written."""

    code = "file_not_written"


class Acts:
    """Does what the page was asked for."""

    def __init__(self, shop: Shop, doing: Doing) -> None:
        self._shop, self._doing = shop, doing

    # Many people, or one

    def tag(self, ids: Sequence[int], name: str) -> None:
        """Put a tag on people."""
        self._change(lambda: list(ids), Change("tag", name))

    def untag(self, ids: Sequence[int], name: str) -> None:
        """Take a tag off people."""
        self._change(lambda: list(ids), Change("untag", name))

    def change_checked(self, checked: Checked, chosen: Filter, change: Change) -> None:
        """Change whoever is checked in the list of a filter."""
        every, keys, customers = checked.every, checked.keys, self._shop.customers

        def ids() -> list[int]:
            if every:
                return [one for one in customers.ids(chosen) if one not in keys]
            return [one for one in keys if isinstance(one, int)]

        self._change(ids, change)

    def _change(self, ids: Callable[[], list[int]], change: Change) -> None:
        edits = self._shop.customers.edits
        self._doing.write(lambda: edits.make(change, ids()), self._changed)

    def _changed(self, edit: BulkEdit) -> None:
        count, value = f"{edit.people:,}", isolated(edit.change.value)
        words = {
            "tag": _n("Tagged {n} person as “{tag}”.", "Tagged {n} people as “{tag}”.", edit.people),
            "untag": _n("Took “{tag}” off {n} person.", "Took “{tag}” off {n} people.", edit.people),
        }.get(edit.change.kind, _n("Changed {n} person.", "Changed {n} people.", edit.people))
        if not edit.people:
            words = {
                "tag": _("Everybody had the tag “{tag}” already."),
                "untag": _("Nobody of them had the tag “{tag}”."),
            }.get(edit.change.kind, _("All of them had it so already."))
        undo = (lambda: self.undo_edit(edit.id)) if edit.people else None
        self._doing.done(words.format(n=count, tag=value), undo)

    def undo_edit(self, edit_id: int) -> None:
        """Take an edit of many back."""
        edits = self._shop.customers.edits

        def done(edit: BulkEdit) -> None:
            self._doing.done(
                _n("Taken back for {n} person.", "Taken back for {n} people.", edit.people).format(n=f"{edit.people:,}")
            )

        self._doing.write(lambda: edits.undo(edit_id), done)

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
            self._doing.write(lambda: customers.consents.set(customer_id, channel, on=not on))

        self._doing.write(
            lambda: customers.consents.set(customer_id, channel, on=on), lambda _none: self._doing.done(words, undo)
        )

    def note(self, customer: Customer, note: str) -> None:
        """Keep the shop's note about somebody."""
        customers, person, before = self._shop.customers, customer.id, customer.note

        def write(words: str) -> None:
            now = customers.get(person)
            kept = {one.name: getattr(now, one.name) for one in fields(NewCustomer)}
            customers.correct(person, NewCustomer(**kept | {"note": words}))

        self._doing.write(
            lambda: write(note),
            lambda _none: self._doing.done(_("The note is kept."), lambda: self._doing.write(lambda: write(before))),
        )

    def save(self, editor: Editor, typed: NewCustomer, then: Callable[[Customer], object]) -> None:
        """Add what was typed, or correct the form's customer."""
        customers, known = self._shop.customers, editor.customer

        def work() -> Customer:
            return customers.correct(known.id, typed) if known else customers.add(typed)

        def done(saved: Customer) -> None:
            words = _("Corrected {name}.") if known else _("Added {name}.")
            self._doing.done(words.format(name=called_in_full(saved)))
            then(saved)

        def failed(error: Exception) -> None:
            here = error.customer_id if isinstance(error, AlreadyKnownError) else None
            editor.refuse(self._doing.notices.sentence(error), here)

        self._doing.tasks.run(editor, work, done, failed=failed, lane=Lane.WRITE)

    def disclose(self, customer: Customer) -> None:
        """Write everything held about somebody to a file that is asked for."""
        name = _("{name} - everything held.html").format(name=called_in_full(customer).replace("/", "_"))
        title = _("Write everything held about {name}").format(name=called_in_full(customer))
        chosen, _kind = QFileDialog.getSaveFileName(
            self._doing.page, title, name, "HTML (*.html);;JSON (*.json);;TXT (*.txt)"
        )
        if chosen:
            self.write_disclosure(customer.id, chosen)

    def write_disclosure(self, customer_id: int, file: str | Path) -> None:
        """Write everything held about somebody to this file."""
        customers = self._shop.customers

        def work() -> None:
            held = written(customers.disclose(customer_id), Path(file).suffix)
            try:
                with open(file, "w", encoding="utf-8") as opened:  # noqa: PTH123 - the dialog gives a name
                    opened.write(held)
            except OSError as refused:
                raise FileNotWrittenError(_("The file could not be written there. Choose another folder.")) from refused

        self._doing.write(work, lambda _none: self._doing.done(_("The file is written. It holds personal data.")))

    def forget(self, customer: Customer, then: Callable[[], object]) -> None:
        """Erase somebody, after asking."""
        question = _("Erase everything about {name}?").format(name=called_in_full(customer))
        follows = _("Name, contacts and talks go; only sales totals stay. This cannot be undone.")
        if not confirm(self._doing.page, question, follows, verb=_("Erase all"), danger=True):
            return
        customers = self._shop.customers

        def done(_none: object) -> None:
            self._doing.done(_("Everything about this person is erased."))
            then()

        self._doing.write(lambda: customers.forget(customer.id), done)

    def stop_use(self, customer: Customer, *, stop: bool) -> None:
        """Use somebody's data no more, after asking; or again."""
        consents, name = self._shop.customers.consents, called_in_full(customer)
        if not stop:
            words = _("The data of {name} may be used again. Messages stay off until they are wanted.")
            self._doing.write(
                lambda: consents.allow_use(customer.id), lambda _none: self._doing.done(words.format(name=name))
            )
            return
        question = _("Stop using the data of {name}?").format(name=name)
        follows = _("Nothing is sent any more, and no segment counts this person. No imported file changes that.")
        if confirm(self._doing.page, question, follows, verb=_("Stop the use")):
            done = _("The data of {name} is not used any more.").format(name=name)
            undo = lambda: self.stop_use(customer, stop=False)  # noqa: E731
            self._doing.write(lambda: consents.stop_use(customer.id), lambda _none: self._doing.done(done, undo))

    def set_own(self, customer_id: int, field: OwnField, typed: str) -> None:
        """Write what somebody has in one of the shop's own fields."""
        fields = self._shop.customers.fields

        def done(before: str) -> None:
            undo = lambda: self._doing.write(lambda: fields.set(customer_id, field.id, before))  # noqa: E731
            self._doing.done(_("“{field}” is kept.").format(field=field.name), undo)

        self._doing.write(lambda: fields.set(customer_id, field.id, typed), done)
