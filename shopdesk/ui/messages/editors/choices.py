"""A text or a question with buttons below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import buttons, confirm
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.actions import ActionList
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.picture_field import PictureField
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.messages.actions import Action
    from shopdesk.ui.studio import Studio


def _first_line(said: str) -> str:
    return said.strip().partition("\n")[0]


class _Template(Editor):
    """What both have: the text, and what notifications show – the text's first line, unless something else is written."""

    def __init__(self, message: Message, name: str) -> None:
        super().__init__()
        self._template: dict[str, Any] = dict(message.get("template") or {})
        said = str(self._template.get("text") or "")
        alt = str(message.get("altText") or "")
        self.said = Said(name, said, lines=3)
        self.alt = Said(
            _("In notifications"), "" if alt == _first_line(said) else alt, _first_line(said), optional=True
        )
        self.said.edited.connect(self._written)
        self.alt.edited.connect(self.changed)

    def _written(self) -> None:
        self.alt.hint(_first_line(self.said.text()))
        self.changed.emit()

    def _alt_text(self) -> str:
        return self.alt.text() or _first_line(self.said.text())


class ButtonsEditor(_Template):
    """The form of a text with one to four buttons."""

    def __init__(self, message: Message, studio: Studio) -> None:
        super().__init__(message, _("Text"))
        self.title = Said(_("Title"), str(self._template.get("title") or ""), optional=True)
        address = str(self._template.get("thumbnailImageUrl") or "")
        self.picture = PictureField(_("Picture"), address, studio, lambda one: one.card_width, optional=True)
        place = lambda number: f"template.actions[{number}]"  # noqa: E731
        self.list = ActionList(self._template.get("actions") or [], place, limits.BUTTONS, least=1)
        for part in (self.title, self.picture):
            part.edited.connect(self.changed)
        self.list.changed.connect(self.changed)
        self.setLayout(w.vbox(self.picture, self.title, self.said, self.list, self.alt, gap="s3", margin="s4"))

    def message(self) -> Message:
        return buttons(
            self._alt_text(),
            self.said.text(),
            self.list.wanted(),
            title=self.title.text(),
            picture=self.picture.address(),
            ratio=self._template.get("imageAspectRatio") or "rectangle",
            whole=self._template.get("defaultAction"),
        )

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "template.thumbnailImageUrl", self.picture
        yield "template.title", self.title
        yield "template.text", self.said
        yield from self.list.places()
        yield "altText", self.alt


class ConfirmEditor(_Template):
    """The form of a question with two answers."""

    def __init__(self, message: Message) -> None:
        super().__init__(message, _("Question"))
        place = lambda number: f"template.actions[{number}]"  # noqa: E731
        both = limits.CONFIRM_BUTTONS
        self.list = ActionList(self._template.get("actions") or [], place, both, least=both)
        self.list.changed.connect(self.changed)
        self.setLayout(w.vbox(self.said, self.list, self.alt, gap="s3", margin="s4"))

    def message(self) -> Message:
        wanted: list[Action] = [*self.list.wanted(), {}, {}]
        return confirm(self._alt_text(), self.said.text(), wanted[0], wanted[1])

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "template.text", self.said
        yield from self.list.places()
        yield "altText", self.alt
