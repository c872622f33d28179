"""Who are you, and what is your PIN: tiles of names beside the pad."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.staff import PinWaitsError
from shopdesk.ui.directions import isolated
from shopdesk.ui.paint import blob, box, draw, smooth
from shopdesk.ui.staff.pin_pad import PinPad
from shopdesk.ui.staff.roles import role_words
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Painted, Prose, clear, hbox, scroller, vbox
from shopdesk.ui.widgets.marks import draw_avatar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from shopdesk.clock import Clock
    from shopdesk.staff import Member, Staff
    from shopdesk.ui.tasks import Tasks

_BESIDE = 2


class NameTile(Painted):
    """A person's mark, name and role, large enough for a finger."""

    def __init__(self, member: Member) -> None:
        super().__init__(member.name)
        self.member, self._role = member, role_words(member.role)
        self.setAccessibleDescription(self._role)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedHeight(theme().px("key"))
        self.setMinimumWidth(theme().px("name_tile"))

    def paintEvent(self, _event: object) -> None:
        t, p, on, h = theme(), smooth(self), self.isChecked(), self.height()
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        box(p, QRectF(self.rect()), ground, "accent_line" if on else "line_strong", t.radius("card"))
        if on:
            bar = t.border("bar")
            blob(p, QRectF(0, h / 4, bar, h / 2), "accent", bar / 2)
        side, pad = t.px("avatar"), t.px("s3")
        draw_avatar(p, QRectF(pad, (h - side) / 2, side, side), self.words, t)
        left, lines = 2 * pad + side, t.line("lead") + t.line("caption")
        room, top = self.width() - left - pad, (h - lines) / 2
        draw(p, QRectF(left, top, room, t.line("lead")), self.words, "lead", bold=True)
        below = QRectF(left, top + t.line("lead"), room, t.line("caption"))
        draw(p, below, self._role, "caption", "text_2")


class Who(QWidget):
    """`given` carries the member's number and the PIN; a badge chooses its person.

    All is asked in the read lane: an import may hold the write lane for minutes, and nobody waits for that to get in.
    """

    given = Signal(int, str)

    def __init__(self, staff: Staff, tasks: Tasks, clock: Clock, verb: str) -> None:
        super().__init__()
        self._staff, self._tasks, self._clock = staff, tasks, clock
        self.pad = PinPad(clock.now, verb)
        self.tiles: list[NameTile] = []
        self._badge: Member | None = None
        self._rows = vbox(gap="s3")
        self._group = QButtonGroup(self)
        self.asked = Prose(role="section")  # a long name goes on in the next line
        self._area = scroller(vbox(self._rows, ..., margin="s1"))
        left = vbox(self.asked, "s3", (self._area, 1))
        right = vbox(self.pad, ...)
        self.setLayout(hbox((left, 1), right, gap="s4"))
        self.setFocusProxy(self.pad)
        self._ask_name()
        self.pad.entered.connect(self._entered)
        self.pad.scanned.connect(self.take_badge)

    def offer(self, members: Sequence[Member]) -> None:
        """Offer these; one alone need not choose."""
        self.pad.reset()
        self._ask_name()
        for tile in self.tiles:
            self._group.removeButton(tile)
        self.tiles = [NameTile(member) for member in members]
        for tile in self.tiles:
            self._group.addButton(tile)
            tile.clicked.connect(lambda _on=False, tile=tile: self._chosen(tile))
        clear(self._rows)
        for at in range(0, len(self.tiles), _BESIDE):
            row = self.tiles[at : at + _BESIDE]
            room = [(QWidget(), 1)] * (_BESIDE - len(row))
            self._rows.addLayout(hbox(*[(tile, 1) for tile in row], *room, gap="s3"))
        shown, self._badge = self._badge, None
        if shown is not None and self.tiles:
            self._found(shown)
        elif len(self.tiles) == 1:
            self.choose(self.tiles[0].member.id)

    def choose(self, member_id: int) -> bool:
        """Choose somebody for them, as by a badge; False where they are not offered here."""
        for tile in self.tiles:
            if tile.member.id == member_id:
                tile.setChecked(True)
                self._area.ensureWidgetVisible(tile)
                self._chosen(tile)
                return True
        return False

    def chosen(self) -> Member | None:
        """Return who is chosen."""
        return next((tile.member for tile in self.tiles if tile.isChecked()), None)

    def refuse(self, error: Exception) -> None:
        """Say why a PIN did not do, and let it be typed again or wait."""
        self.pad.set_usable(True)
        if isinstance(error, PinWaitsError):
            self.pad.wait_until(error.until)
        elif isinstance(error, ShopDeskError):
            self.pad.wrong(error.message)
        else:
            self._tasks.default_failed(error)
        self.pad.setFocus()

    def take_badge(self, digits: str) -> None:
        """Choose whose badge was scanned; the PIN is still asked."""
        work = partial(self._staff.members.by_code, digits)
        self._tasks.run(self, work, self._found, failed=self.refuse, key="badge")

    def _found(self, member: Member | None) -> None:
        if member is not None and not self.tiles:
            self._badge = member  # read before the names were: they are on their way
        elif member is None or not self.choose(member.id):
            self.pad.wrong(_("This badge is nobody's here. Choose your name."))

    def _ask_name(self) -> None:
        self.asked.set_runs(_("Choose your name"))

    def _chosen(self, tile: NameTile) -> None:
        self.pad.reset()
        self.asked.set_runs(_("{name}: type your PIN").format(name=isolated(tile.member.name)))
        until = tile.member.waits_until
        if until is not None and until > self._clock.now():
            self.pad.wait_until(until)
        self.pad.setFocus()

    def _entered(self, pin: str) -> None:
        member = self.chosen()
        if member is None:
            self.pad.wrong(_("Choose your name first, then type the PIN."))
            return
        self.pad.set_usable(False)
        self.given.emit(member.id, pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pad.keyPressEvent(event)  # figures are for the pad wherever the focus is
