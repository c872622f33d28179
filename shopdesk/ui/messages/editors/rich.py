"""A rich message: one picture as wide as the talk, divided into places to tap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.messages import LAYOUTS, Area, actions, addresses, areas, rich, tap_copy, tap_link, tap_say
from shopdesk.messages.imagemaps import WIDTH
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.areas import AreaPicture, LayoutChoice
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.picture_field import PictureField
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopdesk.ui.studio import Studio

Tap = dict[str, Any]
_KEYS = {"open": "linkUri", "call": "linkUri", "say": "text", "copy": "clipboardText"}
_MOST_HEIGHT = 10 * WIDTH


def _doing(tap: Tap) -> str:
    if tap.get("type") == "uri":
        return "call" if str(tap.get("linkUri")).startswith("tel:") else "open"
    return {"message": "say", "clipboard": "copy"}.get(str(tap.get("type")), "")


def _area(tap: Tap) -> Area:
    found = tap.get("area") or {}
    return Area(*(int(found.get(key) or 0) for key in ("x", "y", "width", "height")))


def layout_of(taps: Sequence[Tap], height: int) -> str:
    """Return the ready layout that has all areas of these taps, the one with the fewest; empty where none has."""
    wanted = {_area(tap) for tap in taps}
    fitting = [name for name in LAYOUTS if wanted <= set(areas(name, height))]
    return min(fitting, key=lambda name: len(areas(name, height)), default="")


class RichEditor(Editor):
    """The form of a rich message."""

    def __init__(self, message: Message, studio: Studio) -> None:
        super().__init__()
        taps = list(message.get("actions") or [])
        self._height = int((message.get("baseSize") or {}).get("height") or WIDTH)
        self._layout = layout_of(taps, self._height)
        self._areas = areas(self._layout, self._height) if self._layout else [_area(tap) for tap in taps]
        self._taps = {self._areas.index(_area(tap)): tap for tap in taps}
        self._at = 0
        self.picture = PictureField(_("Picture"), str(message.get("baseUrl") or ""), studio, lambda _one: None)
        self.alt = Said(
            _("In notifications"), str(message.get("altText") or ""), _("What the picture says, in a few words")
        )
        self.tall = w.NumberField(self._height, 1, _MOST_HEIGHT)
        note = _(
            "Of the picture at 1040 pixels wide. Its address must also answer with /240, /300, /460, /700 and /1040."
        )
        self._height_field = w.Field(_("Height"), self.tall, help_text=note)
        self.layouts = LayoutChoice(self._layout)
        self.shown = AreaPicture(self.picture.image)
        self.doing = w.Choice(
            [
                (_("Do nothing"), ""),
                (_("Open a page"), "open"),
                (_("Call"), "call"),
                (_("Say something"), "say"),
                (_("Copy a text"), "copy"),
            ]
        )
        self.doing.setAccessibleName(_("On a tap"))
        self.value = Said(_("Address of the page"), "", "https://")
        studio.arrived.connect(self.shown.update)
        self._lay_out()
        self._connect()
        self._turn_to(0)

    def _lay_out(self) -> None:
        self._which = w.label("", "small", bold=True)
        form = w.vbox(self._which, self.doing, self.value, ..., gap="s2")
        places = w.hbox(w.vbox(self.shown, ...), (form, 1), gap="s4")
        divided = w.vbox(w.label(_("Places to tap"), "small", bold=True), self.layouts, gap="s1")
        parts = (self.picture, self._height_field, divided, places, self.alt)
        self.setLayout(w.vbox(*parts, gap="s3", margin="s4"))

    def _connect(self) -> None:
        self.picture.edited.connect(self._pictured)
        self.tall.changed.connect(self._measured)
        self.alt.edited.connect(self.changed)
        self.layouts.chosen.connect(self._divide)
        self.shown.chosen.connect(self._turn_to)
        self.doing.chosen.connect(self._decided)
        self.value.edited.connect(self._typed)

    # What is typed

    def _pictured(self) -> None:
        if self.picture.kept is not None and addresses.is_own(self.picture.address()):
            self.tall.set_value(self.picture.kept.height)
        self._measured()

    def _measured(self) -> None:
        self._height = self.tall.value() or WIDTH
        self._divide(self._layout or "one")

    def _divide(self, layout: str) -> None:
        self._layout = layout
        self._areas = areas(layout, self._height)
        self._taps = {
            number: self._made(number, _doing(tap), str(tap.get(_KEYS[_doing(tap)]) or ""))
            for number, tap in self._taps.items()
            if number < len(self._areas)
        }
        self._turn_to(min(self._at, len(self._areas) - 1))
        self.changed.emit()

    def _made(self, number: int, doing: str, value: str) -> Tap:
        area, label = self._areas[number], str(self._taps.get(number, {}).get("label") or "")
        if doing == "say":
            return tap_say(area, value, label)
        if doing == "copy":
            return tap_copy(area, value, label)
        address = value if doing == "open" else str(actions.call("", value)["uri"])
        return tap_link(area, address, label)

    def _decided(self, doing: str) -> None:
        if doing:
            self._taps[self._at] = self._made(self._at, doing, "")
        else:
            self._taps.pop(self._at, None)
        self._turn_to(self._at)
        self.value.control.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        self._taps[self._at] = self._made(self._at, str(self.doing.value()), self.value.text())
        self.changed.emit()

    # What is shown

    def _turn_to(self, number: int) -> None:
        self._at = max(0, number)
        tap = self._taps.get(self._at, {})
        doing = _doing(tap)
        names = {
            "open": (_("Address of the page"), "https://"),
            "call": (_("Phone number"), "03-1234-5678"),
            "say": (_("What the customer says"), ""),
            "copy": (_("Text to copy"), ""),
        }
        self.doing.set_value(doing)
        self.value.setVisible(bool(doing))
        if doing:
            name, hint = names[doing]
            self.value.rename(name)
            self.value.hint(hint)
            self.value.show_text(str(tap.get(_KEYS[doing]) or "").removeprefix("tel:"))
        self._which.setText(_("Place {n}: on a tap").format(n=self._at + 1))
        self.doing.setEnabled(bool(self._areas))
        self._height_field.setVisible(not addresses.is_own(self.picture.address()))
        self.shown.show_areas(self._areas, self._height, self._at, frozenset(self._taps))

    def message(self) -> Message:
        taps = [self._taps[number] for number in sorted(self._taps)]
        return rich(self.picture.address(), self.alt.text(), self._height, taps)

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "baseUrl", self.picture
        yield "baseSize", self._height_field
        if self._at in self._taps:
            number = sorted(self._taps).index(self._at)
            yield f"actions[{number}]", self.value
        yield "altText", self.alt

    def bring(self, place: str) -> None:
        for number, tap in enumerate(sorted(self._taps)):
            if place.startswith(f"actions[{number}]"):
                self._turn_to(tap)
