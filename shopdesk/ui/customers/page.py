"""The customers' page: search and list, one person beside it, the form over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget

from shopdesk.changes import Topic
from shopdesk.customers import Change
from shopdesk.i18n import _
from shopdesk.ui.customers.acts import Acts
from shopdesk.ui.customers.doing import Doing
from shopdesk.ui.customers.editor import Editor
from shopdesk.ui.customers.filters import FilterBar
from shopdesk.ui.customers.joining import Joining
from shopdesk.ui.customers.list_columns import ListColumns
from shopdesk.ui.customers.pane import Pane
from shopdesk.ui.customers.people import PeopleCard
from shopdesk.ui.customers.questions import Questions
from shopdesk.ui.customers.reading import PersonReader
from shopdesk.ui.customers.ties import Ties
from shopdesk.ui.exporting import Exporter, Wanted
from shopdesk.ui.keys import UNDO, on_key
from shopdesk.ui.loyalty.giving import CardGiver
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.widgets import Beside, Button, Frame, Header, choose_files, confirm, popup_menu, tip, vbox

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from shopdesk.customers import Customer, CustomerRowView, Filter, Tag
    from shopdesk.ui.shop_page import Desk


class CustomersPage(ShopPage):
    """Everybody the shop knows."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CUSTOMERS, Topic.ORDERS, Topic.FRIENDS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known_tags: list[str] = []
        self.doing = Doing(self.tasks, self.notices, self)
        self.acts, self.ties = Acts(self.shop, self.doing), Ties(self.shop, self.doing)
        self.questions = Questions(self.shop, self.doing, self.acts, self.ties)
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
        self.reader = PersonReader(desk, self.pane)
        self.beside = Beside(self.people, self.pane)
        self.more = Button(icon="ellipsis", does=self._menu)
        self.more.setAccessibleName(_("More"))
        tip(self.more, _("More"))
        self.add = Button(_("Add a customer"), "primary", "plus", does=self.begin)
        purpose = _("Everybody who has used the shop. Choose a name to see orders and messages together.")
        self.exporter = Exporter(self, self.shop, self.tasks, self.notices)
        out = Button(_("Write a file"), icon="download", does=self._write_file)
        out.setVisible(self.exporter.allowed())
        header = Header(_("Customers"), purpose, actions=[self.more, out, self.add])
        self._list = Frame(header, self.filters, (self.beside, 1), gap="s3")
        self.editor: Editor | None = None
        self.joining, self.giver = Joining(desk, self.ties), CardGiver(self, desk)
        self.columns = ListColumns(desk, self.people, self.filters)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self.joining)
        self.setLayout(vbox(self._stack))
        self._connect()
        self._show_list(self.filters.filter)
        self._read_around()

    def _connect(self) -> None:
        table, pane, person = self.people.table, self.pane, self.reader.person
        self.filters.changed.connect(self._show_list)
        table.picked.connect(self._picked)
        table.clicked.connect(self._clicked)
        table.opened.connect(lambda row: self.open(row.id) if row else None)
        foot = self.people.foot
        foot.tag_wanted.connect(lambda name: self._change_checked(Change("tag", name)))
        foot.untag_wanted.connect(lambda name: self._change_checked(Change("untag", name)))
        foot.edit_wanted.connect(self._change_many)
        on_key(self, UNDO, self.doing.undo_last)
        self.joining.left.connect(self._show_front)
        self.joining.open_wanted.connect(self._open_instead)
        pane.who.closed.connect(self._close_pane)
        pane.who.edit_wanted.connect(self._correct)
        pane.who.twins_wanted.connect(pane.compare)
        pane.who.disclose_wanted.connect(lambda: self.acts.disclose(person()))
        pane.who.forget_wanted.connect(lambda: self.acts.forget(person(), self._close_pane))
        pane.tags.put.connect(lambda name: self.acts.tag([self.reader.wanted], name))
        pane.tags.taken.connect(lambda name: self.acts.untag([self.reader.wanted], name))
        pane.facts.consent_changed.connect(lambda channel, on: self.acts.consent(self.reader.wanted, channel, on=on))
        pane.facts.unlink_wanted.connect(lambda: self.ties.unlink(self.reader.file().friend))
        pane.linking.chosen.connect(lambda user_id: self.ties.link(user_id, person(), pane.show_person))
        pane.linking.card_wanted.connect(lambda: self.ties.make_card(person()))
        pane.who.stop_wanted.connect(lambda stop: self.acts.stop_use(person(), stop=stop))
        pane.twins.merge_wanted.connect(self._join)
        pane.twins.distinct_wanted.connect(lambda other: self.ties.distinct(person(), other))
        pane.facts.proof_wanted.connect(lambda: self.questions.show_proof(person()))
        pane.more.field_wanted.connect(lambda field: self.questions.fill_field(person(), field))
        pane.more.fields_wanted.connect(self.questions.make_fields)
        pane.more.open_wanted.connect(self.open)
        pane.more.relate_wanted.connect(lambda: self.questions.relate(person()))
        pane.more.unrelate_wanted.connect(lambda other: self.ties.unrelate(self.reader.wanted, other))
        pane.history.undo_wanted.connect(self.ties.part)
        pane.twins.open_wanted.connect(self.open)
        pane.loyalty.card_wanted.connect(lambda card: self.navigator.show_page("cards", card=card))
        pane.loyalty.give_wanted.connect(lambda: self.giver.give(self.reader.wanted))
        self.live.on(self, {Topic.CARDS, Topic.COUPONS}, self._read_pane)
        pane.history.note_written.connect(lambda note: self.acts.note(person(), note))

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
        self._read_pane()

    def _read_pane(self) -> None:
        if not self.pane.isHidden():
            self.reader.read()

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
        self.columns.read()

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
        change = self.questions.change(self.people.foot.number, self.columns.fields)
        if change is not None:
            self._change_checked(change)

    def _menu(self) -> None:
        entries = [
            (_("Look for double entries…"), self.look_for_doubles),
            None,
            (_("Columns of the list…"), self.columns.choose),
            (_("Own fields…"), self.questions.make_fields),
            (_("Edits of many people…"), lambda: self.questions.show_edits(self.columns.fields)),
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
        self.joining.merge(self.reader.person(), other, alone=True)

    def _show_front(self) -> None:
        self._stack.setCurrentWidget(self._list)
        self.people.table.setFocus()

    # The person beside it

    def open(self, customer_id: int) -> None:
        """Show a person beside the list."""
        self.beside.open_pane()
        self.reader.open(customer_id)

    def _picked(self, row: CustomerRowView | None) -> None:
        if row is not None and not self.pane.isHidden():
            self.reader.follow(row.id)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.people.model.record(index.row())
        if row is not None:
            self.open(row.id)

    def _close_pane(self) -> bool:
        closed = self.beside.close_pane()
        self.reader.forget()
        self.people.table.clearSelection()
        self.people.table.setFocus()
        return closed

    # The form

    def begin(self) -> None:
        """Ask for a new customer."""
        self._edit(None)

    def _correct(self) -> None:
        self._edit(self.reader.person())

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
