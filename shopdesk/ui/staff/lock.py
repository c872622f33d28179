"""The locked screen: a name, a PIN. Nothing of the shop is seen before somebody has signed in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import N_, _
from shopdesk.staff import PinWaitsError
from shopdesk.ui.icons import Icon
from shopdesk.ui.staff.pin_pad import PinPad
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    CENTER,
    Avatar,
    Button,
    Card,
    Prose,
    Row,
    clear,
    elided,
    hbox,
    holder,
    label,
    scroller,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from shopdesk.clock import Clock
    from shopdesk.staff import Member, Staff
    from shopdesk.ui.tasks import Tasks

_IN_ROW = 4
ROLES = {"owner": N_("Owner"), "manager": N_("Manager"), "counter": N_("Counter staff")}


class LockScreen(QWidget):
    """Names as tiles, then the PIN of the one that was chosen. `signed_in` carries the member who now acts."""

    signed_in = Signal(object)
    given_up = Signal()

    def __init__(self, staff: Staff, tasks: Tasks, clock: Clock) -> None:
        super().__init__()
        self._staff, self._tasks, self._clock = staff, tasks, clock
        self._member: Member | None = None
        self._members: list[Member] = []
        self._wanted: Callable[[Member], bool] = lambda _member: True
        self._title, self._advice = (
            label("", "counter_m", align=CENTER),
            Prose(role="lead", tone="text_2", align=CENTER),
        )
        self._tiles = vbox(gap="s4")
        self._who = _Who()
        self.pad = PinPad()
        self.pad.entered.connect(self._try)
        self._back = Button(_("Back"), size="touch", does=self.give_up)
        self._others = Button(_("Somebody else"), "secondary", size="touch", does=self._show_names)
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self._sheets = QStackedWidget()
        self._sheets.addWidget(scroller(vbox(self._tiles, ..., margin="s1")))
        who = vbox("s8", self._who, "s4", hbox(self._others, ...), ...)
        self._sheets.addWidget(holder(hbox(..., who, self.pad, ..., gap="s12")))
        self._sign = holder(hbox(..., Icon("lock", "text_3", "icon_large"), ...))
        head = vbox(self._sign, "s3", self._title, "s1", self._advice, gap="")
        foot = hbox(..., self._back, ...)
        card = Card(head, "s5", (self._sheets, 1), foot, pad="s5", part="panel")
        self.setLayout(vbox(card, margin="s4"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)

    def ask(self, title: str, advice: str, *, who: Callable[[Member], bool] | None = None, back: bool = False) -> None:
        """Ask who is there. `who` says which members are offered; with `back` the question can be left."""
        self._title.setText(title)
        self._advice.set_runs(advice)
        self._wanted = who or (lambda _member: True)
        self._back.setVisible(back)
        self._show_names()

        def then(members: list[Member]) -> None:
            self._members = [one for one in members if self._wanted(one)]
            clear(self._tiles)
            for at in range(0, len(self._members), _IN_ROW):
                row = [self._tile(one) for one in self._members[at : at + _IN_ROW]]
                self._tiles.addLayout(hbox(..., *row, ..., gap="s4"))

        self._tasks.run(self, self._staff.members.all, then, lane=Lane.READ, key="members")

    def take_badge(self, scanned: str) -> None:
        """Choose whose badge was scanned; the PIN is still asked."""

        def then(member: Member | None) -> None:
            if member is not None and self._wanted(member):
                self._choose(member)
            else:
                self._advice.set_runs(_("This badge is not known here. Choose your name."))

        self._tasks.run(self, partial(self._staff.members.by_code, scanned), then, lane=Lane.READ, key="badge")

    def give_up(self) -> None:
        """Leave the question, where it can be left."""
        if not self._back.isHidden():
            self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._member is not None:
                self._show_names()
            else:
                self.give_up()
        else:
            super().keyPressEvent(event)

    def _tile(self, member: Member) -> QWidget:
        row = Row(
            Avatar(member.name, "avatar_large"),
            (vbox(..., elided(member.name, "section"), label(_(ROLES[member.role]), "small", "text_2"), ...), 1),
            height="counter_button",
            last=True,
            opens=True,
        )
        row.setAccessibleName(member.name)
        row.clicked.connect(lambda: self._choose(member))
        tile = Card(row, pad="")
        tile.setFixedWidth(theme().px("tile_staff"))
        return tile

    def _show_names(self) -> None:
        self._member = None
        self._wait.stop()
        self.pad.hold(held=False)
        self.pad.clear()
        self._sign.show()
        self._sheets.setCurrentIndex(0)
        self.setFocus()

    def _choose(self, member: Member) -> None:
        self._member = member
        self._who.show_member(member)
        self._sign.hide()  # a low screen has room for the pad instead
        self._sheets.setCurrentIndex(1)
        self.pad.clear(_("Type your PIN."))
        self.pad.hold(held=False)
        self.pad.setFocus()
        self._count_down()

    def _try(self, pin: str) -> None:
        member = self._member
        if member is None:
            return
        self.pad.hold(held=True)

        def then(found: Member) -> None:
            self._show_names()
            self.signed_in.emit(found)

        def failed(error: Exception) -> None:
            if isinstance(error, PinWaitsError) and self._member is not None:
                self._member = _waiting(self._member, error)
                self._count_down()
                return
            self.pad.hold(held=False)
            self.pad.clear(str(error), "danger_text")

        self._tasks.run(self, partial(self._staff.sign_in, member.id, pin), then, failed=failed, lane=Lane.WRITE)

    def _count_down(self) -> None:
        """Let the next try wait as long as it has to, and say how long."""
        until = None if self._member is None else self._member.waits_until
        left = 0 if until is None else ceil((until - self._clock.now()).total_seconds())
        self.pad.hold(held=left > 0)
        if left > 0:
            self._wait.start()
            self.pad.clear(_("Too many wrong PINs. Next try in {seconds} s.").format(seconds=left), "danger_text")
        elif self._wait.isActive():
            self._wait.stop()
            self.pad.clear(_("Type your PIN."))


class _Who(QWidget):
    """Whose PIN is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._name = Avatar("", "avatar_counter"), elided("", "counter_m")
        self.setLayout(hbox(self._mark, (self._name, 1), gap="s4"))

    def show_member(self, member: Member) -> None:
        self._mark.show_name(member.name)
        self._name.setText(member.name)


def _waiting(member: Member, error: PinWaitsError) -> Member:
    return replace(member, waits_until=error.until)
