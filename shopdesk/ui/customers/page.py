"""The customers' page: search and list, one person beside it, the form over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from shopdesk.changes import Topic
from shopdesk.customers import Change
from shopdesk.i18n import _
from shopdesk.ui.customers.acts import Acts
from shopdesk.ui.customers.choosing import ListChoices, choose_columns, read_choices
from shopdesk.ui.customers.consents import ConsentsDialog
from shopdesk.ui.customers.editor import Editor
from shopdesk.ui.customers.file import PersonFile, read_file, read_orders
from shopdesk.ui.customers.filters import FilterBar
from shopdesk.ui.customers.joining import Joining
from shopdesk.ui.customers.many import EditsDialog, ask_change
from shopdesk.ui.customers.own import FieldsDialog, ask_value
from shopdesk.ui.customers.pane import Pane
from shopdesk.ui.customers.people import PeopleCard
from shopdesk.ui.customers.relating import ask_relation
from shopdesk.ui.exporting import Exporter, Wanted
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import Beside, Button, Frame, Header, choose_files, confirm, popup_menu, tip, vbox

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from shopdesk.customers import BulkEdit, Consent, Customer, CustomerRowView, Duplicate, Filter, OwnField, Tag
    from shopdesk.orders import Order
    from shopdesk.ui.shop_page import Desk

FOLLOWS_MS = 120
"""How long the arrow keys rest before the pane follows."""


class CustomersPage(ShopPage):
    """Everybody the shop knows."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CUSTOMERS, Topic.ORDERS, Topic.FRIENDS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = 0
        self._known_tags: list[str] = []
        self.acts = Acts(self.shop, self.tasks, self.notices, self)
        self.filters = FilterBar(self.shop.clock)
        self.people = PeopleCard(
            self.shop,
            self.tasks,
            self.notices.sentence,
            choose=self._choose_files,
            clear=self.filters.clear,
            tags=lambda: self._known_tags,
        )
        self.pane = Pane(self.shop, self.tasks, self.notices.sentence)
        self.beside = Beside(self.people, self.pane)
        self.more = Button(icon="ellipsis", does=self._menu)
        self.more.setAccessibleName(_("More"))
        tip(self.more, _("More"))
        self.add = Button(_("Add a customer"), "primary", "plus", does=self.begin)
        purpose = _("Everybody who has used the shop. Choose a name to see orders and messages together.")
        self.exporter = Exporter(self, self.shop, self.tasks, self.notices)
        out = Button(_("Write a file"), icon="download", does=self._write_file)
        header = Header(_("Customers"), purpose, actions=[self.more, out, self.add])
        self._list = Frame(header, self.filters, (self.beside, 1), gap="s3")
        self.editor: Editor | None = None
        self.joining = Joining(desk, self.acts)
        self._kept_columns = ""
        self._fields: list[OwnField] = []
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.joining)
        self.setLayout(vbox(self._stack))
        self._follow = QTimer(self, singleShot=True, interval=FOLLOWS_MS)
        self._follow.timeout.connect(self._read_person)
        self._connect()
        self._show_list(self.filters.filter)
        self._read_around()

    def _connect(self) -> None:
        table, pane = self.people.table, self.pane
        self.filters.changed.connect(self._show_list)
        table.picked.connect(self._picked)
        table.clicked.connect(self._clicked)
        table.opened.connect(lambda row: self.open(row.id) if row else None)
        foot = self.people.foot
        foot.tag_wanted.connect(lambda name: self._change_checked(Change("tag", name)))
        foot.untag_wanted.connect(lambda name: self._change_checked(Change("untag", name)))
        foot.edit_wanted.connect(self._change_many)
        table.head.sort_wanted.connect(self._sort_by)
        table.head.widened.connect(self._widened)
        undo = QShortcut(QKeySequence.StandardKey.Undo, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.acts.undo_last)
        self.joining.left.connect(self._show_front)
        self.joining.open_wanted.connect(self._open_instead)
        pane.again.connect(self._read_person)
        pane.who.closed.connect(self._close_pane)
        pane.who.edit_wanted.connect(self._correct)
        pane.who.twins_wanted.connect(pane.compare)
        pane.who.disclose_wanted.connect(lambda: self.acts.disclose(self._person()))
        pane.who.forget_wanted.connect(lambda: self.acts.forget(self._person(), self._close_pane))
        pane.tags.put.connect(lambda name: self.acts.tag([self._wanted], name))
        pane.tags.taken.connect(lambda name: self.acts.untag([self._wanted], name))
        pane.facts.consent_changed.connect(lambda channel, on: self.acts.consent(self._wanted, channel, on=on))
        pane.facts.unlink_wanted.connect(lambda: self.acts.unlink(self._file().friend))
        pane.linking.chosen.connect(lambda user_id: self.acts.link(user_id, self._person(), pane.show_person))
        pane.who.stop_wanted.connect(lambda stop: self.acts.stop_use(self._person(), stop=stop))
        pane.twins.merge_wanted.connect(self._join)
        pane.twins.distinct_wanted.connect(lambda other: self.acts.distinct(self._person(), other))
        pane.facts.proof_wanted.connect(self._show_proof)
        pane.more.field_wanted.connect(self._fill_field)
        pane.more.fields_wanted.connect(self._make_fields)
        pane.more.open_wanted.connect(self.open)
        pane.more.relate_wanted.connect(self._relate)
        pane.more.unrelate_wanted.connect(lambda other: self.acts.unrelate(self._wanted, other))
        pane.history.undo_wanted.connect(self.acts.part)
        pane.twins.open_wanted.connect(self.open)
        pane.history.note_written.connect(lambda note: self.acts.note(self._person(), note))
        pane.history.more_wanted.connect(self._older)

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open the person `customer`, begin a new one with `new`, look for `doubles`, show only a `tag`."""
        if what.get("customer"):
            self._leave_editor()
            self.open(int(what["customer"]))
        elif what.get("new"):
            self.begin()
        elif what.get("doubles"):
            self.look_for_doubles()
        elif what.get("filter"):
            self.filters.show_filter(what["filter"])
        if self.editor is None:
            self.people.table.setFocus()

    def reload(self) -> None:
        """Read the list again, and whoever is beside it."""
        self.people.refresh()
        if self._stack.currentWidget() is self.joining:
            self.joining.doubles.read()
        self._read_around()
        if not self.pane.isHidden():
            self._read_person()

    def back(self) -> bool:
        """Esc: out of the form, then one step back in the pane, then close it."""
        if self.editor is not None:
            self._leave_form()
            return True
        if self._stack.currentWidget() is self.joining:
            return self.joining.back()
        if self.pane.isHidden():
            return False
        return self.pane.back() or self._close_pane()

    # The list

    def _show_list(self, chosen: Filter) -> None:
        self.people.show_filter(self.shop, chosen, narrowed=self.filters.narrowed)

    def _read_around(self) -> None:
        customers = self.shop.customers
        self.tasks.run(self, customers.count, lambda n: self.people.foot.show_count(everybody=n), key="everybody")
        self.tasks.run(self, customers.tags, self._show_tags, key="tags")
        self.tasks.run(self, lambda: read_choices(self.shop), self._show_choices, key="choices")

    def _show_tags(self, tags: list[Tag]) -> None:
        self.filters.offer_tags(tags)
        self._known_tags = [tag.name for tag in tags]

    def _choose_files(self) -> None:
        files = choose_files(self, _("Choose your cart's order file"))
        if files:
            self.navigator.show_page("imports", files=files)

    def _write_file(self) -> None:
        """Write whoever is checked, else the list as it is shown."""
        customers, chosen, checked = self.shop.customers, self.filters.filter, self.people.checked()

        def people() -> list[int]:
            if checked.keys and not checked.every:
                return sorted(one for one in checked.keys if isinstance(one, int))
            return sorted(one for one in customers.ids(chosen) if one not in checked.keys)

        everybody = not checked.keys and not self.filters.narrowed
        self.exporter.ask(Wanted(_("Customers"), None if everybody else people))

    def _change_checked(self, change: Change) -> None:
        self.acts.change_checked(self.people.checked(), self.filters.filter, change)

    def _change_many(self) -> None:
        change = ask_change(self, self.people.foot.number, self._fields)
        if change is not None:
            self._change_checked(change)

    # Columns and fields

    def _show_choices(self, choices: ListChoices) -> None:
        self._kept_columns, self._fields = choices.columns, choices.fields
        self.people.show_columns(choices.columns, choices.fields)
        self.filters.offer_columns(choices.fields, choices.sources)

    def _sort_by(self, key: str) -> None:
        if self.people.known[key].sorts:
            self.filters.sort_by(key)

    def _widened(self, key: str, width: int) -> None:
        self.people.widen(key, width)
        self._keep_columns(self.people.kept())

    def _keep_columns(self, kept: str) -> None:
        self._kept_columns = kept
        self.people.show_columns(kept, self._fields)
        settings = self.shop.settings
        self.tasks.run(self, lambda: settings.set("customer_columns", kept), lane=Lane.WRITE)

    def _choose_columns(self) -> None:
        kept = choose_columns(self, self.people.known, self.people.kept())
        if kept is not None:
            self._keep_columns(kept)

    def _make_fields(self) -> None:
        dialog = FieldsDialog(self, self.shop, self.tasks, self.notices.sentence)
        dialog.exec()
        dialog.deleteLater()

    def _show_edits(self) -> None:
        edits = self.shop.customers.edits

        def show(found: list[BulkEdit]) -> None:
            dialog = EditsDialog(self, found, self._fields, self.acts.undo_edit)
            dialog.exec()
            dialog.deleteLater()

        self.tasks.run(self, edits.latest, show, key="edits")

    def _menu(self) -> None:
        entries = [
            (_("Look for double entries…"), self.look_for_doubles),
            None,
            (_("Columns of the list…"), self._choose_columns),
            (_("Own fields…"), self._make_fields),
            (_("Edits of many people…"), self._show_edits),
        ]
        self.menu = popup_menu(self, entries)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # Who is who

    def look_for_doubles(self) -> None:
        """Show who may be here twice."""
        self._leave_editor()
        self._stack.setCurrentWidget(self.joining)
        self.joining.show_pairs()

    def _join(self, other: Customer) -> None:
        self._stack.setCurrentWidget(self.joining)
        self.joining.merge(self._person(), other, alone=True)

    def _show_front(self) -> None:
        self._stack.setCurrentWidget(self._list)
        self.people.table.setFocus()

    def _show_proof(self) -> None:
        customer, consents = self._person(), self.shop.customers.consents

        def show(found: list[Consent]) -> None:
            dialog = ConsentsDialog(self, customer, found)
            dialog.exec()
            dialog.deleteLater()

        self.tasks.run(self, lambda: consents.history(customer.id), show, key="proof")

    def _fill_field(self, field: OwnField) -> None:
        customer = self._person()
        held = next((one.value for one in customer.own if one.field == field.name), "")
        typed = ask_value(self, field, held)
        if typed is not None:
            self.acts.set_own(customer.id, field, typed)

    def _relate(self) -> None:
        found = ask_relation(self, self.shop, self.tasks, self._person())
        if found is not None:
            self.acts.relate(self._wanted, *found)

    # The person beside it

    def open(self, customer_id: int) -> None:
        """Show a person beside the list."""
        if customer_id != self._wanted or self.pane.file is None:
            self.pane.wait()
        self._wanted = customer_id
        self.beside.open_pane()
        self._read_person()

    def _picked(self, row: CustomerRowView | None) -> None:
        if row is not None and not self.pane.isHidden():
            self._wanted = row.id
            self._follow.start()

    def _clicked(self, index: QModelIndex) -> None:
        row = self.people.model.record(index.row())
        if row is not None:
            self._follow.stop()
            self.open(row.id)

    def _read_person(self) -> None:
        self._follow.stop()
        wanted, shop = self._wanted, self.shop

        def work() -> PersonFile:
            return read_file(shop, wanted)

        self.tasks.run(self, work, self._show_person, failed=self._no_person, key="person")

    def _show_person(self, file: PersonFile) -> None:
        if file.customer.id != self._wanted:
            return
        self.pane.show_file(file)
        wanted, customers = self._wanted, self.shop.customers

        def show(found: list[Duplicate]) -> None:
            if wanted == self._wanted:
                self.pane.show_twins(found)

        self.tasks.run(self, lambda: customers.duplicates(wanted), show, key="twins")

    def _no_person(self, error: Exception) -> None:
        self.pane.show_error(self.notices.sentence(error))

    def _older(self, last: Order) -> None:
        wanted, shop = self._wanted, self.shop

        def show(found: Any) -> None:
            if wanted == self._wanted:
                self.pane.history.add_orders(found[0], more=found[1])

        self.tasks.run(self, lambda: read_orders(shop, wanted, last), show)

    def _close_pane(self) -> bool:
        closed = self.beside.close_pane()
        self._wanted = 0
        self.people.table.clearSelection()
        self.people.table.setFocus()
        return closed

    def _file(self) -> PersonFile:
        file = self.pane.file
        assert file is not None  # noqa: S101 - its buttons are only seen with a person
        return file

    def _person(self) -> Customer:
        return self._file().customer

    # The form

    def begin(self) -> None:
        """Ask for a new customer."""
        self._edit(None)

    def _correct(self) -> None:
        self._edit(self._person())

    def _edit(self, customer: Customer | None) -> None:
        self._leave_editor()
        self.editor = editor = Editor(self.shop.clock, customer)
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        editor.left.connect(self._leave_form)
        editor.open_wanted.connect(self._open_instead)
        editor.saved.connect(lambda typed: self.acts.save(editor, typed, self._saved))
        editor.start()

    def _leave_form(self) -> None:
        if self.editor is not None and self.editor.changed:
            question = _("Drop what you have typed?")
            if not confirm(self, question, _("Nothing of it has been written."), verb=_("Drop it")):
                return
        self._leave_editor()
        self.people.table.setFocus()

    def _leave_editor(self) -> None:
        if self.editor is not None:
            self._stack.removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    def _open_instead(self, customer_id: int) -> None:
        self._leave_editor()
        self._stack.setCurrentWidget(self._list)
        self.open(customer_id)

    def _saved(self, customer: Customer) -> None:
        self._leave_editor()
        self.open(customer.id)
