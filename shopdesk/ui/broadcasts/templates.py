"""テンプレート: messages kept under a name, found again, used, renamed, deleted; some ship with ShopDesk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shopdesk.i18n import _
from shopdesk.japanese import fold
from shopdesk.messages import Draft, for_person, readable, ready
from shopdesk.ui import widgets as w
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.messages import MessageTemplate, ReadyMessages, Templates as Kept
    from shopdesk.ui.messages.editors import Message
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.layouts import Item


class NameDialog(w.Dialog):
    """Asks for the name of a template."""

    def __init__(self, parent: QWidget, question: str, verb: str, name: str = "") -> None:
        self.line = w.TextField(name, _("For example the greeting for new friends"))
        self.line.setMaxLength(100)
        field = w.Field(_("Name of the template"), self.line)
        super().__init__(parent, question, field, verb=verb)
        self.line.textChanged.connect(self._typed)
        self._typed()
        self.begin_at(self.line)

    def _typed(self) -> None:
        self.verb.setEnabled(bool(self.line.text().strip()))


class ChooseDialog(w.Dialog):
    """The shop's own templates and the ready ones; `chosen` carries the messages of one."""

    chosen = Signal(object)
    renamed = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget, search: Callable[[str], None]) -> None:
        self.search = w.Search(_("Name or words"), width="")
        self.search.searched.connect(search)
        self.rows = w.vbox()
        area = w.scroller(w.vbox(self.rows, ..., margin="s1"))
        area.setFixedHeight(theme().px("row") * 8)
        super().__init__(parent, _("Begin with a template"), self.search, "s3", area, verb=_("Close"))
        self.back.hide()
        self.verb.setDefault(False)
        self.begin_at(self.search)

    def show_templates(self, own: Sequence[MessageTemplate], shipped: Sequence[ReadyMessages]) -> None:
        """Show what was found."""
        w.clear(self.rows)
        if own:
            self.rows.addWidget(w.label(_("Yours"), "small", "text_2"))
        for one in own:
            self.rows.addWidget(self._row(one.name, one.messages, one))
        if shipped:
            self.rows.addWidget(w.holder(w.vbox("s2", w.label(_("Ready ones"), "small", "text_2"))))
        for ready_one in shipped:
            self.rows.addWidget(self._row(ready_one.title, ready_one.messages))
        if not own and not shipped:
            said = w.Prose(_("No template has these words."), tone="text_2")
            self.rows.addWidget(w.holder(w.vbox("s4", said)))

    def _row(self, name: str, messages: Sequence[Message], own: MessageTemplate | None = None) -> w.Row:
        said = "　".join(readable(for_person(Draft(tuple(messages), frozenset()), ""))).replace("\n", " ")
        words = w.vbox(..., w.elided(name, bold=True), w.elided(said, "caption", "text_2"), ...)
        tools: list[Item] = []
        if own is not None:
            tools = [
                w.icon_button("pencil", _("Rename “{name}”").format(name=name), lambda: self.renamed.emit(own)),
                w.icon_button("trash-2", _("Delete “{name}”").format(name=name), lambda: self.removed.emit(own)),
            ]
        row = w.Row((words, 1), *tools, opens=True)
        row.setAccessibleName(name)
        row.clicked.connect(partial(self._take, messages))
        return row

    def _take(self, messages: Sequence[Message]) -> None:
        self.accept()
        self.chosen.emit(messages)


class Templates(QObject):
    """`chosen` carries the messages of the template that was taken."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, kept: Kept, tasks: Tasks, notices: Notices) -> None:
        super().__init__(parent)
        self._parent, self._kept, self._tasks, self._notices = parent, kept, tasks, notices
        self.dialog: ChooseDialog | None = None

    def choose(self) -> None:
        """Show all and let one be taken."""
        dialog = self.dialog = ChooseDialog(self._parent, self._search)
        dialog.chosen.connect(self.chosen)
        dialog.renamed.connect(self._rename)
        dialog.removed.connect(self._remove)
        dialog.finished.connect(self._closed)
        self._search("")
        dialog.open()

    def _closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _search(self, words: str) -> None:
        wanted = [fold(word) for word in words.split()]

        def then(own: list[MessageTemplate]) -> None:
            if self.dialog is not None:
                shipped = [one for one in ready() if all(word in _searched(one) for word in wanted)]
                self.dialog.show_templates(own, shipped)

        self._tasks.run(self, lambda: self._kept.list(words), then, key="list")

    def _again(self) -> None:
        if self.dialog is not None:
            self._search(self.dialog.search.text())

    def save(self, messages: Sequence[Message]) -> None:
        """Ask for a name and keep these messages under it."""
        name = self._asked(NameDialog(self._parent, _("Save this message as a template"), _("Save")))
        if name:
            said = _("Saved as the template “{name}”.").format(name=name)
            self._do(lambda: self._kept.save(name, messages), lambda: self._notices.done(said))

    def _rename(self, one: MessageTemplate) -> None:
        name = self._asked(NameDialog(self._parent, _("Rename the template"), _("Rename"), one.name))
        if name:
            self._do(lambda: self._kept.rename(one.id, name), self._again)

    def _remove(self, one: MessageTemplate) -> None:
        def undo() -> None:
            self._do(lambda: self._kept.restore(one.id), self._again)

        def then() -> None:
            self._again()
            self._notices.done(_("The template “{name}” was deleted.").format(name=one.name), undo)

        self._do(lambda: self._kept.delete(one.id), then)

    @staticmethod
    def _asked(dialog: NameDialog) -> str:
        taken = dialog.exec() == NameDialog.DialogCode.Accepted
        name = dialog.line.text().strip()
        dialog.deleteLater()
        return name if taken else ""

    def _do(self, work: Callable[[], object], then: Callable[[], object]) -> None:
        self._tasks.run(self, work, lambda _done: then(), lane=Lane.WRITE)


def _searched(one: ReadyMessages) -> str:
    return fold("\n".join((one.title, *readable(one.messages))))
