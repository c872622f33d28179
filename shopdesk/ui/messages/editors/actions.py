"""What a tap does, as a form: open a page, call, say something, copy something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import N_, _
from shopdesk.messages import actions, addresses
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shopdesk.messages.actions import Action


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing a tap can do: its words, LINE's key of its value, what the value is called, how it is made."""

    code: str
    words: str
    key: str
    value: str
    hint: str
    make: Callable[[str, str], Action]


def _no_value(make: Callable[[str], Action]) -> Callable[[str, str], Action]:
    return lambda label, _value: make(label)


OPEN = Doing("open", N_("Open a page"), "uri", N_("Address of the page"), "https://", actions.open_link)
CALL = Doing("call", N_("Call"), "uri", N_("Phone number"), "03-1234-5678", actions.call)
SAY = Doing("say", N_("Say something"), "text", N_("What the customer says"), "", actions.say)
COPY = Doing("copy", N_("Copy a text"), "clipboardText", N_("Text to copy"), "", actions.copy)
PLACE = Doing("place", N_("Send a place"), "", "", "", _no_value(actions.send_place))
CAMERA = Doing("camera", N_("Take a photo"), "", "", "", _no_value(actions.take_photo))
PHOTO = Doing("photo", N_("Choose a photo"), "", "", "", _no_value(actions.choose_photo))
BUTTONS = (OPEN, CALL, SAY, COPY)
REPLIES = (SAY, OPEN, CALL, COPY, PLACE, CAMERA, PHOTO)
_BY_TYPE = {"message": SAY, "clipboard": COPY, "location": PLACE, "camera": CAMERA, "cameraRoll": PHOTO}


def doing_of(action: Action) -> Doing | None:
    """Return what an action does, None where this form does not know it."""
    if action.get("type") == "uri":
        if _opens_coupon(action):
            return None
        return CALL if str(action.get("uri")).startswith("tel:") else OPEN
    return _BY_TYPE.get(str(action.get("type")))


def _opens_coupon(action: Action) -> bool:
    return addresses.coupon_of(str(action.get("uri") or "")) is not None


def value_of(action: Action, doing: Doing) -> str:
    """Return the value of an action as it is typed."""
    return str(action.get(doing.key) or "").removeprefix("tel:") if doing.key else ""


class ActionForm(QWidget):
    """One button: what it says and does. `gone` when it is to be taken away."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, action: Action, place: str, known: Sequence[Doing] = BUTTONS, *, stays: bool = False) -> None:
        super().__init__()
        self._kept, self.place = action, place
        self._doing = doing_of(action)
        entries: list[tuple[str, Doing | None]] = [(_(one.words), one) for one in known]
        if self._doing not in known:
            self._doing = None
            kept = _("Open each reader's own coupon") if _opens_coupon(action) else _("Kept as it is")
            entries.append((kept, None))
        self.choice = w.Choice(entries, self._doing)
        self.label_field = Said(_("Button"), str(action.get("label") or ""))
        self._value_box = w.vbox()
        self.remove = w.icon_button("x", _("Remove this button"), lambda: self.gone.emit(self))
        self.remove.setVisible(not stays)
        kind = w.Field(_("On a tap"), self.choice)
        parts = ((w.vbox(kind, ...), 3), (w.vbox(self.label_field, ...), 3), (w.vbox(self._value_box, ...), 5))
        self.setLayout(w.hbox(*parts, w.vbox("s6", self.remove, ...), gap="s3"))
        self.value_field: Said | None = None
        self._show_value(value_of(action, self._doing) if self._doing else "")
        self.choice.chosen.connect(self._chosen)
        self.label_field.edited.connect(self.changed)

    def _show_value(self, value: str) -> None:
        w.clear(self._value_box)
        self.value_field = None
        if self._doing is not None and self._doing.key:
            self.value_field = Said(_(self._doing.value), value, self._doing.hint)
            self.value_field.edited.connect(self.changed)
            self._value_box.addWidget(self.value_field)

    def _chosen(self, doing: Doing | None) -> None:
        same = self._doing is not None and doing is not None and self._doing.key == doing.key
        value = self._value() if same else ""
        self._doing = doing
        self._show_value(value)
        self.changed.emit()

    def _value(self) -> str:
        return self.value_field.text() if self.value_field else ""

    def action(self) -> Action:
        """Return LINE's action object."""
        said = self.label_field.text()
        return self._doing.make(said, self._value()) if self._doing else {**self._kept, "label": said}

    def places(self) -> Iterator[tuple[str, w.Field]]:
        """Yield the fields with their places in the message."""
        yield f"{self.place}.label", self.label_field
        if self.value_field is not None and self._doing is not None:
            yield f"{self.place}.{self._doing.key}", self.value_field


class ActionList(QWidget):
    """Some buttons below each other, and the one that adds another. `place(n)` is where the n-th stands in the message."""

    changed = Signal()

    def __init__(
        self,
        wanted: Sequence[Action],
        place: Callable[[int], str],
        most: int,
        known: Sequence[Doing] = BUTTONS,
        *,
        least: int = 0,
        add: str = "",
    ) -> None:
        super().__init__()
        self._place, self._most, self._least, self._known = place, most, least, known
        self.forms: list[ActionForm] = []
        self._rows = w.vbox(gap="s3")
        self.add = w.Button(add or _("Add a button"), "quiet", "plus", "control_small", does=self.add_one)
        self.setLayout(w.vbox(self._rows, w.hbox(self.add, ...), gap="s2"))
        for action in wanted:
            self._append(action)
        self._number()

    def add_one(self) -> None:
        """Add an empty one and go there."""
        form = self._append(self._known[0].make("", ""))
        self._number()
        form.label_field.control.setFocus()
        self.changed.emit()

    def _append(self, action: Action) -> ActionForm:
        form = ActionForm(action, "", self._known, stays=self._least == self._most)
        form.changed.connect(self.changed)
        form.gone.connect(self._remove)
        self.forms.append(form)
        self._rows.addWidget(form)
        return form

    def _remove(self, form: ActionForm) -> None:
        self.forms.remove(form)
        self._rows.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._number()
        self.changed.emit()

    def _number(self) -> None:
        for number, form in enumerate(self.forms):
            form.place = self._place(number)
            if self._least != self._most:
                form.remove.setVisible(len(self.forms) > self._least)
        self.add.setVisible(len(self.forms) < self._most)

    def wanted(self) -> list[Action]:
        """Return LINE's action objects."""
        return [form.action() for form in self.forms]

    def places(self) -> Iterator[tuple[str, w.Field]]:
        """Yield the fields with their places in the message."""
        for form in self.forms:
            yield from form.places()
