"""Canned replies: the kept templates of messages, filled in for the person before anything is sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.messages import literal
from shopdesk.staff import Act
from shopdesk.ui import widgets as w
from shopdesk.ui.phone import BubbleView
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.line import Message
    from shopdesk.messages import MessageTemplate
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.phone import Pictures
    from shopdesk.ui.tasks import Tasks

BESIDE = 3
_NAME_UNITS = 20


class Filled(NamedTuple):
    """A template as one person would get it; `text` where it is nothing but one text, to be changed before it goes."""

    template: MessageTemplate
    messages: tuple[Message, ...]

    @property
    def text(self) -> str:
        """The one text, '' where there is more to it."""
        only = self.messages[0] if len(self.messages) == 1 else {}
        return str(only["text"]) if set(only) == {"type", "text"} else ""


class Canned(QWidget):
    """Up to three replies as chips and all of them in a menu. `written` carries a text for the field, `chosen` messages to send."""

    written = Signal(str)
    chosen = Signal(object)
    make_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices, pictures: Pictures) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices, self._pictures = shop, tasks, notices, pictures
        self._templates: Sequence[MessageTemplate] = []
        self._friend = 0
        self._may_keep = False
        self.chips = w.hbox(gap="label_gap")
        self.menu_chip = w.Chip(_("Canned replies"), "plus", does=self._menu)
        self.setLayout(w.hbox(self.chips, self.menu_chip, ..., gap="label_gap"))

    def read(self) -> None:
        """Read the templates again."""
        self._tasks.run(self, self._shop.messages.templates.list, self.show_templates, key="templates")

    def fill_in_for(self, friend_id: int) -> None:
        """Fill them in for this friend; what is being filled in for another one is dropped."""
        if friend_id != self._friend:
            self._tasks.forget(self, "template")
        self._friend = friend_id

    def may_keep(self, *, on: bool) -> None:
        """Say whether there is a text that could be kept as a reply."""
        self._may_keep = on

    def show_templates(self, templates: Sequence[MessageTemplate]) -> None:
        """Offer these."""
        if templates == self._templates:
            return
        self._templates = templates
        w.clear(self.chips)
        for one in [one for one in templates if _is_text(one)][:BESIDE]:
            self.chips.addWidget(w.Chip(one.name, does=partial(self.use, one), widest="bubble"))
        self._fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        """Show as many chips as there is room for."""
        left = self.width() - self.menu_chip.width()
        for at in range(self.chips.count()):
            item = self.chips.itemAt(at)
            chip = item.widget() if item is not None else None
            if chip is not None:
                left -= chip.width() + theme().px("label_gap")
                chip.setVisible(left >= 0)

    def use(self, template: MessageTemplate) -> None:
        """Fill a reply in: a text goes into the field, anything else is shown and asked about."""
        friend = self._friend

        def work() -> Filled:
            draft = self._shop.messages.draft(template.messages)
            return Filled(template, tuple(self._shop.talks.as_read(friend, draft)))

        self._tasks.run(self, work, self._use, key="template")

    def _use(self, filled: Filled) -> None:
        if filled.text:
            self.written.emit(filled.text)
            return
        self.dialog = w.Dialog(
            self,
            _("Send “{name}”?").format(name=filled.template.name),
            BubbleView(*filled.messages, pictures=self._pictures),
            verb=_("Send"),
        )
        self.dialog.accepted.connect(lambda: self.chosen.emit(filled.template.messages))
        self.dialog.open()

    def _menu(self) -> None:
        entries: list[tuple[str, Callable[[], object]] | None] = [
            (one.name, partial(self.use, one)) for one in self._templates
        ]
        if self._shop.staff.may(Act.DRAFT):
            if entries:
                entries.append(None)
            if self._may_keep:
                entries.append((_("Keep this text as a canned reply"), self.keep_wanted.emit))
            entries.append((_("Write and change them under Broadcasts"), self.make_wanted.emit))
        self._shown = w.popup_menu(self, entries)
        self._shown.popup(self.menu_chip.mapToGlobal(self.menu_chip.rect().topLeft()) - self._shown.rect().bottomLeft())

    def keep(self, text: str) -> None:
        """Keep a text as a reply, under its beginning."""
        written = {"type": "text", "text": literal(text)}
        first = text.strip().splitlines()[0]
        name = first if len(first) <= _NAME_UNITS else f"{first[: _NAME_UNITS - 1]}…"
        then = lambda kept: self._notices.done(_("Kept as “{name}”.").format(name=kept.name))  # noqa: E731
        self._tasks.run(self, lambda: self._shop.messages.templates.save(name, [written]), then, lane=Lane.WRITE)


def _is_text(template: MessageTemplate) -> bool:
    return len(template.messages) == 1 and template.messages[0].get("type") == "text"
