"""One row of the thread: whose message it is, the bubble, when, what became of it, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import clock_time
from shopdesk.ui.directions import isolated
from shopdesk.ui.paint import RIGHT, blob, smooth
from shopdesk.ui.talks.bubble import Bubble
from shopdesk.ui.talks.request_card import RequestCard
from shopdesk.ui.talks.words import called, initial
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QLayout

    from shopdesk.talks import Said
    from shopdesk.ui.phone import Pictures


_WIDEST = 24


class MessageRow(QWidget):
    """`file_wanted` and `again_wanted` carry the message, `answered` what a request is answered. Equal messages need no new row."""

    file_wanted = Signal(object)
    again_wanted = Signal(object)
    answered = Signal(int, str, object)

    def __init__(self, said: Said, name: str, me: str, pictures: Pictures) -> None:
        super().__init__()
        self.said, self.name = said, name
        self._me = me
        self.bubble: Bubble | None = None
        self.again: w.Button | None = None
        self.setLayout(self._laid_out(pictures))

    def fit(self, width: int) -> None:
        """Leave room beside the bubble for who and when, in a thread of this width."""
        if self.bubble is not None:
            t = theme()
            self.bubble.fit(max(t.px("s12") * 3, width - 2 * t.px("s4") - t.px("avatar") - t.px("s12") * 2))

    def _laid_out(self, pictures: Pictures) -> QLayout:
        said = self.said
        if said.state == "unsent":
            return _quiet(_("{name} took a message back").format(name=called(self.name)), said.at)
        if said.kind == "postback":
            return _quiet(_("{name} pressed a button").format(name=called(self.name)), said.at)
        if said.side == "note":
            return w.hbox(NoteCard(said, "" if said.author == self._me else said.author), margin=("s8", "s1"))
        if said.kind == "reservation" and said.side == "friend":
            return self._asked()
        self.bubble = Bubble(said, pictures)
        self.bubble.pressed.connect(lambda: self.file_wanted.emit(said))
        return self._theirs(self.bubble) if said.side == "friend" else self._ours(self.bubble)

    def _asked(self) -> QLayout:
        self.request = RequestCard(self.said)
        self.request.answered.connect(self.answered)
        beside = w.vbox(..., w.label(clock_time(self.said.at), "caption", "text_3"))
        avatar = w.vbox(w.Avatar(initial(self.name)), ...)
        return w.hbox(avatar, w.vbox(self.request, ...), beside, ..., margin=("", "s1"))

    def _theirs(self, bubble: Bubble) -> QLayout:
        edited = w.label(_("edited"), "caption", "text_3") if "editedAt" in self.said.body else None
        beside = w.vbox(..., edited, w.label(clock_time(self.said.at), "caption", "text_3"))
        avatar = w.vbox(w.Avatar(initial(self.name)), ...)
        return w.hbox(avatar, w.vbox(bubble, ...), beside, ..., margin=("", "s1"))

    def _ours(self, bubble: Bubble) -> QLayout:
        said = self.said
        lines = [line for line in (self._who(), _state(said)) if line is not None]
        at = w.label(clock_time(said.at), "caption", "text_3", align=RIGHT)
        beside = w.vbox(..., *lines, at)
        row = w.hbox(..., beside, w.vbox(bubble, ...))
        if said.state not in {"refused", "unknown"}:
            return w.hbox((row, 1), margin=("", "s1"))
        return w.vbox(row, "s1", self._trouble(), margin=("", "s1"))

    def _who(self) -> QWidget | None:
        if self.said.by_machine:
            icon, words = w.Icon("bot", "text_3", "icon_small"), _("automatic answer")
            rule = w.label(isolated(_short(self.said.author)), "caption", "text_3", align=RIGHT)
            marked = w.holder(w.vbox(w.hbox(..., icon, w.label(words, "caption", "text_3"), gap="s1"), rule))
            w.tip(marked, self.said.author)
            return marked
        if not self.said.author or self.said.author == self._me:
            return None
        return w.label(isolated(_short(self.said.author)), "caption", "text_3", align=RIGHT)

    def _trouble(self) -> QLayout:
        """What became of a message that LINE did not take, why, and the way to try again."""
        unknown = self.said.state == "unknown"
        tone = "warning_text" if unknown else "danger_text"
        self.again = w.link(_("Send again"), lambda: self.again_wanted.emit(self.said))
        reason = w.Prose(self.said.reason, role="caption", tone=tone, align=RIGHT)
        return w.hbox(..., (reason, 8), w.vbox(self.again, ...), gap="s2", margin=("s12", "", "", ""))


def _short(name: str) -> str:
    return name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"


def _state(said: Said) -> QWidget | None:
    words, tone = {
        "sending": (_("sending …"), "text_3"),
        "accepted": (_("sent"), "text_3"),
        "refused": (_("not sent"), "danger_text"),
        "unknown": (_("unclear whether sent"), "warning_text"),
    }.get(said.state, ("", ""))
    return w.label(words, "caption", tone, align=RIGHT) if words else None


def _quiet(words: str, at: datetime) -> QLayout:
    said = w.elided(f"{words}  {clock_time(at)}", "caption", "text_3", align=w.CENTER)
    return w.hbox((said, 1), margin=("", "s1"))


class NoteCard(QWidget):
    """A note that only the shop sees, on yellow."""

    def __init__(self, said: Said, author: str) -> None:
        super().__init__()
        head = _("Note") if not author else _("Note by {name}").format(name=isolated(author[:20]))
        icon = w.Icon("pencil", "warning_text", "icon_small")
        top = w.hbox(
            icon, w.label(head, "caption", "warning_text"), ..., w.label(clock_time(said.at), "caption", "text_3")
        )
        self.words = w.Prose(said.words)
        self.setLayout(w.vbox(top, self.words, gap="tiny", margin=("s3", "s2")))

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        blob(p, QRectF(self.rect()), "warning_soft", theme().radius("control"))


class DayRow(QWidget):
    """What stands above the messages of a day."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.setLayout(w.hbox((w.label(words, "caption", "text_3", align=w.CENTER), 1), margin=("", "s2")))
