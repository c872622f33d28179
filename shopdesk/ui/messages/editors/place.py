"""A place on the map: its name, its address, and where it lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.japanese import nfkc
from shopdesk.messages import Problem, location
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

# As maps copy it – 35.68123, 139.76712 – or inside the address of a map: …/@35.68123,139.76712,17z
_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,、]\s*(-?\d{1,3}(?:\.\d+)?)")


def degrees(said: str) -> tuple[float, float] | None:
    """Read latitude and longitude from what a map copies, or from its address."""
    found = _DEGREES.search(nfkc(said))
    return (float(found[1]), float(found[2])) if found else None


class PlaceEditor(Editor):
    """The form of a location."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self._lies = float(message.get("latitude") or 0), float(message.get("longitude") or 0)
        shown = "{}, {}".format(*self._lies) if any(self._lies) else ""
        self.title = Said(_("Name of the place"), str(message.get("title") or ""), _("For example the shop's name"))
        self.address = Said(_("Address"), str(message.get("address") or ""))
        self.lies = Said(
            _("Where it lies"),
            shown,
            "35.68123, 139.76712",
            help_text=_("Right-click the place on Google Maps, click the two numbers, and paste them here."),
        )
        for field in (self.title, self.address, self.lies):
            field.edited.connect(self.changed)
        self.setLayout(w.vbox(self.title, self.address, self.lies, gap="s3", margin="s4"))

    def message(self) -> Message:
        found = degrees(self.lies.text())
        return location(self.title.text(), self.address.text(), *(found or self._lies))

    def own_problems(self, bubble: int) -> tuple[Problem, ...]:
        if degrees(self.lies.text()) is not None:
            return ()
        sentence = _("Where the place lies is missing. Paste the two numbers from a map.")
        code = "form" if self.lies.text().strip() else "empty"
        return (Problem(bubble, "latitude", code, sentence),)

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "title", self.title
        yield "address", self.address
        yield "latitude", self.lies
        yield "longitude", self.lies
