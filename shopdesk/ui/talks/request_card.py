"""A request for a reservation in the thread: what is asked for, where it stands, and its three answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.japanese import phone_local
from shopdesk.ui import widgets as w
from shopdesk.ui.directions import isolated
from shopdesk.ui.paint import box, smooth
from shopdesk.ui.reserving import said_at, state_mark
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from shopdesk.talks import Said

LONGEST = 400


class RequestCard(QWidget):
    """`answered` carries the number of the request, the verb and the moment that was asked for."""

    answered = Signal(int, str, object)

    def __init__(self, said: Said) -> None:
        super().__init__()
        body = said.body
        self._number, self._at = int(body["reservation"]), datetime.fromisoformat(str(body["at"]))
        state = body["state"]
        people = int(body["people"])
        about = _n("{n} person", "{n} people", people).format(n=people)
        head = w.hbox(
            w.Icon("calendar", "accent_text", "icon_small"),
            w.label(_("Request for a reservation"), "caption", "text_2"),
            ...,
            _badge(state),
        )
        what = w.label(f"{said_at(self._at)}  {about}", "body", bold=True)
        who = " · ".join(filter(None, (str(body["name"]), phone_local(str(body["phone"])) if body["phone"] else "")))
        lines: list[QWidget] = [w.elided(isolated(who), "small", "text_2")]
        if body["note"]:
            lines.append(w.Prose(str(body["note"])[:LONGEST], role="small"))
        if body["offered"]:
            offered = said_at(datetime.fromisoformat(str(body["offered"])))
            lines.append(w.Prose(_("Offered: {when}").format(when=offered), role="small", tone="text_2"))
        self.buttons = {verb: self._button(verb, words, kind) for verb, words, kind in _answers(state)}
        row = w.hbox(*self.buttons.values(), ..., gap="s2") if self.buttons else None
        self.setLayout(w.vbox(head, what, *lines, row, gap="s1", margin=("s3", "s2")))
        self.setAccessibleName(said.words)
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("talk_bubble"))

    def _button(self, verb: str, words: str, kind: str) -> w.Button:
        press = lambda: self.answered.emit(self._number, verb, self._at)  # noqa: E731
        return w.Button(words, kind, size="control_small", does=press)  # type: ignore[arg-type]

    def paintEvent(self, _event: object) -> None:
        box(smooth(self), QRectF(self.rect()), "surface", "line", theme().radius("control"))


def _badge(state: str) -> w.Badge:
    made = w.Badge("")
    made.show_mark(state_mark(state))  # type: ignore[arg-type]
    return made


def _answers(state: str) -> list[tuple[str, str, str]]:
    """Return the verbs that are left: what was decided is decided, but a reservation may be called off."""
    if state in {"open", "offered"}:
        accept = ("accept", _("Accept"), "primary")
        return [accept, ("offer", _("Another time…"), "secondary"), ("decline", _("Decline…"), "secondary")]
    return [("call_off", _("It was called off"), "quiet")] if state == "accepted" else []
